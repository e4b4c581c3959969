import type { PackedMessage } from '../pack.ts';
import type { Query, Sql } from '../sql.ts';

const DELIVER: Query = {
  text: `INSERT INTO delivery (entry_no, destination, terminal, state) VALUES (?, ?, ?, 'waiting')
    ON CONFLICT (entry_no, destination) DO UPDATE SET state = 'waiting', withdrawn_by = NULL,
      member = NULL WHERE delivery.state = 'withdrawn'`,
};
const LENGTHEN: Query = {
  text: `INSERT INTO lane (destination, terminal, waiting) VALUES (?, ?, 1)
    ON CONFLICT (destination, terminal) DO UPDATE SET waiting = lane.waiting + 1, blocked = 0`,
};
const UNBLOCK: Query = {
  text: 'UPDATE lane SET blocked = 0 WHERE destination = ? AND blocked = 1',
};

/**
 * Puts an entry in its terminal's lane to each destination, where it is not yet. What was withdrawn is in
 * line again. Returns how many deliveries there are more.
 */
export async function addDeliveries(
  sql: Sql,
  entryNo: number,
  { destinations, terminal }: Pick<PackedMessage, 'destinations' | 'terminal'>,
): Promise<number> {
  let added = 0;
  for (const destination of new Set(destinations)) {
    if ((await sql.run(DELIVER, entryNo, destination, terminal)) === 0) continue;
    await sql.run(LENGTHEN, destination, terminal);
    added += 1;
  }
  return added;
}

/** Lets every lane to a destination be looked at again: something that it may have waited for moved. */
export async function unblockLanes(sql: Sql, destination: string): Promise<void> {
  await sql.run(UNBLOCK, destination);
}
