import { describe, expect, it } from 'vitest';
import { sellTickets, unsoldNames } from '../../../server/cli/replay/sell.ts';
import type { SellingTill } from '../../../server/cli/replay/sell.ts';

type Products = SellingTill['catalogue']['products'];

const products = new Map(
  ['Tea', 'Scone'].map((name) => [name, { row: { id: `id of ${name}`, _identifier: name } }]),
) as unknown as Products;

const ticket = (key: string, ...items: [string, number][]) => ({
  key,
  atMs: null,
  items: items.map(([name, quantity]) => ({ name, quantity })),
});

/** A clock that goes from pause to pause, the earliest end first, and takes no real time. */
function fakeTime() {
  let nowMs = 1_000;
  const pauses: { endMs: number; resolve: () => void }[] = [];
  const endEarliest = (): void => {
    const [earliest] = pauses.sort((a, b) => a.endMs - b.endMs).splice(0, 1);
    nowMs = earliest!.endMs;
    earliest!.resolve();
  };
  return {
    clock: { nowMs: () => nowMs },
    timers: {
      after: () => () => undefined,
      pause: (delayMs: number) =>
        new Promise<void>((resolve) => {
          pauses.push({ endMs: nowMs + delayMs, resolve });
          // After everything that can go on without time passing.
          setImmediate(endEarliest);
        }),
    },
  };
}

describe('selling the tickets of a file', () => {
  it('finds products by name, whatever its case, and sells pieces', async () => {
    const sold: unknown[] = [];
    const till: SellingTill = {
      catalogue: { products },
      sellLines: (lines) => Promise.resolve(sold.push(...lines)),
    };
    await sellTickets([till], {
      tickets: [ticket('1', ['tea', 2], ['Scone', 1])],
      schedule: [0],
      ...fakeTime(),
      onSold: () => undefined,
    });
    expect(sold).toEqual([
      { productId: 'id of Tea', quantity: 2_000 },
      { productId: 'id of Scone', quantity: 1_000 },
    ]);
    expect(unsoldNames(till, ['TEA', 'Jam'])).toEqual(['Jam']);
  });

  it('sells each ticket once, when it is due, at the till that is free', async () => {
    const time = fakeTime();
    const soldAt: { till: string; atMs: number }[] = [];
    const tillNamed = (till: string): SellingTill => ({
      catalogue: { products },
      sellLines: () => Promise.resolve(soldAt.push({ till, atMs: time.clock.nowMs() - 1_000 })),
    });
    const counts: number[] = [];
    await sellTickets([tillNamed('A'), tillNamed('B')], {
      tickets: ['1', '2', '3', '4'].map((key) => ticket(key, ['Tea', 1])),
      schedule: [0, 500, 2_000, 2_000],
      ...time,
      onSold: (count) => counts.push(count),
    });
    expect(soldAt.map(({ atMs }) => atMs)).toEqual([0, 500, 2_000, 2_000]);
    expect(new Set(soldAt.map(({ till }) => till))).toEqual(new Set(['A', 'B']));
    expect(counts).toEqual([1, 2, 3, 4]);
  });

  it('stops with the reason when a till cannot sell', async () => {
    const till: SellingTill = {
      catalogue: { products },
      sellLines: () => Promise.reject(new Error('no disk')),
    };
    const run = sellTickets([till], {
      tickets: [ticket('1', ['Tea', 1])],
      schedule: [0],
      ...fakeTime(),
      onSold: () => undefined,
    });
    await expect(run).rejects.toThrow('no disk');
  });
});
