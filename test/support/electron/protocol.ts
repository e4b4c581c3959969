/** Custom schemes. Chromium knows none of them, so each becomes a host name that exists nowhere. */

type Handler = (request: Request) => Response | Promise<Response>;

const SUFFIX = 'invalid';
const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged: (): void => undefined,
  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};

/** `app://backroom/x` becomes `https://backroom.app.invalid/x`; web addresses stay as they are. */
export function toChromiumUrl(url: string): string {
  const custom = /^([a-z]+):\/\/([^/]*)(.*)$/.exec(url);
  if (custom === null || !handlers.has(custom[1] ?? '')) return url;
  return `https://${custom[2] ?? ''}.${custom[1] ?? ''}.${SUFFIX}${custom[3] || '/'}`;
}

/** The way back, for addresses and for origins. */
export function fromChromiumUrl(url: string): string {
  return url.replace(/^https:\/\/(.+)\.([a-z]+)\.invalid/, '$2://$1');
}

/** Which requests of a page are for a custom scheme, as the pattern of DevTools. */
export const CUSTOM_SCHEME_PATTERN = `https://*.${SUFFIX}/*`;

/** The app's own answer to this request; undefined where its scheme is not handled. */
export async function answerCustomScheme(
  url: string,
  method: string,
): Promise<Response | undefined> {
  const original = fromChromiumUrl(url);
  const handler = handlers.get(original.split(':')[0] ?? '');
  return handler === undefined ? undefined : handler(new Request(original, { method }));
}
