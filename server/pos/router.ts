import compression from 'compression';
import type { Router } from 'express';
import express from 'express';
import { addPage } from './page.ts';
import { securityHeaders } from './security-headers.ts';

/** What the Web POS is served with. */
export interface PosParts {
  /** The built page. */
  directory: string;
  /** The one origin under which tills open it; null where any will do. */
  publicOrigin: string | null;
}

/** The answer to `GET /pos/origin`. */
export interface OriginAnswer {
  publicUrl: string | null;
}

/**
 * The Web POS, to be mounted at `/pos`. It never redirects to the public origin: only the page knows
 * whether sales are still kept under the old one (docs/decisions/pos-origin.md).
 */
export function createPosRouter({ directory, publicOrigin }: PosParts): Router {
  const router = express.Router();
  router.use(securityHeaders());
  router.get('/origin', (_request, response) => {
    const answer: OriginAnswer = { publicUrl: publicOrigin };
    response.set('Cache-Control', 'no-store').json(answer);
  });
  router.use(compression());
  addPage(router, directory);
  return router;
}
