import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PadKey } from '../../../terminal/pos/ui/entry.ts';
import { press, tidy, valueOf } from '../../../terminal/pos/ui/entry.ts';

function typed(keys: readonly PadKey[], decimals = 2): string {
  return keys.reduce((entry, key) => press(entry, key, decimals), '');
}

describe('a number that is entered', () => {
  it('stands as it was touched', () => {
    expect(typed(['1', '2', 'sign', '5'])).toBe('12.5');
    expect(valueOf('12.5', 2)).toBe(1_250);
  });

  it('has one decimal sign, and no more decimals than the currency', () => {
    expect(typed(['sign', '5', 'sign', '0', '9'])).toBe('0.50');
    expect(typed(['1', 'sign', '5'], 0)).toBe('15');
  });

  it('is deleted from its end, or at once', () => {
    expect(typed(['1', '2', 'back'])).toBe('1');
    expect(typed(['1', '2', 'clear'])).toBe('');
    expect(valueOf('', 2)).toBeNull();
  });

  it('takes a comma for a point, and leaves out what is no digit', () => {
    expect(tidy('1 2,50 €', 2)).toBe('12.50');
    expect(tidy('007', 2)).toBe('7');
  });

  it('is always a number that the till can count with, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 3 }), (text, decimals) => {
        const entry = tidy(text, decimals);
        const value = valueOf(entry, decimals);
        expect(tidy(entry, decimals)).toBe(entry);
        expect(value === null || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
      }),
    );
  });
});
