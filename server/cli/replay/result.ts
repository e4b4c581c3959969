import { booksOfRun, compareBooks } from '../compare/compare.ts';
import { readJournals } from '../compare/journals.ts';
import { readMainBooks } from '../compare/main-books.ts';

/**
 * What a replay found. Without the main's database the tills' word is all there is: what is confirmed
 * is at the main, and what is null nobody can tell. Amounts are minor units.
 */
export interface ReplayResult {
  tickets: number;
  accepted: number;
  confirmed: number;
  doubled: number | null;
  lost: number;
  reordered: number | null;
  totalAtTills: number;
  totalAtMain: number;
}

/** The figures of a run that had so many tickets to sell, from the tills' journals and the main's database. */
export function resultOf(
  tickets: number,
  journals: readonly string[],
  mainDatabase: string | undefined,
): ReplayResult {
  const made = readJournals(journals);
  if (mainDatabase === undefined) {
    const accepted = made.filter((record) => record.acceptedAtMs !== null).length;
    const confirmed = made.filter((record) => record.confirmed);
    return {
      tickets,
      accepted,
      confirmed: confirmed.length,
      doubled: null,
      lost: accepted - confirmed.length,
      reordered: null,
      totalAtTills: made.reduce((sum, record) => sum + record.grossMinor, 0),
      totalAtMain: confirmed.reduce((sum, record) => sum + record.grossMinor, 0),
    };
  }
  const terminals = new Set(made.map((record) => record.terminal));
  const books = booksOfRun(made, readMainBooks(mainDatabase, terminals));
  const found = compareBooks(made, books);
  const { accepted, confirmed, doubled, lost, reordered, totalAtTills, totalAtMain } = found;
  return { tickets, accepted, confirmed, doubled, lost, reordered, totalAtTills, totalAtMain };
}

/** Whether every ticket is at the main once, in order, and the totals agree, as far as the figures tell. */
export function replayAgrees(found: ReplayResult): boolean {
  return (
    found.tickets === found.accepted &&
    found.tickets === found.confirmed &&
    found.lost + (found.doubled ?? 0) + (found.reordered ?? 0) === 0 &&
    found.totalAtTills === found.totalAtMain
  );
}

/** The figures in sentences. */
export function describeReplay(found: ReplayResult): string[] {
  const [atTills, atMain] = [found.totalAtTills, found.totalAtMain].map((minor) =>
    (minor / 100).toFixed(2),
  );
  return [
    `${found.tickets} tickets sold, ${found.accepted} accepted, ${found.confirmed} confirmed.`,
    `Lost ${found.lost}, doubled ${found.doubled ?? 'unknown'}, reordered ${found.reordered ?? 'unknown'}.`,
    `Total ${atTills} at the tills, ${atMain} at the main.`,
    ...(found.doubled === null
      ? ["Give the main's database with --main-database to compare with its books."]
      : []),
  ];
}
