import type { CashUpSoFar } from '../../../pos-till.ts';
import { valueOf } from '../../ui/entry.ts';

/** What was typed for each method, by search key: the count, and what stays in the drawer. */
export interface Counting {
  counted: Readonly<Record<string, string>>;
  kept: Readonly<Record<string, string>>;
}

export const NOTHING_COUNTED: Counting = { counted: {}, kept: {} };

/** A method as the screen shows it. Minor units. */
export interface CountRow {
  searchKey: string;
  name: string;
  isCash: boolean;
  expectedMinor: number;
  /** Null: not counted yet. */
  countedMinor: number | null;
  /** Counted less expected; null before it is counted. */
  differenceMinor: number | null;
  keptMinor: number;
  /** More is kept than there is. */
  keepsTooMuch: boolean;
}

export function countRows(soFar: CashUpSoFar, counting: Counting, precision: number): CountRow[] {
  return soFar.methods.map(({ searchKey, name, isCash, expectedMinor }) => {
    const countedMinor = valueOf(counting.counted[searchKey] ?? '', precision);
    const keptMinor = valueOf(counting.kept[searchKey] ?? '', precision) ?? 0;
    return {
      ...{ searchKey, name, isCash, expectedMinor, countedMinor, keptMinor },
      differenceMinor: countedMinor === null ? null : countedMinor - expectedMinor,
      keepsTooMuch: keptMinor > Math.max(0, countedMinor ?? expectedMinor),
    };
  });
}

/** Cash is always counted; of the others what nobody counted is taken to be as it should be. */
export function isReady(rows: readonly CountRow[]): boolean {
  return rows.every(
    ({ isCash, countedMinor, keepsTooMuch }) => !keepsTooMuch && (!isCash || countedMinor !== null),
  );
}

/** What the till is told: minor units by search key. */
export function countOf(rows: readonly CountRow[]): {
  counted: Record<string, number>;
  kept: Record<string, number>;
} {
  const counted: Record<string, number> = {};
  const kept: Record<string, number> = {};
  for (const { searchKey, countedMinor, keptMinor } of rows) {
    if (countedMinor !== null) counted[searchKey] = countedMinor;
    if (keptMinor > 0) kept[searchKey] = keptMinor;
  }
  return { counted, kept };
}
