import type { LeadRow, TillDatabase } from './schema.ts';
import type { Writing } from './write.ts';
import { write } from './write.ts';

/** Begins the next epoch: what windows of earlier ones write is refused from here on. */
export function takeEpoch(database: TillDatabase): Promise<number> {
  return write(database, ['lead'], 'strict', async (transaction) =>
    begin(transaction, (await transaction.objectStore('lead').get('lead')) ?? null),
  );
}

/** The same, only where the lead is still as it was seen; null where it is not. */
export function takeSeenEpoch(
  database: TillDatabase,
  seen: LeadRow | null,
): Promise<number | null> {
  return write(database, ['lead'], 'strict', async (transaction) => {
    const now = (await transaction.objectStore('lead').get('lead')) ?? null;
    return isSame(seen, now) ? begin(transaction, now) : null;
  });
}

async function begin(transaction: Writing<'lead'>, before: LeadRow | null): Promise<number> {
  const epoch = (before?.epoch ?? 0) + 1;
  await transaction.objectStore('lead').put({ epoch, beats: 0, isFree: false }, 'lead');
  return epoch;
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
