import { roundTogether, sum } from './money.ts';

/**
 * Tax of the lines of a document. docs/money.md states the rounding rule; the laws that hold for every
 * document are: net + tax = gross for each line, for each rate and in total, to the minor unit, and the
 * lines of a rate add up to the rate.
 */

/** Decimals of a tax rate's percentage that count: 21 % is 21 000 000. */
export const RATE_SCALE = 6;
const WHOLE = 100n * 10n ** BigInt(RATE_SCALE);

/** A tax rate as far as it decides amounts. */
export interface TaxRule {
  id: string;
  /** Percent at {@link RATE_SCALE}. */
  rate: number;
  /** `docTaxAmount` "D": the tax is rounded once for the document, not for each line. */
  perDocument: boolean;
}

/** An amount of a line after discounts, minor units: gross where prices include tax, else net. */
export interface TaxedAmount {
  rule: TaxRule;
  amountMinor: number;
}

/** Minor units; `netMinor + taxMinor = grossMinor`. */
export interface Taxed {
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
}

export interface TaxedDocument extends Taxed {
  /** In the order of the lines given. */
  lines: Taxed[];
  /** In the order in which the rates first appear. */
  rates: (Taxed & { rule: TaxRule })[];
}

/** Computes the tax of a document's lines. */
export function taxDocument(
  lines: readonly TaxedAmount[],
  priceIncludesTax: boolean,
): TaxedDocument {
  const taxed: Taxed[] = lines.map(() => ({ netMinor: 0, taxMinor: 0, grossMinor: 0 }));
  const rates = [...placesByRule(lines)].map(([, places]) => {
    const { rule } = lines[places[0] ?? 0] as TaxedAmount;
    const amounts = places.map((place) => (lines[place] as TaxedAmount).amountMinor);
    const results = taxOfRate(rule, amounts, priceIncludesTax);
    places.forEach((place, index) => (taxed[place] = results[index] as Taxed));
    return { rule, ...total(results) };
  });
  return { lines: taxed, rates, ...total(rates) };
}

function placesByRule(lines: readonly TaxedAmount[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  lines.forEach(({ rule }, place) => {
    const known = places.get(rule.id);
    if (known === undefined) places.set(rule.id, [place]);
    else known.push(place);
  });
  return places;
}

/**
 * The rounded figure is the net where prices include tax (`gross ÷ (1 + rate)`), else the tax
 * (`net × rate`); the third figure is always the difference.
 */
function taxOfRate(rule: TaxRule, amounts: readonly number[], priceIncludesTax: boolean): Taxed[] {
  const rate = BigInt(rule.rate);
  const [factor, divisor] = priceIncludesTax ? [WHOLE, WHOLE + rate] : [rate, WHOLE];
  const exact = amounts.map((amount) => BigInt(amount) * factor);
  const rounded = rule.perDocument
    ? roundTogether(exact, divisor)
    : exact.flatMap((each) => roundTogether([each], divisor));
  return amounts.map((amount, index) => {
    const figure = rounded[index] as number;
    return priceIncludesTax
      ? { netMinor: figure, taxMinor: amount - figure, grossMinor: amount }
      : { netMinor: amount, taxMinor: figure, grossMinor: amount + figure };
  });
}

function total(parts: readonly Taxed[]): Taxed {
  return {
    netMinor: sum(parts.map((part) => part.netMinor)),
    taxMinor: sum(parts.map((part) => part.taxMinor)),
    grossMinor: sum(parts.map((part) => part.grossMinor)),
  };
}
