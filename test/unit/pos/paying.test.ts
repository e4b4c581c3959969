import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denominationsOf, totalOf } from '../../../terminal/pos/features/cash/denominations.ts';
import { quickCash } from '../../../terminal/pos/features/pay/quick-cash.ts';
import {
  methodButtons,
  standingOf,
  withTender,
} from '../../../terminal/pos/features/pay/standing.ts';
import type { Tender } from '../../../terminal/cart.ts';
import { shop } from '../terminal/support/shop.ts';

const [cash, card, voucher] = methodButtons(shop().settings);

describe('the buttons of the payment methods', () => {
  it('have a letter each, and no letter twice', () => {
    const letters = [cash, card, voucher].map((button) => button?.letter);
    expect(letters).toEqual(['c', 'a', 'v']);
  });
});

describe('paying', () => {
  it('takes all that remains where nothing was typed', () => {
    expect(withTender([], { button: card, typedMinor: null }, 2_127)).toEqual([
      { method: card?.method, amountMinor: 2_127 },
    ]);
  });

  it('splits: card first, the rest in cash with change', () => {
    const first = withTender([], { button: card, typedMinor: 1_000 }, 2_127) ?? [];
    const both = withTender(first, { button: cash, typedMinor: 5_000 }, 2_127) ?? [];
    expect(standingOf(2_127, both)).toEqual({
      tenderedMinor: 6_000,
      remainingMinor: 0,
      changeMinor: 3_873,
    });
  });

  it('takes more than remains in cash only', () => {
    expect(withTender([], { button: card, typedMinor: 3_000 }, 2_127)).toBeNull();
    expect(withTender([], { button: cash, typedMinor: 3_000 }, 2_127)).not.toBeNull();
  });

  it('takes nothing without a method, without an amount, or when all is paid', () => {
    const paid: Tender[] = [{ method: 'x', amountMinor: 100 }];
    expect(withTender([], { button: undefined, typedMinor: 100 }, 100)).toBeNull();
    expect(withTender([], { button: cash, typedMinor: 0 }, 100)).toBeNull();
    expect(withTender(paid, { button: cash, typedMinor: 100 }, 100)).toBeNull();
  });

  it('puts two tenders of one method together', () => {
    const once = withTender([], { button: voucher, typedMinor: 500 }, 2_000) ?? [];
    expect(withTender(once, { button: voucher, typedMinor: 700 }, 2_000)).toEqual([
      { method: voucher?.method, amountMinor: 1_200 },
    ]);
  });
});

describe('the quick sums of cash', () => {
  const euros = denominationsOf('EUR', 2);

  it('are what people hand over', () => {
    expect(quickCash(2_127, euros, 2)).toEqual([2_500, 3_000, 4_000, 5_000]);
    expect(quickCash(1_127, euros, 2)).toEqual([1_500, 2_000, 5_000, 10_000]);
    expect(quickCash(0, euros, 2)).toEqual([]);
  });

  it('are always more than is due, rising, and few', () => {
    const codes = fc.constantFrom('EUR', 'USD', 'GBP', 'JPY', 'MXN');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), codes, (due, code) => {
        const sums = quickCash(due, denominationsOf(code, 2), 2);
        expect(sums.length).toBeLessThanOrEqual(4);
        expect(sums.every((sum) => sum > due)).toBe(true);
        expect(sums).toEqual([...new Set(sums)].toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('notes and coins', () => {
  it('add up', () => {
    const pieces = new Map([
      [5_000, 3],
      [200, 4],
      [1, 7],
    ]);
    expect(totalOf(pieces)).toBe(15_807);
  });

  it('of an unknown currency go by ones, twos and fives, largest first', () => {
    expect(denominationsOf('XXX', 0).slice(0, 4)).toEqual([50_000, 20_000, 10_000, 5_000]);
  });
});
