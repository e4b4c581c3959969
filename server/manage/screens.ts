import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestHandler, Router } from 'express';
import express from 'express';
import helmet from 'helmet';

/** What the build writes wherever a nonce belongs; each answer gets its own. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built screens: hashed assets for a year, the page itself never cached. Scripts come only
 * from this server; style elements only with the nonce of their own answer.
 */
export function addScreens(router: Router, rendererDirectory: string): void {
  router.use(
    '/assets',
    express.static(join(rendererDirectory, 'assets'), {
      index: false,
      immutable: true,
      maxAge: YEAR_SECONDS * 1000,
      fallthrough: false,
    }),
  );
  const page = servePage(join(rendererDirectory, 'index.html'));
  // Before the static files, which would serve it without a nonce.
  router.get('/index.html', page);
  router.use(express.static(rendererDirectory, { index: false, redirect: false }));
  router.get('/{*screen}', page);
}

function servePage(path: string): RequestHandler {
  let page: Promise<string> | undefined;
  return async (request, response) => {
    if (!request.originalUrl.startsWith(`${request.baseUrl}/`)) {
      response.redirect(`${request.baseUrl}/`);
      return;
    }
    page ??= readFile(path, 'utf8');
    const html = await page.catch(() => undefined);
    if (html === undefined) {
      page = undefined;
      response
        .status(503)
        .type('text/plain')
        .send('The screens are not built yet. Run "npm run build" once.');
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    response.set('Content-Security-Policy', policyWith(nonce));
    response.set('Cache-Control', 'no-store');
    response.type('html').send(html.replaceAll(NONCE_PLACEHOLDER, nonce));
  };
}

/** Headers of every answer under /manage; the page itself replaces the policy with its own. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
