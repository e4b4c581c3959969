import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../server/core/money.ts';
import type { TaxRule } from '../../../server/core/tax.ts';
import { taxDocument } from '../../../server/core/tax.ts';

const rule = (id: string, percent: number, perDocument = true): TaxRule => ({
  id,
  rate: percent * 1_000_000,
  perDocument,
});

describe('taxDocument', () => {
  it('takes the tax out of gross prices, once for the document', () => {
    const standard = rule('standard', 21);
    const taxed = taxDocument(
      [1.0, 1.0, 1.0].map(() => ({ rule: standard, amountMinor: 100 })),
      true,
    );
    // 3.00 / 1.21 = 2.479, so 2.48 + 0.52; each line alone would give 0.83 + 0.17.
    expect(taxed).toMatchObject({ netMinor: 248, taxMinor: 52, grossMinor: 300 });
    expect(taxed.lines.map((line) => line.netMinor)).toEqual([83, 83, 82]);
  });

  it('takes it line by line where the rate says so', () => {
    const standard = rule('standard', 21, false);
    const taxed = taxDocument(
      [1.0, 1.0, 1.0].map(() => ({ rule: standard, amountMinor: 100 })),
      true,
    );
    expect(taxed).toMatchObject({ netMinor: 249, taxMinor: 51, grossMinor: 300 });
  });

  it('adds the tax to net prices', () => {
    const taxed = taxDocument(
      [
        { rule: rule('reduced', 10), amountMinor: 105 },
        { rule: rule('zero', 0), amountMinor: 200 },
        { rule: rule('reduced', 10), amountMinor: 105 },
      ],
      false,
    );
    expect(taxed.rates.map(({ rule: { id }, ...amounts }) => ({ id, ...amounts }))).toEqual([
      { id: 'reduced', netMinor: 210, taxMinor: 21, grossMinor: 231 },
      { id: 'zero', netMinor: 200, taxMinor: 0, grossMinor: 200 },
    ]);
    expect(taxed.lines.map((line) => line.taxMinor)).toEqual([11, 0, 10]);
  });

  it('of nothing is nothing', () => {
    expect(taxDocument([], true)).toEqual({
      lines: [],
      rates: [],
      netMinor: 0,
      taxMinor: 0,
      grossMinor: 0,
    });
  });

  const percents = [0, 4, 5.2, 10, 19, 21, 25.5];
  const lines = fc.array(
    fc.record({
      rule: fc.constantFrom(
        ...percents.map((percent) => rule(`d${percent}`, percent)),
        ...percents.map((percent) => rule(`l${percent}`, percent, false)),
      ),
      amountMinor: fc.integer({ min: -100_000_00, max: 100_000_00 }),
    }),
    { maxLength: 40 },
  );

  it('balances: net + tax = gross for each line, each rate and in total', () => {
    fc.assert(
      fc.property(lines, fc.boolean(), (amounts, priceIncludesTax) => {
        const taxed = taxDocument(amounts, priceIncludesTax);
        for (const part of [taxed, ...taxed.lines, ...taxed.rates]) {
          expect(part.netMinor + part.taxMinor).toBe(part.grossMinor);
        }
        for (const figure of ['netMinor', 'taxMinor', 'grossMinor'] as const) {
          expect(sum(taxed.lines.map((line) => line[figure]))).toBe(taxed[figure]);
          for (const rate of taxed.rates) {
            const own = taxed.lines.filter((_, index) => amounts[index]!.rule.id === rate.rule.id);
            expect(sum(own.map((line) => line[figure]))).toBe(rate[figure]);
          }
        }
        const given = sum(amounts.map((line) => line.amountMinor));
        expect(priceIncludesTax ? taxed.grossMinor : taxed.netMinor).toBe(given);
      }),
    );
  });

  it('per document, is off by no more than half a unit for each rate', () => {
    fc.assert(
      fc.property(lines, fc.boolean(), (amounts, priceIncludesTax) => {
        for (const { rule: its, netMinor, taxMinor } of taxDocument(amounts, priceIncludesTax)
          .rates) {
          if (!its.perDocument) continue;
          const exact = BigInt(netMinor) * BigInt(its.rate) - BigInt(taxMinor) * 100_000_000n;
          // Taken out of a gross amount, half a unit of net stands for half a unit of gross.
          const bound = priceIncludesTax ? 50_000_000n + BigInt(its.rate) / 2n : 50_000_000n;
          expect(exact < 0n ? -exact : exact).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });

  it('mirrors the sign: a return gives back exactly what its sale took', () => {
    fc.assert(
      fc.property(lines, fc.boolean(), (amounts, priceIncludesTax) => {
        const mirrored = amounts.map((line) => ({ ...line, amountMinor: -line.amountMinor + 0 }));
        const [there, back] = [amounts, mirrored].map((each) =>
          taxDocument(each, priceIncludesTax),
        );
        expect(back!.lines.map((line) => line.taxMinor)).toEqual(
          there!.lines.map((line) => -line.taxMinor + 0),
        );
      }),
    );
  });
});
