import { describe, expect, it, vi } from 'vitest';
import { HeldHeartbeats } from '../../../server/sync/held-heartbeats.ts';
import { realSystem } from '../../../server/system/real.ts';
import { createLog } from '../../../server/system/log.ts';
import { startMobileServer, TILL } from './mobile-server.ts';

const LONG_MS = 20_000;
const NOW = { definitionsVersion: 1, serverState: 'online' };

async function startMain() {
  const held = new HeldHeartbeats(realSystem(createLog('silent')).timers);
  const tookUp: number[] = [];
  const server = await startMobileServer({
    role: 'main',
    overrides: {
      hold: (key, holdMs) => held.hold(key, holdMs),
      tookUp: () => tookUp.push(tookUp.length),
    },
  });
  const token = await server.tokens.issueForServer('Main');
  const beat = async (body: object, as = token) =>
    server.call('/backroom/heartbeat', {
      body: JSON.stringify({ id: 'Corner', ...body }),
      token: as,
    });
  return { held, tookUp, server, beat, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('a heartbeat that asks to be held', () => {
  it('is answered with the news as soon as there is some', async () => {
    await using main = await startMain();
    const answer = main.beat({ hold: { forMs: LONG_MS, ...NOW } });
    await vi.waitFor(() => expect(main.held.size).toBe(1));
    main.server.definitions.replace({});
    main.held.release();
    expect((await answer).response).toMatchObject({ definitionsVersion: 2 });
  });

  it('is answered at once where the server has not heard how things stand', async () => {
    await using main = await startMain();
    for (const other of [{ definitionsVersion: 7 }, { serverState: 'offline' }]) {
      const { status } = await main.beat({ hold: { forMs: LONG_MS, ...NOW, ...other } });
      expect(status).toBe(200);
    }
    const { status } = await main.beat({});
    expect(status).toBe(200);
  });

  it('is refused by a main that stops, so that it is looked for', async () => {
    await using main = await startMain();
    const answer = main.beat({ hold: { forMs: LONG_MS, ...NOW } });
    await vi.waitFor(() => expect(main.held.size).toBe(1));
    main.held.stop();
    expect((await answer).status).toBe(503);
  });

  it('is not held for a till, nor for longer than the limit', async () => {
    await using main = await startMain();
    const till = await main.server.session();
    const { status } = await main.beat({ id: TILL.id, hold: { forMs: LONG_MS, ...NOW } }, till);
    expect(status).toBe(200);
    expect((await main.beat({ hold: { forMs: 25_001, ...NOW } })).status).toBe(400);
    expect(main.held.size).toBe(0);
  });
});

it('tells when a till has taken other definitions up', async () => {
  await using main = await startMain();
  const till = await main.server.session();
  const tells = (definitionsEdition: string) =>
    main.beat({ id: TILL.id, definitionsEdition }, till);
  for (const [edition, times] of [
    ['one', 1],
    ['one', 1],
    ['two', 2],
  ] as const) {
    // A heartbeat that comes while the till is still being noted is not noted itself.
    await vi.waitFor(async () => {
      await tells(edition);
      expect(main.tookUp).toHaveLength(times);
    });
  }
});
