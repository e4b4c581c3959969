import compression from 'compression';
import express from 'express';
import { LIMITS } from '../contract/limits.ts';
import { createDefinitionsRouter } from './definitions/router.ts';
import { createEventStreams } from './events.ts';
import { createFaultHandler, sendFault } from './fault.ts';
import { requireCaller, requireOwnPage } from './guard.ts';
import { composeOverview } from './overview.ts';
import type { ManageParts } from './parts.ts';
import { addQueueRoutes } from './queue.ts';
import { addScreens, securityHeaders } from './screens.ts';
import { addServerStateRoutes } from './server-state.ts';
import { addSessionRoutes } from './session.ts';

/**
 * The managers' screens and their API (contract/manage.ts), to be mounted at `/manage`. Everything
 * but the session, the set-up and the screens' own files needs a manager or an administrator.
 */
export function createManageRouter(parts: ManageParts): express.Router {
  const router = express.Router();
  router.use(securityHeaders());
  // The event stream says no-transform and is left alone.
  router.use(compression());
  router.use('/api', createApi(parts));
  addScreens(router, parts.rendererDirectory);
  router.use(createFaultHandler(parts.system.log));
  return router;
}

function createApi(parts: ManageParts): express.Router {
  const api = express.Router();
  api.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  api.use(requireOwnPage);
  if (parts.desk) api.use('/definitions', createDefinitionsRouter({ ...parts, ...parts.desk }));
  api.use(express.json({ limit: LIMITS.loginBodyBytes }));
  addSessionRoutes(api, parts);
  api.use(async (request, _response, next) => {
    await requireCaller(parts, request);
    next();
  });
  api.get('/overview', async (_request, response) => {
    response.json(await composeOverview(parts));
  });
  addQueueRoutes(api, parts);
  addServerStateRoutes(api, parts);
  api.get('/events', createEventStreams(parts));
  api.use((request, response) => {
    sendFault(response, 404, 'unknownCall', `There is no ${request.method} ${request.path} here.`);
  });
  return api;
}
