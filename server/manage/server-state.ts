import type { Router } from 'express';
import { z } from 'zod';
import type { ServerStates } from '../contract/manage.ts';
import { readInput } from './fault.ts';
import { requireCaller } from './guard.ts';
import type { ManageParts } from './parts.ts';

const wishSchema = z.strictObject({
  to: z.enum(['online', 'offline']),
  /** A person will read it in the audit and on every server's screen. */
  reason: z.string().trim().min(3).max(300),
});

/** This server's own state, its peers, and a manager's wish for another state. */
export function addServerStateRoutes(api: Router, parts: ManageParts): void {
  const { self, states } = parts;
  api.get('/server-states', (_request, response) => {
    const { state, sinceMs, reason, forced } = states.own();
    const since = new Date(sinceMs).toISOString();
    const answer: ServerStates = {
      own: { key: self.key, state, since, reason, forced },
      peers: states.peers(),
    };
    response.json(answer);
  });
  api.post('/server-state', async (request, response) => {
    const caller = await requireCaller(parts, request);
    const wish = readInput(wishSchema, request.body);
    await states.force(wish, `user:${caller.userId}`);
    response.status(204).end();
  });
}
