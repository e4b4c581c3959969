import { describe, expect, it } from 'vitest';
import { Till } from '../../../terminal/till.ts';
import { FakeStore } from './support/fake-store.ts';
import { MemoryLog } from './support/memory-log.ts';
import { fakePlatform, flush } from './support/platform.ts';

const HEARTBEAT_MS = 15_000;
const LOGIN_UTILS = 'loginutils';

async function openTill(store: FakeStore) {
  const platform = fakePlatform(store.fetch);
  const totals = {
    ...{ sold: 0, accepted: 0, confirmed: 0, grossMinor: 0 },
    others: { customers: 0, returns: 0, cashMovements: 0, cashUps: 0 },
  };
  const till = await Till.open(
    {
      ...{ platform, queueLog: new MemoryLog(), serverUrl: 'http://store.test' },
      journal: { write: () => Promise.resolve(), totals: () => totals },
      ...{ terminalName: 'C-01', credentials: { userName: 'ana', secret: '1111' } },
      ...{ heartbeatMs: HEARTBEAT_MS, appVersion: 'test', pageRows: 200 },
    },
    1_000,
  );
  const loads = (): number => store.requests.filter((line) => line.includes(LOGIN_UTILS)).length;
  return {
    till,
    /** How often it loaded its definitions during one heartbeat. */
    beat: async (): Promise<number> => {
      const before = loads();
      await platform.advance(HEARTBEAT_MS);
      await flush();
      return loads() - before;
    },
  };
}

describe('the edition of the definitions at a till', () => {
  it('is told in each heartbeat, and another one is loaded until the till has it', async () => {
    const store = new FakeStore();
    store.editions = { loaded: 'e1', beaten: 'e1' };
    const { till, beat } = await openTill(store);
    expect(await beat()).toBe(0);
    expect(store.heartbeats.at(-1)).toMatchObject({ definitionsEdition: 'e1' });
    // The server that beats is ahead of the one that the till loads from.
    store.editions = { loaded: 'e1', beaten: 'e2' };
    expect(await beat()).toBe(1);
    expect(await beat()).toBe(1);
    expect(store.heartbeats.at(-1)).toMatchObject({ definitionsEdition: 'e1' });
    store.editions = { loaded: 'e2', beaten: 'e2' };
    expect(await beat()).toBe(1);
    expect(await beat()).toBe(0);
    expect(store.heartbeats.at(-1)).toMatchObject({ definitionsEdition: 'e2' });
    await till.close();
  });

  it('shows a change that came between the start and the first heartbeat', async () => {
    const store = new FakeStore();
    store.editions = { loaded: 'e1', beaten: 'e2' };
    const { till, beat } = await openTill(store);
    expect(await beat()).toBe(1);
    await till.close();
  });

  it('gives way to the version at a server that knows no editions', async () => {
    const store = new FakeStore();
    const { till, beat } = await openTill(store);
    expect(await beat()).toBe(0);
    store.definitionsVersion = 2;
    expect(await beat()).toBe(1);
    expect(await beat()).toBe(0);
    expect(store.heartbeats.at(-1)).not.toHaveProperty('definitionsEdition');
    await till.close();
  });
});
