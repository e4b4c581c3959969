import type { RequestHandler } from 'express';
import type { DefinitionsSource } from '../contract/definitions.ts';

const METHODS = 'POST, GET, OPTIONS';
const HEADERS =
  'Content-Type, Origin, Accept, X-Requested-With, Access-Control-Allow-Credentials, Authorization';
const MAX_AGE_SECONDS = '10000';

/**
 * Lets pages of the defined servers call this one, and no other page. A request without an `Origin`
 * comes from no page (servers, tills in Node) and passes.
 */
export function createCors(definitions: DefinitionsSource): RequestHandler {
  return (request, response, next) => {
    const { origin, host } = request.headers;
    response.vary('Origin');
    if (origin === undefined) {
      next();
      return;
    }
    if (!isOwnPage(origin, host) && !isDefined(origin, definitions)) {
      const message = `Pages of ${origin.slice(0, 100)} may not use this server: no server with that address is defined.`;
      response
        .status(403)
        .json({ exception: 'invalidRequestOrigin', response: { status: -1, error: { message } } });
      return;
    }
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': HEADERS,
      'Access-Control-Max-Age': MAX_AGE_SECONDS,
    });
    if (request.method === 'OPTIONS') response.status(200).end();
    else next();
  };
}

function isOwnPage(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
}

function isDefined(origin: string, definitions: DefinitionsSource): boolean {
  return definitions
    .current()
    .servers.some((server) => server.active && URL.parse(server.url)?.origin === origin);
}
