import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers of every answer under /pos. The policy is the one that the page is built for (docs/web-pos.md).
 *
 * It names no servers: a page from the service worker's cache keeps the header that it was cached with,
 * and a till must reach a server that was defined after that. Nor does https promise to stay
 * (Strict-Transport-Security): the old http origin must remain open for what tills keep there.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'http:', 'https:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", 'http:', 'https:'],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}
