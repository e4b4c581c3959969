/** Notes and coins of currencies, in hundredths, largest first. */
const KNOWN: Readonly<Record<string, readonly number[]>> = {
  EUR: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
  GBP: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  MXN: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
};
/** From the smallest unit to five hundred whole ones of a currency with two decimals. */
const STEPS = [1, 2, 5] as const;
const POWERS = 5;
const LARGEST_FIRST = (a: number, b: number): number => b - a;

/** What cash of a currency comes in, minor units, largest first. Unknown ones go by ones, twos and fives. */
export function denominationsOf(code: string, precision: number): readonly number[] {
  const known = KNOWN[code];
  if (known !== undefined && precision === 2) return known;
  return Array.from({ length: POWERS }, (_, power) => STEPS.map((step) => step * 10 ** power))
    .flat()
    .toSorted(LARGEST_FIRST);
}

/** What so many pieces of each denomination come to, minor units. */
export function totalOf(pieces: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const [denomination, count] of pieces) total += denomination * count;
  return total;
}
