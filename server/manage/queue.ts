import type { Router } from 'express';
import { z } from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { entryStateSchema } from '../contract/manage.ts';
import { ManageFault, readInput } from './fault.ts';
import { requireCaller } from './guard.ts';
import type { ManageParts } from './parts.ts';

const DEFAULT_PAGE = 50;

const entryNoSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const entriesSchema = z.object({
  state: entryStateSchema.optional(),
  terminal: z.string().min(1).max(64).optional(),
  before: entryNoSchema.optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.entriesPerPage).default(DEFAULT_PAGE),
});
const laneSchema = z.strictObject({
  destination: z.string().min(1).max(64),
  terminal: z.string().min(1).max(64),
});

/** The queue screen: lanes, entries, one entry, and a person's wish to try again now. */
export function addQueueRoutes(api: Router, parts: ManageParts): void {
  const { storage } = parts;
  api.get('/lanes', async (_request, response) => {
    response.json(await storage.lanes());
  });
  api.get('/entries', async (request, response) => {
    const { state, terminal, before, limit } = readInput(entriesSchema, request.query);
    response.json(
      await storage.entries({
        limit,
        ...(state === undefined ? {} : { state }),
        ...(terminal === undefined ? {} : { terminal }),
        ...(before === undefined ? {} : { before }),
      }),
    );
  });
  api.get('/entries/:entryNo', async (request, response) => {
    const entryNo = readInput(entryNoSchema, request.params.entryNo);
    const entry = await storage.entry(entryNo);
    if (!entry) throw unknownEntry(entryNo);
    response.json(entry);
  });
  api.post('/entries/:entryNo/retry', async (request, response) => {
    const caller = await requireCaller(parts, request);
    const entryNo = readInput(entryNoSchema, request.params.entryNo);
    const result = await storage.retryEntry(entryNo, `user:${caller.userId}`);
    if (result === 'unknown') throw unknownEntry(entryNo);
    if (result === 'nothingWaits') {
      throw new ManageFault(409, 'nothingWaits', `Entry ${entryNo} has nothing left to send.`);
    }
    response.status(204).end();
  });
  api.post('/lanes/retry', async (request, response) => {
    const caller = await requireCaller(parts, request);
    const { destination, terminal } = readInput(laneSchema, request.body);
    await storage.retryLane(destination, terminal, `user:${caller.userId}`);
    response.status(204).end();
  });
}

function unknownEntry(entryNo: number): ManageFault {
  return new ManageFault(404, 'unknownEntry', `There is no entry ${entryNo} at this server.`);
}
