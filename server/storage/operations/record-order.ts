import type { PackedMessage } from '../pack.ts';
import type { Query, Sql } from '../sql.ts';

const NOTE_MAKES: Query = {
  text: 'INSERT INTO entry_makes (record_id, entry_no) VALUES (?, ?) ON CONFLICT DO NOTHING',
};
const NOTE_AFTER: Query = {
  text: 'INSERT INTO entry_after (record_id, entry_no) VALUES (?, ?) ON CONFLICT DO NOTHING',
};
const FORGET_MAKES: Query = { text: 'DELETE FROM entry_makes WHERE entry_no = ?' };
const FORGET_AFTER: Query = { text: 'DELETE FROM entry_after WHERE entry_no = ?' };

/** Notes what an entry makes and comes after, as long as it has a way to go. */
export async function noteRecords(
  sql: Sql,
  entryNo: number,
  message: Pick<PackedMessage, 'judge' | 'destinations' | 'reading'>,
): Promise<void> {
  const staysHere = message.judge && message.destinations.length === 0;
  if (!message.reading.ok || staysHere) return;
  const { makes, orderedAfter } = message.reading.understanding;
  for (const id of makes) await sql.run(NOTE_MAKES, id, entryNo);
  for (const id of orderedAfter) await sql.run(NOTE_AFTER, id, entryNo);
}

/** Forgets what an entry makes and comes after: it has no way to go any more. */
export async function forgetRecords(sql: Sql, entryNo: number): Promise<void> {
  await sql.run(FORGET_MAKES, entryNo);
  await sql.run(FORGET_AFTER, entryNo);
}
