import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { SHELL_HOST, SHELL_SCHEME } from './origin.ts';

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  // The pages read their texts.
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Makes `app://` a scheme with origins, like https. To be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SHELL_SCHEME, privileges }]);
}

/** Answers `app://backroom/<file>` with the files of one flat folder, and nothing else. */
export function serveAppPages(directory: string): void {
  protocol.handle(SHELL_SCHEME, async (request) => {
    const name = fileNameOf(request.url);
    const type = name === undefined ? undefined : CONTENT_TYPES[extname(name)];
    if (request.method !== 'GET' || name === undefined || type === undefined) return notFound();
    const body = await readFile(join(directory, name)).catch(() => undefined);
    if (body === undefined) return notFound();
    return new Response(new Uint8Array(body), {
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    });
  });
}

/** A plain file name: no folders, so no way out of the folder. */
function fileNameOf(url: string): string | undefined {
  const { host, pathname } = new URL(url);
  return host === SHELL_HOST ? /^\/([a-z-]+\.[a-z]+)$/.exec(pathname)?.[1] : undefined;
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } });
}
