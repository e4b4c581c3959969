import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LANE_BACKOFF,
  RETRY_AFTER_CAP_MS,
  backoffMs,
  retryAfterMs,
} from '../../../server/core/backoff.ts';

const almostOne = 1 - Number.EPSILON;

describe('back-off', () => {
  it('doubles its ceiling from half a second to thirty seconds', () => {
    const ceilings = [1, 2, 3, 6, 7, 8, 50].map((attempt) => backoffMs(attempt, almostOne) + 1);
    expect(ceilings).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('stays within its bounds for every attempt and chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: almostOne, noNaN: true }),
        (attempt, chance) => {
          const waitMs = backoffMs(attempt, chance);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThan(LANE_BACKOFF.capMs);
        },
      ),
    );
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-24T10:00:00Z');
  it.each([
    [undefined, null],
    ['', null],
    ['soon', null],
    ['-5', null],
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['Tue, 24 Nov 2026 10:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['999999999999', RETRY_AFTER_CAP_MS],
    ['Tue, 24 Nov 2099 10:00:30 GMT', RETRY_AFTER_CAP_MS],
  ])('%j', (header, expected) => {
    expect(retryAfterMs(header, nowMs)).toBe(expected);
  });
});
