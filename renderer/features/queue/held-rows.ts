import type { EntryRow } from '../../../server/contract/manage.ts';

/** A row as it is shown; `gone` when the newest page no longer has it. */
export interface ShownRow extends EntryRow {
  gone: boolean;
}

/**
 * The rows of a list that somebody is reading: the same ones in the same places, with their newest
 * states, although the newest page may have others. `changed` tells that it has.
 */
export function holdRows(
  held: readonly EntryRow[] | null,
  fresh: readonly EntryRow[],
): { rows: ShownRow[]; changed: boolean } {
  if (held === null) return { rows: fresh.map((row) => ({ ...row, gone: false })), changed: false };
  const byNo = new Map(fresh.map((row) => [row.entryNo, row]));
  const rows = held.map((row) => ({
    ...(byNo.get(row.entryNo) ?? row),
    gone: !byNo.has(row.entryNo),
  }));
  const changed =
    held.length !== fresh.length ||
    held.some((row, index) => row.entryNo !== fresh[index]?.entryNo);
  return { rows, changed };
}
