import Database from 'better-sqlite3';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Revised } from '../../../server/storage/port.ts';
import {
  acknowledged,
  claimDue,
  mainMessage,
  message,
  openTestStorage,
  ticketOf,
} from './support.ts';
import type { TestStorage } from './support.ts';

const ROUTE = { service: 'OrderLoader', organization: 'store', sender: null };

function revise(
  store: TestStorage,
  destinations: string[],
  sender: string | null = null,
): Promise<Revised> {
  const routes = [{ ...ROUTE, sender, destinations }];
  return store.storage.reviseDestinations({ actor: 'user:boss', routes });
}

async function deliver(store: TestStorage, destination: string): Promise<string[]> {
  const claimed = await claimDue(store, { destination });
  await store.storage.settle(claimed.map(acknowledged));
  return claimed.map(({ messageId }) => messageId);
}

const confirmedOf = async (store: TestStorage, ids: string[]): Promise<string[]> =>
  (await store.storage.statusOf(ids)).confirmed;

/** What the counters say, and what counting the rows says. */
async function bothCounts(store: TestStorage): Promise<[unknown, unknown]> {
  const { queue } = await store.storage.overview({ dayStartMs: 0, dayEndMs: 1 });
  using database = opened(store);
  const lanes = `SELECT destination, terminal, waiting, claimed, parked FROM lane
    WHERE waiting + claimed + parked > 0 ORDER BY 1, 2`;
  const recounted = `SELECT destination, terminal,
      sum(state = 'waiting') AS waiting, sum(state = 'claimed') AS claimed,
      sum(state = 'parked') AS parked
    FROM delivery WHERE state IN ('waiting', 'claimed', 'parked') GROUP BY 1, 2 ORDER BY 1, 2`;
  const open = `SELECT coalesce(sum(state IN ('queued', 'waiting')), 0) AS waiting,
      coalesce(sum(state = 'parked'), 0) AS parked FROM entry`;
  return [
    { lanes: database.all(lanes), waiting: queue.waiting, parked: queue.parked },
    { lanes: database.all(recounted), ...database.all(open)[0] },
  ];
}

function opened({ directory }: TestStorage): { all(sql: string): object[] } & Disposable {
  const database = new Database(join(directory, 'backroom.db'), { readonly: true });
  return {
    all: (sql) => database.prepare(sql).all() as object[],
    [Symbol.dispose]: () => void database.close(),
  };
}

