import type { LeadRow, TillDatabase } from './schema.ts';
import { write } from './write.ts';

/**
 * Begins the next epoch: what windows of earlier ones write is refused from here on. With `seen`, only
 * where the lead is still as it was seen; null where it is not.
 */
export async function takeEpoch(
  database: TillDatabase,
  seen?: LeadRow | null,
): Promise<number | null> {
  return write(database, ['lead'], 'strict', async (transaction) => {
    const lead = transaction.objectStore('lead');
    const now = await lead.get('lead');
    if (seen !== undefined && !isSame(seen, now ?? null)) return null;
    const epoch = (now?.epoch ?? 0) + 1;
    await lead.put({ epoch, beats: 0, isFree: false }, 'lead');
    return epoch;
  });
}

/** Shows that the leader lives; false where another epoch has begun. */
export async function beat(database: TillDatabase, epoch: number): Promise<boolean> {
  return change(database, epoch, (row) => ({ ...row, beats: row.beats + 1 }));
}

/** Gives the lead back, so that the next window need not wait for silence. */
export async function freeEpoch(database: TillDatabase, epoch: number): Promise<void> {
  await change(database, epoch, (row) => ({ ...row, isFree: true }));
}

export function isSame(one: LeadRow | null, other: LeadRow | null): boolean {
  return one?.epoch === other?.epoch && one?.beats === other?.beats;
}

function change(
  database: TillDatabase,
  epoch: number,
  next: (row: LeadRow) => LeadRow,
): Promise<boolean> {
  return write(database, ['lead'], 'relaxed', async (transaction) => {
    const lead = transaction.objectStore('lead');
    const row = await lead.get('lead');
    if (row?.epoch !== epoch) return false;
    await lead.put(next(row), 'lead');
    return true;
  });
}
