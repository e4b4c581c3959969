import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat, decimalText } from '../../../renderer/format.ts';

const english = createFormat('en-GB');
const spanish = createFormat('es-ES');
const now = Date.parse('2026-03-10T10:05:00Z');

describe('money', () => {
  it('writes minor units in the language and the currency’s precision', () => {
    expect(english.money(235_194, 'EUR', 2)).toBe('€2,351.94');
    expect(spanish.money(235_194, 'EUR', 2)).toBe('2351,94\u00a0€');
    expect(english.money(-5, 'EUR', 2)).toBe('-€0.05');
    expect(english.money(1_500, 'JPY', 0)).toBe('JP¥1,500');
  });

  it('is exact where a floating-point division is not', () => {
    expect(english.money(9_007_199_254_740_991, 'EUR', 2)).toBe('€90,071,992,547,409.91');
  });

  it('keeps every digit of every safe amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 4 }), (minor, precision) => {
        const digits = decimalText(minor, precision).replace('.', '');
        expect(Number(digits)).toBe(minor);
      }),
    );
  });
});

describe('times', () => {
  it('names how long ago and how soon', () => {
    expect(english.relative('2026-03-10T10:04:12Z', now)).toBe('48 seconds ago');
    expect(english.relative('2026-03-10T09:42:00Z', now)).toBe('23 minutes ago');
    expect(english.relative('2026-03-10T10:05:42Z', now)).toBe('in 42 seconds');
    expect(spanish.relative('2026-03-07T10:05:00Z', now)).toBe('hace 3 días');
  });

  it('names a duration, never a negative one', () => {
    expect(english.duration('2026-03-10T09:20:00Z', now)).toBe('45 minutes');
    expect(english.duration('2026-03-09T09:05:00Z', now)).toBe('25 hours');
    expect(english.duration('2026-03-10T10:05:09Z', now)).toBe('0 seconds');
  });

  it('adds the date to a time of another day', () => {
    expect(english.moment(new Date(now).toISOString(), now)).toMatch(/^\d\d:\d\d$/);
    expect(english.moment('2026-03-03T10:05:00Z', now)).toMatch(/^3 Mar/);
  });

  it('shows the server’s day whatever the browser’s time zone', () => {
    expect(english.day('2026-03-10')).toBe('Tuesday 10 March');
  });
});

describe('sizes and lists', () => {
  it('writes bytes and kilobytes', () => {
    expect(english.bytes(999)).toBe('999 bytes');
    expect(english.bytes(12_345)).toBe('12.3 kB');
  });

  it('joins names as a sentence does', () => {
    expect(english.list(['A', 'B', 'C'])).toBe('A, B and C');
    expect(spanish.list(['A', 'B'])).toBe('A y B');
  });
});