describe('definitions that change while entries wait', () => {
  test('a new main gets what is not confirmed, in order, and nothing of what is', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('old'));
    await deliver(store, 'MAIN');
    for (const id of ['m1', 'm2']) await store.storage.accept(message(id));
    expect(await revise(store, ['MAIN', 'CLOUD'])).toEqual({
      added: 2,
      withdrawn: 0,
      confirmed: 0,
    });
    await deliver(store, 'MAIN');
    expect(await confirmedOf(store, ['m1', 'm2'])).toEqual([]);
    expect(await deliver(store, 'CLOUD')).toEqual(['m1', 'm2']);
    expect(await confirmedOf(store, ['m1', 'm2'])).toEqual(['m1', 'm2']);
  });

  test('what waits for a main that is gone is withdrawn, by whom, and is no confirmation', async () => {
    await using store = await openTestStorage();
    const { entryNo } = await store.storage.accept(message('m1', { destinations: ['A', 'B'] }));
    expect(await revise(store, ['A'])).toMatchObject({ withdrawn: 1, confirmed: 0 });
    expect(await deliver(store, 'B')).toEqual([]);
    const detail = await store.storage.entry(entryNo);
    expect(detail?.deliveries.map(({ state }) => state)).toEqual(['waiting', 'withdrawn']);
    expect(detail?.story).toMatchObject([{ kind: 'withdrawn', detail: 'B: by user:boss' }]);
    await deliver(store, 'A');
    expect(await confirmedOf(store, ['m1'])).toEqual(['m1']);
  });

  test('an entry that the remaining main has is confirmed; what it made is no longer kept back', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1', { destinations: ['A', 'B'] }));
    await deliver(store, 'A');
    expect(await confirmedOf(store, ['m1'])).toEqual([]);
    expect(await revise(store, ['A'])).toMatchObject({ withdrawn: 1, confirmed: 1 });
    expect(await confirmedOf(store, ['m1'])).toEqual(['m1']);
  });

  test('an entry without any destination stays unconfirmed until one is defined', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1', { destinations: ['A', 'B'] }));
    await store.storage.accept(message('none', { destinations: [] }));
    await deliver(store, 'A');
    await revise(store, []);
    expect(await confirmedOf(store, ['m1', 'none'])).toEqual([]);
    const [route] = await store.storage.openRoutes();
    expect(route).toMatchObject({ ...ROUTE, entries: 2 });
    expect(await revise(store, ['C'])).toMatchObject({ added: 2, withdrawn: 0 });
    expect(await deliver(store, 'C')).toEqual(['m1', 'none']);
    expect(await confirmedOf(store, ['m1', 'none'])).toEqual(['m1', 'none']);
    expect(await store.storage.openRoutes()).toEqual([]);
  });

  test('a main that comes back gets what was withdrawn from it', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1'));
    await revise(store, []);
    await store.storage.accept(message('m2', { destinations: [] }));
    expect(await revise(store, ['MAIN'])).toMatchObject({ added: 2 });
    expect(await deliver(store, 'MAIN')).toEqual(['m1', 'm2']);
  });

  test('what a main had refused is in line again once that main is gone', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1', { destinations: ['A', 'B'] }));
    const [claimed] = await claimDue(store, { destination: 'A' });
    const { deliveryNo, claim } = claimed!;
    await store.storage.settle([{ deliveryNo, claim, result: 'rejected', error: 'never' }]);
    await revise(store, ['B']);
    const [counted, recounted] = await bothCounts(store);
    expect(counted).toEqual(recounted);
    await deliver(store, 'B');
    expect(await store.storage.statusOf(['m1'])).toMatchObject({ confirmed: ['m1'], parked: [] });
  });

  test('what is under way is left to its answer, and withdrawn when that fails', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1', { destinations: ['A'] }));
    const [claimed] = await claimDue(store, { destination: 'A' });
    expect(await revise(store, ['B'])).toMatchObject({ added: 1, withdrawn: 0 });
    const { deliveryNo, claim } = claimed!;
    await store.storage.settle([{ deliveryNo, claim, result: 'interrupted' }]);
    expect(await revise(store, ['B'])).toMatchObject({ added: 0, withdrawn: 1 });
  });

  test('only the messages of the route are touched', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('here'));
    await store.storage.accept(message('there', { organization: 'other' }));
    await store.storage.accept(message('relayed', { actor: 'server:Store' }));
    const routes = await store.storage.openRoutes();
    expect(routes.map(({ organization, sender }) => [organization, sender])).toEqual([
      ['other', null],
      ['store', null],
      ['store', 'Store'],
    ]);
    expect(await revise(store, ['B'], 'Store')).toMatchObject({ added: 1, withdrawn: 1 });
    expect(await deliver(store, 'MAIN')).toEqual(['here', 'there']);
  });

  test('at a main only what it passes on is open, and its judgement stays', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(mainMessage('kept', { changes: [ticketOf('t0')] }));
    const passed = { changes: [ticketOf('t1')], destinations: ['FIRST'] };
    const { entryNo } = await store.storage.accept(mainMessage('passed', passed));
    expect(await store.storage.openRoutes()).toMatchObject([{ entries: 1 }]);
    await revise(store, []);
    expect(await store.storage.openRoutes()).toMatchObject([{ entries: 1 }]);
    expect(await revise(store, ['OTHER'])).toMatchObject({ added: 1 });
    expect(await deliver(store, 'OTHER')).toEqual(['passed']);
    expect((await store.storage.entry(entryNo))?.state).toBe('applied');
    expect(await store.storage.openRoutes()).toEqual([]);
  });
});

type Step =
  | { kind: 'accept'; terminal: string }
  | { kind: 'end'; at: string; how: 'acknowledged' | 'rejected' | 'interrupted' | 'left' }
  | { kind: 'revise'; to: string[] };

const anyMain = fc.constantFrom('A', 'B', 'C');
const anyHow = fc.constantFrom(...(['acknowledged', 'rejected', 'interrupted', 'left'] as const));
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('accept' as const), terminal: fc.constantFrom('T1', 'T2') }),
  fc.record({ kind: fc.constant('end' as const), at: anyMain, how: anyHow }),
  fc.record({ kind: fc.constant('revise' as const), to: fc.subarray(['A', 'B', 'C']) }),
);

test('the counters are those of a recount after any history, and nobody is confirmed without a main', async () => {
  const run = async (steps: Step[]): Promise<void> => {
    await using store = await openTestStorage();
    let destinations = ['A'];
    const ids: string[] = [];
    for (const step of steps) {
      if (step.kind === 'accept') {
        ids.push(`m${ids.length}`);
        const { terminal } = step;
        await store.storage.accept(message(ids.at(-1)!, { terminal, destinations }));
      } else if (step.kind === 'revise') {
        destinations = step.to;
        await revise(store, destinations);
      } else {
        const claimed = await claimDue(store, { destination: step.at, limit: 2 });
        const { how } = step;
        if (how === 'left') continue;
        await store.storage.settle(
          claimed.map((one) => {
            if (how === 'acknowledged') return acknowledged(one);
            const { deliveryNo, claim } = one;
            return how === 'rejected'
              ? { deliveryNo, claim, result: how, error: 'never' }
              : { deliveryNo, claim, result: how };
          }),
        );
      }
    }
    const [counted, recounted] = await bothCounts(store);
    expect(counted).toEqual(recounted);
    using database = opened(store);
    const unsafe = `SELECT entry_no FROM entry WHERE state = 'confirmed' AND NOT EXISTS (
      SELECT 1 FROM delivery WHERE delivery.entry_no = entry.entry_no
        AND delivery.state = 'acknowledged')`;
    expect(database.all(unsafe)).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), run), { numRuns: 25 });
}, 60_000);
