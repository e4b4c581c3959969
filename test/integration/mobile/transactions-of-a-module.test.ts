import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { modelServices } from '../../../server/mobile/services.ts';
import { toModelRow } from '../../../server/core/model.ts';
import type { ModelDeclaration } from '../../../server/core/model.ts';
import { standardModules } from '../../../server/modules.ts';
import { JSONREST, startMobileServer, TILL } from './mobile-server.ts';

const LOYALTY = 'com.example.loyalty';
const Card: ModelDeclaration = {
  name: 'LoyaltyCard',
  service: `${LOYALTY}.Card`,
  properties: { id: 'key', owner: 'text', points: 'number', active: 'boolean' },
  scope: 'shared',
  order: ['owner'],
  searchable: ['owner'],
};
const recordSchema = z.looseObject({ id: z.string(), points: z.number() });

/** Everything that it takes to add a service: one folder's worth of code, given to the server. */
const loyalty: ServerModule = {
  name: LOYALTY,
  models: [Card],
  services: [
    ...modelServices([Card]),
    {
      name: `${LOYALTY}.CardLoader`,
      routingType: 'Transaction',
      timeoutMs: 10_000,
      kind: 'transaction',
      reader: (record) => {
        const card = recordSchema.safeParse(record);
        if (!card.success) return { ok: false, reason: 'a card without points' };
        const { id, points } = card.data;
        const values = { id, points, owner: 'Ana' };
        return {
          ok: true,
          understanding: {
            changes: [{ kind: 'record', model: Card.name, id, values, loadedAt: null }],
            needs: [],
            makes: [id],
            orderedAfter: [id],
          },
        };
      },
    },
    {
      name: `${LOYALTY}.Greeting`,
      routingType: 'Failover',
      timeoutMs: 1_000,
      kind: 'query',
      answer: (parameters, { terminal }) =>
        Promise.resolve({
          ok: true,
          data: [{ hello: parameters['who'] ?? null, at: terminal?.searchKey ?? null }],
        }),
    },
  ],
};
const modules = [...standardModules, loyalty];

describe('a further module', () => {
  it('is routed, read, stored and asked without a change to anybody else', async () => {
    await using server = await startMobileServer({ role: 'main', modules });
    const posted = await server.post(`${LOYALTY}.CardLoader`, {
      messageId: 'M1',
      data: [{ id: 'CARD1', points: 30 }],
    });
    expect(posted.response['receipt']).toMatchObject({ outcome: 'applied' });
    const page = await server.call(`${JSONREST}/${LOYALTY}.Card/${encodeURI('{"_limit":10}')}`);
    expect(page.response['data']).toMatchObject([{ id: 'CARD1', owner: 'Ana', points: 30 }]);
    const parameters = encodeURI(JSON.stringify({ who: 'Ben', pos: TILL.id }));
    const greeting = await server.call(`${JSONREST}/${LOYALTY}.Greeting/${parameters}`);
    expect(greeting.response).toMatchObject({
      status: 0,
      data: [{ hello: 'Ben', at: TILL.searchKey }],
      startRow: 0,
      endRow: 0,
    });
  });

  it('has its pages compressed for servers, and not for tills', async () => {
    await using server = await startMobileServer({ role: 'main', modules });
    const rows = Array.from({ length: 200 }, (_, index) =>
      toModelRow(Card, { id: `C${index}`, owner: 'somebody with a long name', points: index }),
    ).flatMap((row) => ('reason' in row ? [] : [row]));
    await server.storage.putRows({ model: Card.name, rows, keepUnconfirmed: false });
    const path = `${JSONREST}/${LOYALTY}.Card`;
    const token = await server.tokens.issueForServer('Main');
    const forServer = await server.call(path, {
      token,
      headers: { 'user-agent': 'Backroom/1.0.0 (Store)', 'accept-encoding': 'gzip' },
    });
    expect(forServer.headers.get('content-encoding')).toBe('gzip');
    const forTill = await server.call(path, { headers: { 'accept-encoding': 'gzip' } });
    expect(forTill.headers.get('content-encoding')).toBeNull();
    const { lastUpdated: _server, ...compressed } = forServer.response;
    const { lastUpdated: _till, ...plain } = forTill.response;
    expect(compressed).toEqual(plain);
    expect(plain['endRow']).toBe(199);
  });
});
