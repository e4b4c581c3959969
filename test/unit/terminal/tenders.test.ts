import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../server/core/money.ts';
import { payBack, settle } from '../../../terminal/tenders.ts';
import { shop } from './support/shop.ts';

const { settings } = shop();
const keys = settings.payments.map(({ payment }) => payment.searchKey);
const cash = settings.payments.find(({ paymentMethod }) => paymentMethod.iscash)!.payment.searchKey;
const card = keys.find((key) => key !== cash)!;

describe('tenders', () => {
  it('give change out of cash only, after what other methods paid', () => {
    const paid = settle(
      1_730,
      [
        { method: card, amountMinor: 1_000 },
        { method: cash, amountMinor: 2_000 },
      ],
      settings,
    );
    expect(paid).toMatchObject({
      changeMinor: 1_270,
      payments: [{ amountMinor: 1_000 }, { amountMinor: 730 }],
    });
  });

  it.each([
    ['overTendered', [{ method: card, amountMinor: 1_001 }]],
    [
      'overTendered',
      [
        { method: card, amountMinor: 1_500 },
        { method: cash, amountMinor: 100 },
      ],
    ],
    ['notCovered', [{ method: cash, amountMinor: 999 }]],
    ['notCovered', []],
    ['unknownMethod', [{ method: 'X', amountMinor: 1_000 }]],
    ['badTender', [{ method: cash, amountMinor: 0 }]],
    ['badTender', [{ method: cash, amountMinor: 10.5 }]],
  ])('are refused: %s', (code, tenders) => {
    expect(settle(1_000, tenders, settings)).toMatchObject({ code });
  });

  it('in another currency are refused', () => {
    const dollars = settings.payments.map((method) => ({ ...method, isocode: 'USD' }));
    const tenders = [{ method: cash, amountMinor: 1_000 }];
    const fault = settle(1_000, tenders, { ...settings, payments: dollars });
    expect(fault).toMatchObject({ code: 'otherCurrency' });
  });

  it('are not needed where nothing is due', () => {
    expect(settle(0, [], settings)).toEqual({ payments: [], changeMinor: 0 });
  });

  it('cover what is due exactly; the change is what was handed over beyond it', () => {
    const tenders = fc.array(
      fc.record({
        method: fc.constantFrom(...keys),
        amountMinor: fc.integer({ min: 1, max: 10_000 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), tenders, (dueMinor, given) => {
        const paid = settle(dueMinor, given, settings);
        if ('code' in paid) return;
        const tenderedMinor = sum(given.map(({ amountMinor }) => amountMinor));
        expect(sum(paid.payments.map(({ amountMinor }) => amountMinor))).toBe(dueMinor);
        expect(paid.changeMinor).toBe(tenderedMinor - dueMinor);
        for (const { amountMinor } of paid.payments) expect(amountMinor).toBeGreaterThan(0);
      }),
    );
  });

  it('pay back with methods that can', () => {
    expect(payBack(-500, cash, settings)).toMatchObject({ payments: [{ amountMinor: -500 }] });
    const payments = settings.payments.map((method) => ({
      ...method,
      paymentMethod: { ...method.paymentMethod, refundable: false },
    }));
    expect(payBack(-500, card, { ...settings, payments })).toMatchObject({ code: 'badTender' });
  });
});
