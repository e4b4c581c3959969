import { basename, extname, join } from 'node:path';
import type { RequestHandler, Response, Router } from 'express';
import express from 'express';

const YEAR_MS = 31_536_000_000;
const WORKER = 'sw.js';

/**
 * The page's files: those with a digest in their name for a year, every other one asked for anew each
 * time, so that a new version reaches the tills with their next look.
 */
export function addPage(router: Router, directory: string): void {
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), {
      index: false,
      immutable: true,
      maxAge: YEAR_MS,
    }),
  );
  router.use(withSlash);
  router.use(
    express.static(directory, { cacheControl: false, redirect: false, setHeaders: describeFile }),
  );
  router.use(sayMissing);
}

function describeFile(response: Response, path: string): void {
  response.set('Cache-Control', 'no-cache');
  if (basename(path) === WORKER) response.set('Service-Worker-Allowed', '/pos/');
  if (extname(path) === '.webmanifest') response.type('application/manifest+json');
}

/** The page's addresses are relative to the folder; the till's name is in the query. */
const withSlash: RequestHandler = (request, response, next) => {
  const [path, query] = request.originalUrl.split('?', 2);
  if (path === request.baseUrl) {
    response.redirect(`${request.baseUrl}/${query === undefined ? '' : `?${query}`}`);
  } else next();
};

/** Without a page nothing was built; with one, the file does not exist. */
const sayMissing: RequestHandler = (request, response) => {
  const [status, sentence] =
    request.path === '/'
      ? [503, 'The Web POS is not built yet. Run "npm run build" once.']
      : [404, 'The Web POS has no such file.'];
  response.status(status).type('text/plain').send(sentence);
};
