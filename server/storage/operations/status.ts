import type { MessageStatus } from '../port.ts';
import type { Query } from '../sql.ts';
import type { Work } from './work.ts';

interface Found {
  state: string;
  judged: number;
  /** Whether a destination has not acknowledged it; one that was withdrawn does not count. */
  on_its_way: number;
  reason: string | null;
}

const FIND: Query<Found> = {
  text: `SELECT entry.state, entry.judged, entry.reason,
      CASE WHEN EXISTS (SELECT 1 FROM delivery WHERE delivery.entry_no = entry.entry_no
        AND delivery.state IN ('waiting', 'claimed', 'parked')) THEN 1 ELSE 0 END AS on_its_way
    FROM message JOIN entry ON entry.entry_no = message.entry_no WHERE message.message_id = ?`,
};
/** A main parked it, or refuses it. */
const PARKED_ABOVE: Query<{ reason: string | null }> = {
  text: `SELECT coalesce(delivery.reason, delivery.last_error) AS reason FROM message
    JOIN delivery ON delivery.entry_no = message.entry_no
    WHERE message.message_id = ? AND (delivery.state = 'parked'
      OR (delivery.state = 'acknowledged' AND delivery.outcome = 'parked')) LIMIT 1`,
};

/**
 * What became of messages. An id that was used for several contents is confirmed when all of them
 * are. A message that a main has parked is safe, so it can be in both lists.
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
    if (rows.every(isConfirmed)) status.confirmed.push(id);
    const parked =
      rows.find(({ state }) => state === 'parked') ?? (await sql.get(PARKED_ABOVE, id));
    if (parked) status.parked.push({ id, reason: parked.reason ?? '' });
  }
  return status;
}

/**
 * A main has it safe itself from the moment it took it, and the till drops its copy on this word: so
 * also the mains that this one passes it on to must have it.
 */
function isConfirmed({ state, judged, on_its_way: isOnItsWay }: Found): boolean {
  return judged === 1 ? isOnItsWay === 0 : state === 'confirmed';
}
