import type { EntryState } from '../../contract/manage.ts';
import type { Query } from '../sql.ts';
import { audit } from './audit.ts';
import { unblockLanes } from './deliver.ts';
import { emit } from './events.ts';
import { judgeOnRequest } from './judge-entry.ts';
import { changeState } from './settle.ts';
import { tell } from './story.ts';
import type { Work } from './work.ts';

interface Open {
  delivery_no: number;
  destination: string;
  state: 'waiting' | 'parked';
}

const ENTRY: Query<{ state: EntryState; terminal: string; judged: number }> = {
  text: 'SELECT state, terminal, judged FROM entry WHERE entry_no = ?',
};
const OPEN: Query<Open> = {
  text: `SELECT delivery_no, destination, state FROM delivery
    WHERE entry_no = ? AND state IN ('waiting', 'parked')`,
};
const UNPARK: Query = { text: `UPDATE delivery SET state = 'waiting' WHERE delivery_no = ?` };
const LANE_UNPARKS: Query = {
  text: `UPDATE lane SET parked = parked - 1, waiting = waiting + 1
    WHERE destination = ? AND terminal = ?`,
};
const DUE_NOW: Query = {
  text: 'UPDATE lane SET next_attempt_ms = 0, blocked = 0 WHERE destination = ? AND terminal = ?',
};

/**
 * A person's wish: the open deliveries of an entry are due now, parked ones included; at a main an
 * entry that waits or is parked is judged again.
 */
export async function retryEntry(
  work: Work,
  entryNo: number,
  actor: string,
): Promise<'retried' | 'unknown' | 'nothingWaits'> {
  const { sql } = work;
  const entry = await sql.get(ENTRY, entryNo);
  if (entry === undefined) return 'unknown';
  const { terminal } = entry;
  const open = await sql.all(OPEN, entryNo);
  const judged = await judgeOnRequest(work, entryNo);
  if (open.length === 0 && !judged) return 'nothingWaits';
  for (const { delivery_no: deliveryNo, destination, state } of open) {
    if (state === 'parked') {
      await sql.run(UNPARK, deliveryNo);
      await sql.run(LANE_UNPARKS, destination, terminal);
      await unblockLanes(sql, destination);
    }
    await sql.run(DUE_NOW, destination, terminal);
    await emit(work, 'lane', { destination, terminal });
  }
  const wasRejected = open.some(({ state }) => state === 'parked');
  if (wasRejected && entry.judged === 0) {
    await changeState(work, { entry_no: entryNo, terminal }, entry.state, 'queued', null);
  }
  await tell(work, entryNo, 'retried', `by ${actor}`);
  const subject = `entry ${entryNo}`;
  await audit(work, { actor, action: 'retryEntry', subject, detail: { terminal } });
  return 'retried';
}

/** A person's wish: a lane is due now. */
export async function retryLane(
  work: Work,
  destination: string,
  terminal: string,
  actor: string,
): Promise<void> {
  if ((await work.sql.run(DUE_NOW, destination, terminal)) === 0) return;
  await emit(work, 'lane', { destination, terminal });
  const subject = `lane ${terminal} to ${destination}`;
  await audit(work, { actor, action: 'retryLane', subject, detail: { destination, terminal } });
}
