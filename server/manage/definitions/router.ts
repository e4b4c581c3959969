import express from 'express';
import { z } from 'zod';
import {
  changesRequestSchema,
  historyModelSchema,
  undoRequestSchema,
} from '../../contract/definitions-api.ts';
import { estateRequestSchema, exportRequestSchema } from '../../contract/estate-api.ts';
import { LIMITS } from '../../contract/limits.ts';
import { makeChanges } from '../../core/definitions/change.ts';
import { estateOf } from '../../core/definitions/estate-rows.ts';
import { writeEstate } from '../../core/estate/write-estate.ts';
import { readInput } from '../fault.ts';
import { requireCaller } from '../guard.ts';
import { carryOut } from './carry-out.ts';
import { applyEstate } from './estate.ts';
import { history, undo, uptake } from './history.ts';
import type { Desk } from './parts.ts';
import * as reading from './reading.ts';
import { downSchema, topology } from './topology.ts';

const DEFAULT_PAGE = 30;

const changeNoSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const idSchema = z.string().min(1).max(64);
const placeSchema = z.object({ terminal: idSchema.optional(), organization: idSchema.optional() });
const historySchema = z.object({
  before: changeNoSchema.optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.changesPerPage).default(DEFAULT_PAGE),
  model: historyModelSchema.optional(),
  id: idSchema.optional(),
});

/**
 * The API of the definitions windows (contract/definitions-api.ts), to be mounted at
 * `/manage/api/definitions`. Bodies are read only after the caller is known, since they may be large.
 */
export function createDefinitionsRouter(desk: Desk): express.Router {
  const router = express.Router();
  router.use(async (request, _response, next) => {
    await requireCaller(desk, request);
    await desk.settled();
    next();
  });
  router.use(express.json({ limit: LIMITS.definitionsBodyBytes }));
  addReading(router, desk);
  addChanging(router, desk);
  return router;
}

function addReading(router: express.Router, desk: Desk): void {
  router.get('/summary', async (request, response) => {
    response.json(await reading.summary(desk, await requireCaller(desk, request)));
  });
  router.get('/servers', async (_request, response) => {
    response.json(await reading.servers(desk));
  });
  router.get('/services', (_request, response) => {
    response.json(reading.services(desk));
  });
  router.get('/organizations', (_request, response) => {
    response.json(reading.organizations(desk));
  });
  router.get('/organizations/:id/routes', (request, response) => {
    response.json(reading.routes(desk, readInput(idSchema, request.params.id)));
  });
  router.get('/terminals', async (_request, response) => {
    response.json(await reading.terminals(desk));
  });
  router.get('/preferences', (request, response) => {
    response.json(reading.preferences(desk, readInput(placeSchema, request.query)));
  });
  router.get('/history', async (request, response) => {
    const { before, limit, model, id } = readInput(historySchema, request.query);
    const query = {
      limit,
      ...(before !== undefined && { before }),
      ...(model !== undefined && { model, ...(id !== undefined && { id }) }),
    };
    response.json(await history(desk, query));
  });
  router.get('/uptake', async (_request, response) => {
    response.json(await uptake(desk));
  });
  router.get('/topology', (request, response) => {
    response.json(topology(desk, readInput(downSchema, request.query).down));
  });
  router.get('/estate', (request, response) => {
    const { format } = readInput(exportRequestSchema, request.query);
    const estate = estateOf(desk.definitions.current());
    if (format === undefined) response.json(estate);
    else response.attachment(`estate.${format}`).send(writeEstate(estate, format));
  });
}

function addChanging(router: express.Router, desk: Desk): void {
  router.post('/changes', async (request, response) => {
    const caller = await requireCaller(desk, request);
    const { changes, knownChangeNo, ...manner } = readInput(changesRequestSchema, request.body);
    const newId = (): string => desk.system.ids.next();
    const make: Parameters<typeof carryOut>[1]['make'] = (before) =>
      makeChanges(before, changes, newId);
    answer(response, await carryOut(desk, { ...manner, caller, make, knownChangeNo }));
  });
  router.post('/history/:changeNo/undo', async (request, response) => {
    const caller = await requireCaller(desk, request);
    const changeNo = readInput(changeNoSchema, request.params.changeNo);
    const manner = readInput(undoRequestSchema, request.body ?? {});
    answer(response, await undo(desk, caller, changeNo, manner));
  });
  router.post('/estate', async (request, response) => {
    const caller = await requireCaller(desk, request);
    const wish = readInput(estateRequestSchema, request.body);
    answer(response, await applyEstate(desk, caller, wish));
  });
}

function answer(
  response: express.Response,
  { status, body }: { status: number; body: object },
): void {
  response.status(status).json(body);
}
