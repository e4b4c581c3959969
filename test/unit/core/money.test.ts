import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocate,
  fromScaled,
  multiply,
  multiplyDivide,
  rescale,
  roundTogether,
  sum,
  toScaled,
} from '../../../server/core/money.ts';

const scale = fc.integer({ min: 0, max: 6 });
const amount = fc.integer({ min: -1e12, max: 1e12 });

describe('toScaled', () => {
  it.each([
    [1.005, 2, 101],
    ['1.005', 2, 101],
    ['-1.005', 2, -101],
    [0.1, 2, 10],
    ['1e-7', 2, 0],
    ['5e-3', 2, 1],
    [1.5e3, 2, 150_000],
    ['+2.', 1, 20],
    ['.5', 0, 1],
    ['0.005', 1, 0],
    [5e-324, 2, 0],
    ['-0', 2, 0],
    [9_007_199_254_740_991, 0, 9_007_199_254_740_991],
    ['9007199254740990.6', 0, 9_007_199_254_740_991],
  ])('%s at scale %i is %i', (value, at, expected) => {
    expect(toScaled(value, at)).toBe(expected);
  });

  it.each([
    NaN,
    Infinity,
    '',
    '.',
    '-',
    'e5',
    '1,5',
    '0x10',
    '1 2',
    'abc',
    '9007199254740992',
    1e21,
  ])('%s is no amount', (value) => {
    expect(toScaled(value, 0)).toBeNull();
  });

  it('is undone by fromScaled, also through JSON', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), scale, (value, at) => {
        const wire: unknown = JSON.parse(JSON.stringify(fromScaled(value, at)));
        // A double has 15 digits for sure; beyond that the wire itself cannot hold the amount.
        fc.pre(Math.abs(value) < 1e15);
        expect(toScaled(wire as number, at)).toBe(value + 0);
      }),
    );
  });

  it('is symmetric in sign and monotone', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        scale,
        (value, more, at) => {
          const one = toScaled(value, at) as number;
          expect(toScaled(-value, at)).toBe(-one + 0);
          expect(toScaled(value + more, at)).toBeGreaterThanOrEqual(one);
        },
      ),
    );
  });
});

describe('products and quotients', () => {
  it.each([
    [1, 1, 2, 1],
    [-1, 1, 2, -1],
    [1, -1, 2, -1],
    [1, 1, -2, -1],
    [2, 1, 4, 1],
    [7, 1, 3, 2],
  ])('%i × %i ÷ %i is %i', (value, factor, divisor, expected) => {
    expect(multiplyDivide(value, factor, divisor)).toBe(expected);
  });

  it('multiplies a weight by a price to the cent', () => {
    // 0.365 kg at 12.90: 4.7085.
    expect(multiply(365, 3, 12_900_000, 6, 2)).toBe(471);
  });

  it('is never further off than half a unit', () => {
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1e6 }),
        (value, factor, divisor) => {
          const off =
            BigInt(multiplyDivide(value, factor, divisor)) * BigInt(divisor) -
            BigInt(value) * BigInt(factor);
          expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(BigInt(divisor));
        },
      ),
    );
  });

  it('rescales up without loss', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 3 }), (value, more) => {
        expect(rescale(rescale(value, 2, 2 + more), 2 + more, 2)).toBe(value);
      }),
    );
  });

  it('throws where the result is no safe integer', () => {
    expect(() => multiply(9e15, 0, 9e15, 0, 0)).toThrow('beyond the safe integers');
    expect(() => multiplyDivide(1, 1, 0)).toThrow();
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow('beyond the safe integers');
  });
});

describe('allocation', () => {
  const weights = fc.array(fc.nat(1e9), { minLength: 1, maxLength: 30 });

  it('gives the cent that is left to the largest remainder, the earlier first', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(5, [0, 0])).toEqual([5, 0]);
    expect(allocate(0, [])).toEqual([]);
    expect(() => allocate(1, [])).toThrow('nothing to share');
    expect(() => allocate(1, [-1])).toThrow('negative');
  });

  it('adds up to the whole, mirrors the sign, and no share is a unit off', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = allocate(total, shares);
        expect(sum(parts)).toBe(total);
        expect(allocate(-total, shares)).toEqual(parts.map((part) => -part + 0));
        const whole = sum(shares);
        fc.pre(whole > 0);
        parts.forEach((part, index) => {
          const off = BigInt(part) * BigInt(whole) - BigInt(total) * BigInt(shares[index]!);
          expect(off < 0n ? -off : off).toBeLessThan(BigInt(whole));
        });
      }),
    );
  });

  it('is monotone: a larger weight never gets less', () => {
    fc.assert(
      fc.property(fc.nat(1e9), weights, (total, shares) => {
        const sorted = shares.toSorted((a, b) => b - a);
        const parts = allocate(total, sorted);
        expect(parts).toEqual(parts.toSorted((a, b) => b - a));
      }),
    );
  });

  it('rounds together to the rounded sum, with mixed signs too', () => {
    const fractions = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(fractions, fc.bigInt({ min: 1n, max: 10n ** 9n }), (numerators, denominator) => {
        const parts = roundTogether(numerators, denominator);
        const all = numerators.reduce((a, b) => a + b, 0n);
        expect(sum(parts)).toBe(roundTogether([all], denominator)[0]);
        expect(
          roundTogether(
            numerators.map((each) => -each),
            denominator,
          ),
        ).toEqual(parts.map((part) => -part + 0));
        parts.forEach((part, index) => {
          const off = BigInt(part) * denominator - numerators[index]!;
          expect(off < 0n ? -off : off).toBeLessThan(denominator);
        });
      }),
    );
  });
});
