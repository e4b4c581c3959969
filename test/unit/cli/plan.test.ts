import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDurationMs, parseWhole } from '../../../server/cli/demo/duration.ts';
import { planSelling } from '../../../server/cli/demo/plan.ts';

describe('the plan of the demonstration', () => {
  it('sells well over a hundred of 400 tickets within an outage of 15 s', () => {
    const { paceMs, cutAfter } = planSelling({ tickets: 400, tills: 4, outageMs: 15_000 });
    const soldMeanwhile = (15_000 / paceMs) * 4;
    expect(soldMeanwhile).toBeGreaterThan(140);
    expect(cutAfter + soldMeanwhile).toBeLessThan(400);
  });

  it('gives every ticket to a till, and no till more than one more than another', () => {
    const order = fc.record({
      tickets: fc.integer({ min: 10, max: 5_000 }),
      tills: fc.integer({ min: 1, max: 16 }),
      outageMs: fc.integer({ min: 0, max: 600_000 }),
    });
    fc.assert(
      fc.property(order, ({ tickets, tills, outageMs }) => {
        const { shares, paceMs, cutAfter } = planSelling({ tickets, tills, outageMs });
        expect(shares).toHaveLength(tills);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(tickets);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
        expect(cutAfter).toBeLessThan(tickets);
        expect(paceMs).toBeGreaterThan(0);
      }),
    );
  });
});

describe('durations and numbers of the command line', () => {
  it.each([
    ['500ms', 500],
    ['15s', 15_000],
    ['2m', 120_000],
  ])('reads %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(['15', 's', '-1s', '1.5s', '15 s', '1h'])(
    'refuses %s and says how to write it',
    (text) => {
      expect(() => parseDurationMs(text)).toThrow('for example 15s');
    },
  );

  it('refuses a number out of its bounds', () => {
    expect(parseWhole(1, 16)('16')).toBe(16);
    for (const text of ['0', '17', '4.5', '-4', 'four']) {
      expect(() => parseWhole(1, 16)(text)).toThrow('from 1 to 16');
    }
  });
});
