const MOST = 4;
/** Smaller pieces than this many whole units are not what people round up to. */
const LEAST_UNITS = 5;

/**
 * The sums that people hand over for what is due: the next multiples of each note, fewest money first.
 * Minor units; `denominations` largest first.
 */
export function quickCash(
  dueMinor: number,
  denominations: readonly number[],
  precision: number,
): number[] {
  if (dueMinor <= 0) return [];
  const notes = denominations.filter((each) => each >= LEAST_UNITS * 10 ** precision);
  const sums = notes.map((note) => Math.ceil(dueMinor / note) * note);
  const distinct = [...new Set(sums)].filter((each) => each > dueMinor);
  return distinct.toSorted((a, b) => a - b).slice(0, MOST);
}
