import compression from 'compression';
import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import { LIMITS } from '../contract/limits.ts';
import { StorageError } from '../storage/port.ts';
import type { Log } from '../system/ports.ts';
import { createBatch } from './batch.ts';
import { bodyReader } from './body.ts';
import { createCors } from './cors.ts';
import { refusal, send, unavailable } from './envelope.ts';
import type { Answer } from './envelope.ts';
import { createHeartbeat } from './heartbeat.ts';
import { answerJoin } from './join.ts';
import { createJsonrest } from './jsonrest.ts';
import { countRefusal, limitJoins, limitLogins } from './login-limit.ts';
import { logIn, logOut, readLoginForm, refused } from './login.ts';
import type { LoginForm } from './login.ts';
import type { MobileParts } from './parts.ts';
import { callerOf, takeUrlToken, tokenRefusal } from './session.ts';
import { createServiceTable } from './services-table.ts';
import { createStuckTills } from './stuck.ts';
import { queryOf } from './url.ts';

const JSONREST = '/org.openbravo.mobile.core.service.jsonrest';
const LOG_IN = [
  '/org.openbravo.retail.posterminal/POSLoginHandler',
  '/org.openbravo.mobile.core/LoginHandler',
];
const LOG_OUT = '/org.openbravo.mobile.core.logout';

/** Storage's line is short and moves fast; a full disk takes longer, but a till asks again anyway. */
const STORAGE_RETRY_SECONDS = 2;
const LOGIN_RETRY_SECONDS = 5;

/**
 * The mobile services: what tills and other servers ask, below the context path. Nothing that a till
 * sends is answered with 2xx before it is on the disk.
 */
export function createMobileRouter(parts: MobileParts): Router {
  const table = createServiceTable(parts.modules);
  const stuck = createStuckTills(parts.storage, parts.system);
  const inner = { ...parts, table, stuck };
  const router = express.Router({ caseSensitive: true });

  router.use((request, _response, next) => {
    takeUrlToken(request);
    next();
  });
  router.use(createCors(parts.definitions));
  router.use(compressForServers());
  addJsonrest(router, createJsonrest(inner));
  addSessionRoutes(router, inner);
  addServerRoutes(router, inner);
  addBootstrapRoutes(router, inner);
  router.use((request, response) => {
    send(response, refusal(404, `There is nothing at ${request.method} ${request.path}.`));
  });
  router.use(createFaultHandler(parts.system.log));
  return router;
}

type Inner = MobileParts & { table: ReturnType<typeof createServiceTable> };

function addJsonrest(
  router: Router,
  jsonrest: (request: Request, response: Response) => Promise<Answer>,
): void {
  // Mounted, not matched: the rest of the URL holds JSON with "/" in it and is read raw.
  router.use(JSONREST, async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'POST') next();
    else send(response, await jsonrest(request, response));
  });
}

function addSessionRoutes(router: Router, parts: Inner): void {
  const readBody = bodyReader(LIMITS.loginBodyBytes);
  const readForm: RequestHandler = async (request, response, next) => {
    const body = await readBody(request, response);
    if (!body.ok) {
      send(response, body.refusal);
      return;
    }
    response.locals[FORM] = readLoginForm(body.bytes);
    next();
  };
  const tooMany = refused(
    'Log-in refused',
    'Too many refused log-ins of this user. Wait five minutes, then try again.',
  );
  const limits = limitLogins((response) => formOf(response).user, tooMany.answer);
  router.post(LOG_IN, readForm, ...limits, async (_request, response) => {
    const result = await logIn(parts, formOf(response));
    if (!result.granted) countRefusal(response);
    send(response, result.answer);
  });
  router.all(LOG_OUT, async (request, response) => {
    const caller = await callerOf(parts.tokens, request, true);
    send(response, await logOut(parts, 'kind' in caller ? caller : undefined));
  });
}

const FORM = 'form';

function formOf(response: Response): LoginForm {
  return response.locals[FORM] as LoginForm;
}

/** What servers, and tills with our router, ask of each other. A session in the URL does not count here. */
function addServerRoutes(router: Router, parts: Inner): void {
  const readSmall = bodyReader(LIMITS.otherBodyBytes);
  const takeBatch = createBatch(parts);
  const answerHeartbeat = createHeartbeat(parts);
  router.post('/backroom/heartbeat', async (request, response) => {
    const caller = await callerOf(parts.tokens, request, false);
    if (!('kind' in caller)) {
      send(response, tokenRefusal(caller));
      return;
    }
    const body = await readSmall(request, response);
    send(response, body.ok ? await answerHeartbeat(body.bytes, caller) : body.refusal);
  });
  router.post('/backroom/messages', async (request, response) => {
    const caller = await callerOf(parts.tokens, request, false);
    send(
      response,
      'kind' in caller ? await takeBatch(request, response, caller) : tokenRefusal(caller),
    );
  });
  const message = 'Too many refused requests to join. Wait five minutes, then try again.';
  const tooMany = { httpStatus: 429, body: { error: { code: 'tooManyTries', message } } };
  router.post('/backroom/join', limitJoins(tooMany), async (request, response) => {
    const body = await readSmall(request, response);
    const answer = body.ok ? await answerJoin(parts, body.bytes) : body.refusal;
    if (answer.httpStatus !== 200) countRefusal(response);
    send(response, answer);
  });
}

/** Paths that a till asks while it starts, without a log-in. */
function addBootstrapRoutes(router: Router, parts: Inner): void {
  const routes = new Map(parts.bootstrapRoutes.map((route) => [route.path, route]));
  router.get([...routes.keys()], async (request, response, next) => {
    const route = routes.get(request.path);
    if (route === undefined) {
      next();
      return;
    }
    const { system, storage, modules, self } = parts;
    const caller = await callerOf(parts.tokens, request, true);
    const answer = await route.answer(queryOf(request.url), {
      system,
      storage,
      definitions: parts.definitions.current(),
      caller: 'kind' in caller ? caller : undefined,
      self,
      modules,
    });
    send(response, answer);
  });
}

/** Between servers the line is the narrow part; at a till's cable compressing costs more than it saves. */
function compressForServers(): RequestHandler {
  const compress = compression({ threshold: '4kb' });
  return (request, response, next) => {
    if (/^Backroom\//.test(request.headers['user-agent'] ?? '')) compress(request, response, next);
    else next();
  };
}

/** The last resort. Whatever is in doubt is 5xx: a till keeps its message then. */
function createFaultHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
    } else if (error instanceof StorageError) {
      log.warn({ error, code: error.code, path: request.path }, 'storage could not do it');
      send(response, unavailable(storageSentence(error), STORAGE_RETRY_SECONDS));
    } else if (error instanceof Error && error.name === 'LoginLineFull') {
      send(response, unavailable(error.message, LOGIN_RETRY_SECONDS));
    } else {
      log.error({ error, path: request.path }, 'a request failed');
      send(response, refusal(500, 'This server made a mistake; it is written in its log.'));
    }
  };
}

function storageSentence({ code }: StorageError): string {
  switch (code) {
    case 'busy':
      return 'This server has too much to do at the moment; nothing was taken. Try again.';
    case 'full':
      return 'The disk of this server is full; nothing was taken. Make room, then try again.';
    case 'broken':
      return 'This server cannot write to its disk; nothing was taken. Look at its log.';
    case 'failed':
      return 'This server could not do it because of a mistake of its own; nothing was taken. Look at its log.';
    case 'closed':
      return 'This server is stopping; nothing was taken. Try again in a moment.';
  }
}
