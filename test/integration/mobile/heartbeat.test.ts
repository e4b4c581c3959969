import { describe, expect, it, vi } from 'vitest';
import { editionOf } from '../../../server/core/definitions/edition.ts';
import { StorageError } from '../../../server/storage/port.ts';
import { heartbeatAnswerSchema } from '../../../server/contract/heartbeat.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { TestServer } from './mobile-server.ts';
import { POS, saleMessage, START_MS, startMobileServer, TILL } from './mobile-server.ts';

const HEARTBEAT = '/backroom/heartbeat';

const beat = (server: TestServer, body: JsonObject, token?: string) =>
  server.call(HEARTBEAT, {
    body: JSON.stringify(body),
    ...(token !== undefined && { token }),
  });
const tillsOf = async (server: TestServer) =>
  (await server.storage.overview({ dayStartMs: 0, dayEndMs: 1 })).tills;

describe('the heartbeat', () => {
  it('tells a till what is confirmed, parked and unknown, and the till is seen', async () => {
    await using server = await startMobileServer();
    for (const id of ['M1', 'M2']) await server.post(`${POS}.OrderLoader`, saleMessage(id));
    const [first] = await server.storage.claim({
      destination: 'Main',
      nowMs: START_MS + 1,
      limit: 1,
      byteLimit: 1e6,
    });
    const { deliveryNo, claim } = first!;
    await server.storage.settle([
      { deliveryNo, claim, result: 'acknowledged', outcome: 'applied', reason: null },
    ]);
    const { status, response } = await beat(server, {
      id: TILL.id,
      unsent: 3,
      lastSeq: 7,
      appVersion: '9.9',
      ask: ['M1', 'M2', 'M3'],
      clock: START_MS,
    });
    expect(status).toBe(200);
    expect(heartbeatAnswerSchema.parse(response)).toEqual({
      backroom: 1,
      serverKey: 'Corner',
      confirmed: ['M1'],
      parked: [],
      unknown: ['M3'],
      definitionsVersion: 1,
      definitionsEdition: editionOf(server.definitions.current()),
      serverState: 'online',
      since: START_MS,
      reason: 'for a test',
      time: START_MS,
    });
    await vi.waitFor(async () => {
      expect(await tillsOf(server)).toContainEqual(
        expect.objectContaining({ terminal: TILL.id, lastSeenMs: START_MS, unsent: 3 }),
      );
    });
  });

  it.each([
    ['never answers', () => new Promise<void>(() => undefined)],
    ['fails', () => Promise.reject(new StorageError('full', 'no room'))],
  ])('is answered while the disk %s', async (_how, seeTill) => {
    await using server = await startMobileServer({ storage: () => ({ seeTill }) });
    for (let beat = 0; beat < 3; beat += 1) {
      const { status } = await server.call(HEARTBEAT, { body: JSON.stringify({ id: TILL.id }) });
      expect(status).toBe(200);
    }
  });

  it('is answered to a server, which is no till, and lets no session speak for another till', async () => {
    const seen: string[] = [];
    await using server = await startMobileServer({
      role: 'main',
      storage: () => ({ seeTill: ({ terminal }) => Promise.resolve(void seen.push(terminal)) }),
    });
    await server.post(`${POS}.OrderLoader`, saleMessage('M1', { ticket: { gross: null } }));
    const token = await server.tokens.issueForServer('Main');
    const { response } = await beat(server, { id: 'Corner', ask: ['M1', 'M9'] }, token);
    expect(response).toMatchObject({ serverKey: 'Main', parked: [{ id: 'M1' }], unknown: ['M9'] });
    expect((await beat(server, { id: 'OTHER-TILL' })).status).toBe(200);
    const managers = await server.session({ terminal: null });
    expect((await beat(server, { id: 'OTHER-TILL' }, managers)).status).toBe(200);
    expect(seen).toEqual([]);
    expect((await beat(server, { id: TILL.id }, managers)).status).toBe(200);
    expect(seen).toEqual([TILL.id]);
  });

  it('is refused without a session, and with one in the URL', async () => {
    await using server = await startMobileServer();
    const body = JSON.stringify({ id: TILL.id });
    expect((await server.call(HEARTBEAT, { token: null, body })).status).toBe(401);
    const path = `${HEARTBEAT}?authenticationToken=${await server.session()}`;
    expect((await server.call(path, { token: null, body })).status).toBe(401);
    expect(await tillsOf(server)).not.toContainEqual(
      expect.objectContaining({ lastSeenMs: START_MS }),
    );
  });

  it.each([
    ['{"ask":[]}', 'The heartbeat is not understood: "id"'],
    [
      JSON.stringify({ id: 'x', ask: Array.from({ length: 501 }, () => 'm') }),
      'The heartbeat is not understood: "ask"',
    ],
    ['no json', 'The body is not JSON'],
  ])('says what is wrong with %.20s', async (body, sentence) => {
    await using server = await startMobileServer();
    const { status, response } = await server.call(HEARTBEAT, { body });
    expect(status).toBe(400);
    expect(response.error?.message).toContain(sentence);
  });
});

describe('joining', () => {
  const request = {
    serverKey: 'Corner',
    code: 'CODE',
    key: { id: 'kid', serverKey: 'Corner', publicJwk: {}, active: true },
  };
  const join = (server: TestServer, body: JsonObject) =>
    server.call('/backroom/join', { token: null, body: JSON.stringify(body) });

  it('hands a good request on, and the refusal back', async () => {
    const joined = { serverKey: 'Main', servers: [], serverKeys: [] };
    await using server = await startMobileServer({
      overrides: {
        join: ({ code }) =>
          Promise.resolve(
            code === 'CODE'
              ? joined
              : { error: { code: 'badCode', message: 'The code is wrong.' } },
          ),
      },
    });
    expect((await join(server, request)).json).toEqual(joined);
    const refused = await join(server, { ...request, code: 'OTHER' });
    expect(refused.status).toBe(403);
    expect(refused.json).toEqual({ error: { code: 'badCode', message: 'The code is wrong.' } });
    expect((await join(server, { code: 'CODE' })).status).toBe(400);
  });

  it('a store server is not possible', async () => {
    await using server = await startMobileServer();
    const { status, json } = await join(server, request);
    expect(status).toBe(404);
    expect(json).toMatchObject({ error: { code: 'notAMain' } });
  });
});
