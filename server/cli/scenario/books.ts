import type { TillRecord } from '../compare/compare.ts';
import { compareBooks } from '../compare/compare.ts';
import { readJournals } from '../compare/journals.ts';
import { readMainBooks } from '../compare/main-books.ts';

/** The tills' journals compared with the books of every main, in records. */
export interface BooksOfMains {
  /** Sales in the tills' journals. */
  tickets: number;
  /** Those that every main has and of which the till was told so. */
  confirmedAtMain: number;
  /** Summed over the mains, for records of any kind; see docs/demo.md. */
  lost: number;
  doubled: number;
  reordered: number;
}

/** Compares journals with main databases: plain files, nothing of the way on which tickets travel. */
export function compareWithMains(
  journalPaths: readonly string[],
  mainDatabases: readonly string[],
): BooksOfMains {
  const made = readJournals(journalPaths);
  const terminals = new Set(made.map((record) => record.terminal));
  const mains = mainDatabases.map((path) => readMainBooks(path, terminals));
  const found = mains.map((books) => compareBooks(made, books));
  const sum = (figure: 'lost' | 'doubled' | 'reordered'): number =>
    found.reduce((total, each) => total + each[figure], 0);
  const ids = mains.map((books) => new Set(books.records.map((record) => record.id)));
  const isEverywhere = ({ kind, id, confirmed }: TillRecord): boolean =>
    kind === 'sale' && confirmed && ids.every((known) => known.has(id));
  return {
    tickets: made.filter((record) => record.kind === 'sale').length,
    confirmedAtMain: made.filter(isEverywhere).length,
    ...{ lost: sum('lost'), doubled: sum('doubled'), reordered: sum('reordered') },
  };
}
