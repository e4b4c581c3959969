import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { ClaimedDelivery, Settlement } from '../../../server/storage/port.ts';
import { claimDue, message, openTestStorage, type TestStorage } from './support.ts';

/** An entry of the model: what it makes and comes after, and what became of it. */
interface ModelEntry {
  messageId: string;
  terminal: string;
  makes: string[];
  after: string[];
  state: 'waiting' | 'acknowledged' | 'parked';
}
type Step =
  | { kind: 'accept'; terminal: string; makes: string[]; after: string[] }
  | { kind: 'send'; limit: number; results: Settlement['result'][] }
  | { kind: 'crash' };

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      terminal: fc.constantFrom('T1', 'T2', 'T3'),
      makes: ids,
      after: ids,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      limit: fc.integer({ min: 1, max: 5 }),
      results: fc.array(
        fc.constantFrom('acknowledged', 'acknowledged', 'retry', 'rejected', 'interrupted'),
        { minLength: 5, maxLength: 5 },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
);

function settlementOf({ deliveryNo, claim }: ClaimedDelivery, result: Settlement['result']) {
  const claimed = { deliveryNo, claim };
  const byResult: Record<Settlement['result'], Settlement> = {
    acknowledged: { ...claimed, result: 'acknowledged', outcome: 'applied', reason: null },
    retry: { ...claimed, result: 'retry', nextAttemptMs: 0, error: 'no answer' },
    rejected: { ...claimed, result: 'rejected', error: 'no' },
    interrupted: { ...claimed, result: 'interrupted' },
  };
  return byResult[result];
}

/** What is in the way of an entry: earlier makers of what it comes after that are not acknowledged. */
function blockersOf(entries: readonly ModelEntry[], index: number): number[] {
  const { after } = entries[index]!;
  return entries.slice(0, index).flatMap((earlier, at) => {
    const concerns = earlier.makes.some((id) => after.includes(id));
    return concerns && earlier.state !== 'acknowledged' ? [at] : [];
  });
}

function isHeld(entries: readonly ModelEntry[], index: number): boolean {
  return blockersOf(entries, index).some(
    (at) => entries[at]!.state === 'parked' || isHeld(entries, at),
  );
}

/** Nothing is sent before what it comes after, nor out of its lane's order. */
function checkClaim(entries: readonly ModelEntry[], claimed: readonly ClaimedDelivery[]): void {
  const taken = claimed.map(({ messageId }) =>
    entries.findIndex((entry) => entry.messageId === messageId),
  );
  for (const index of taken) {
    const { terminal, state } = entries[index]!;
    expect(state).toBe('waiting');
    for (const blocker of blockersOf(entries, index)) {
      expect(entries[blocker]!.terminal).toBe(terminal);
      expect(taken).toContain(blocker);
    }
    for (let before = 0; before < index; before += 1) {
      const inFront = entries[before]!;
      if (inFront.terminal !== terminal || inFront.state !== 'waiting') continue;
      expect(taken.includes(before) || isHeld(entries, before)).toBe(true);
    }
  }
}

/** Everything that no parked entry holds can be delivered; what is held stays. */
async function drain(
  store: TestStorage,
  destination: string,
  entries: ModelEntry[],
): Promise<void> {
  for (;;) {
    const claimed = await claimDue(store, { destination });
    if (claimed.length === 0) break;
    checkClaim(entries, claimed);
    await store.storage.settle(claimed.map((one) => settlementOf(one, 'acknowledged')));
    for (const { messageId } of claimed) {
      entries.find((entry) => entry.messageId === messageId)!.state = 'acknowledged';
    }
  }
  const left = entries.flatMap(({ state }, index) => (state === 'waiting' ? [index] : []));
  expect(left.filter((index) => !isHeld(entries, index))).toEqual([]);
  const { confirmed } = await store.storage.statusOf(entries.map(({ messageId }) => messageId));
  const acknowledged = entries.filter(({ state }) => state === 'acknowledged');
  expect(confirmed).toEqual(acknowledged.map(({ messageId }) => messageId));
  const lanes = (await store.storage.lanes()).lanes.filter(
    (lane) => lane.destination === destination,
  );
  const waiting = lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  const parked = lanes.reduce((sum, lane) => sum + lane.parked, 0);
  expect(waiting).toBe(left.length);
  expect(parked).toBe(entries.filter(({ state }) => state === 'parked').length);
}

describe('laws of the lanes', () => {
  test('whatever happens: order and dependencies hold, only what is held stays, counters agree', async () => {
    await using store = await openTestStorage();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        // Each history has a destination and records of its own, so that one storage serves all.
        run += 1;
        const destination = `MAIN ${run}`;
        const own = (names: string[]) => names.map((name) => `${run}/${name}`);
        const entries: ModelEntry[] = [];
        for (const now of steps) {
          if (now.kind === 'accept') {
            const { terminal } = now;
            const [makes, after] = [own(now.makes), own(now.after)];
            const messageId = `m${run}/${entries.length}`;
            const destinations = [destination];
            const parts = { terminal, makes, orderedAfter: after, destinations };
            await store.storage.accept(message(messageId, parts));
            entries.push({ messageId, terminal, makes, after, state: 'waiting' });
            continue;
          }
          const claimed = await claimDue(store, {
            destination,
            limit: now.kind === 'send' ? now.limit : 3,
          });
          checkClaim(entries, claimed);
          if (now.kind === 'crash') {
            expect(await store.storage.releaseClaims()).toBe(claimed.length);
            continue;
          }
          const results = claimed.map((_, index) => now.results[index]!);
          await store.storage.settle(claimed.map((one, n) => settlementOf(one, results[n]!)));
          for (const [n, { messageId }] of claimed.entries()) {
            const entry = entries.find((one) => one.messageId === messageId)!;
            if (results[n] === 'acknowledged') entry.state = 'acknowledged';
            if (results[n] === 'rejected') entry.state = 'parked';
          }
        }
        await drain(store, destination, entries);
      }),
      { numRuns: 60 },
    );
  });
});
