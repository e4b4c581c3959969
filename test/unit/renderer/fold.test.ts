import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addStale,
  afterRefresh,
  delayOf,
  EMPTY_FOLD,
  placeOf,
  topicsOf,
} from '../../../renderer/fold.ts';
import { eventSchema } from '../../../server/contract/manage.ts';

describe('placeOf', () => {
  it('knows the next event, a repeated one and a gap', () => {
    expect(placeOf(7, 8)).toBe('next');
    expect(placeOf(7, 7)).toBe('seen');
    expect(placeOf(7, 3)).toBe('seen');
    expect(placeOf(7, 9)).toBe('gap');
  });
});

describe('folding', () => {
  it('refreshes at once after a quiet time', () => {
    expect(delayOf(addStale(EMPTY_FOLD, ['lanes']), 10_000)).toBe(0);
    expect(delayOf(EMPTY_FOLD, 10_000)).toBeNull();
  });

  it('keeps refreshes half a second apart, so that a burst is one refresh', () => {
    const refreshed = afterRefresh(EMPTY_FOLD, { startedMs: 1_000, endedMs: 1_020 });
    const burst = Array.from({ length: 500 }).reduce<typeof refreshed>(
      (fold) => addStale(fold, topicsOf('entry')),
      refreshed,
    );
    expect([...burst.stale]).toEqual(topicsOf('entry'));
    expect(delayOf(burst, 1_020)).toBe(480);
    expect(delayOf(burst, 1_500)).toBe(0);
  });

  it('rests longer after a slow refresh, but not for ever', () => {
    const slow = addStale(afterRefresh(EMPTY_FOLD, { startedMs: 0, endedMs: 1_000 }), ['overview']);
    expect(delayOf(slow, 1_000)).toBe(4_000);
    const stuck = addStale(afterRefresh(EMPTY_FOLD, { startedMs: 0, endedMs: 60_000 }), ['lanes']);
    expect(delayOf(stuck, 60_000)).toBe(0);
  });

  it('never refreshes more than three times in any second', () => {
    const times = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(times, (arrivals) => {
        const starts: number[] = [];
        let fold = EMPTY_FOLD;
        for (const atMs of arrivals.sort((a, b) => a - b)) {
          const due = delayOf(fold, atMs);
          if (due === 0) {
            starts.push(atMs);
            fold = afterRefresh({ ...fold, stale: new Set() }, { startedMs: atMs, endedMs: atMs });
          }
          fold = addStale(fold, ['entries']);
        }
        starts.forEach((start, index) => {
          expect((starts[index + 2] ?? Infinity) - start).toBeGreaterThanOrEqual(1_000);
        });
      }),
    );
  });
});

describe('topicsOf', () => {
  it('finds something stale for every kind of event', () => {
    for (const kind of eventSchema.shape.kind.options) {
      expect(topicsOf(kind).length, kind).toBeGreaterThan(0);
    }
  });
});
