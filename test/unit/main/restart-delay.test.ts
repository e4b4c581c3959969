import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restartDelayMs } from '../../../main/restart-delay.ts';

describe('the wait before a restart', () => {
  it('doubles up to a minute, and half of it is certain', () => {
    const shortest = [1, 2, 3, 6, 7, 100].map((failures) => restartDelayMs(failures, 0));
    expect(shortest).toEqual([1_000, 2_000, 4_000, 30_000, 30_000, 30_000]);
    expect(restartDelayMs(100, 0.999_999)).toBe(59_999);
  });

  it('never gets shorter with more failures, nor longer than a minute', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), chance, (failures, luck) => {
        const waitMs = restartDelayMs(failures, luck);
        expect(waitMs).toBeLessThanOrEqual(60_000);
        expect(restartDelayMs(failures + 1, luck)).toBeGreaterThanOrEqual(waitMs);
      }),
    );
  });
});
