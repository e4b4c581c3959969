import type { MessageStatus } from '../port.ts';
import type { Query } from '../sql.ts';
import type { Work } from './work.ts';

const FIND: Query<{ state: string; judged: number; reason: string | null }> = {
  text: `SELECT entry.state, entry.judged, entry.reason FROM message
    JOIN entry ON entry.entry_no = message.entry_no WHERE message.message_id = ?`,
};
const PARKED_ABOVE: Query<{ reason: string | null }> = {
  text: `SELECT delivery.reason FROM message
    JOIN delivery ON delivery.entry_no = message.entry_no
    WHERE message.message_id = ? AND delivery.outcome = 'parked' LIMIT 1`,
};

/**
 * What became of messages. An id that was used for several contents is confirmed when all of them
 * are. A message that a main has parked is safe, so it is in both lists.
 */
export async function statusOf(
  { sql }: Work,
  messageIds: readonly string[],
): Promise<MessageStatus> {
  const status: MessageStatus = { confirmed: [], parked: [], unknown: [] };
  for (const id of messageIds) {
    const rows = await sql.all(FIND, id);
    if (rows.length === 0) {
      status.unknown.push(id);
      continue;
    }
    // A main has it safe from the moment it took it.
    if (rows.every(({ state, judged }) => judged === 1 || state === 'confirmed')) {
      status.confirmed.push(id);
    }
    const parked =
      rows.find(({ state }) => state === 'parked') ?? (await sql.get(PARKED_ABOVE, id));
    if (parked) status.parked.push({ id, reason: parked.reason ?? '' });
  }
  return status;
}
