import type { EntryState } from '../../contract/manage.ts';
import type { Settlement } from '../port.ts';
import type { Query, Sql } from '../sql.ts';
import { countEntry } from './counters.ts';
import { unblockLanes } from './deliver.ts';
import { emit } from './events.ts';
import { forgetRecords } from './record-order.ts';
import { tell } from './story.ts';
import type { Work } from './work.ts';

interface Claimed {
  entry_no: number;
  destination: string;
  terminal: string;
}
type Result<Kind extends Settlement['result']> = Extract<Settlement, { result: Kind }>;

const CLAIMED: Query<Claimed> = {
  text: `SELECT entry_no, destination, terminal FROM delivery
    WHERE delivery_no = ? AND claim = ? AND state = 'claimed'`,
};
const ACKNOWLEDGE: Query = {
  text: `UPDATE delivery SET state = 'acknowledged', outcome = ?, reason = ?,
      acknowledged_at_ms = ?, attempts_finished = attempts_finished + 1, last_error = NULL
    WHERE delivery_no = ?`,
};
const BACK_IN_LINE: Query = {
  text: `UPDATE delivery SET state = 'waiting', attempts_finished = attempts_finished + 1,
      last_error = coalesce(?, last_error) WHERE delivery_no = ?`,
};
const PARK: Query = {
  text: `UPDATE delivery SET state = 'parked', attempts_finished = attempts_finished + 1,
      last_error = ? WHERE delivery_no = ?`,
};
const LANE_MOVES: Query = {
  text: `UPDATE lane SET claimed = claimed - 1, waiting = waiting + ?, parked = parked + ?
    WHERE destination = ? AND terminal = ?`,
};
const LANE_SUCCEEDS: Query = {
  text: `UPDATE lane SET attempts = 0, next_attempt_ms = 0, last_error = NULL
    WHERE destination = ? AND terminal = ?`,
};
const LANE_FAILS: Query = {
  text: `UPDATE lane SET attempts = attempts + 1, next_attempt_ms = ?, last_error = ?
    WHERE destination = ? AND terminal = ?`,
};
const UNFINISHED: Query<{ delivery_no: number }> = {
  text: `SELECT delivery_no FROM delivery WHERE entry_no = ? AND state IN ('waiting', 'claimed', 'parked') LIMIT 1`,
};
const STATE: Query<{ state: EntryState; judged: number }> = {
  text: 'SELECT state, judged FROM entry WHERE entry_no = ?',
};
const SET_STATE: Query = { text: 'UPDATE entry SET state = ?, reason = ? WHERE entry_no = ?' };

/** Failures of a lane in one settlement: several deliveries of it count as one attempt of the lane. */
type Failures = Map<string, { claimed: Claimed; nextAttemptMs: number; error: string }>;

/** Writes how claimed deliveries ended; see the port. */
export async function settle(work: Work, settlements: readonly Settlement[]): Promise<void> {
  const failures: Failures = new Map();
  const moved = new Set<string>();
  for (const settlement of settlements) {
    const { deliveryNo, claim } = settlement;
    const claimed = await work.sql.get(CLAIMED, deliveryNo, claim);
    if (claimed === undefined) continue;
    if (settlement.result !== 'retry') moved.add(claimed.destination);
    await settleOne(work, settlement, claimed, failures);
  }
  for (const { claimed, nextAttemptMs, error } of failures.values()) {
    const { destination, terminal } = claimed;
    await work.sql.run(LANE_FAILS, nextAttemptMs, error, destination, terminal);
    await emit(work, 'lane', { destination, terminal });
  }
  for (const destination of moved) await unblockLanes(work.sql, destination);
}

async function settleOne(
  work: Work,
  settlement: Settlement,
  claimed: Claimed,
  failures: Failures,
): Promise<void> {
  switch (settlement.result) {
    case 'acknowledged':
      return acknowledge(work, settlement, claimed);
    case 'rejected':
      return reject(work, settlement, claimed);
    case 'interrupted':
      await work.sql.run(BACK_IN_LINE, null, settlement.deliveryNo);
      return leaveClaim(work.sql, claimed, 'waiting');
    case 'retry': {
      const { deliveryNo, error, nextAttemptMs } = settlement;
      await work.sql.run(BACK_IN_LINE, error, deliveryNo);
      await leaveClaim(work.sql, claimed, 'waiting');
      await tell(work, claimed.entry_no, 'failed', `${claimed.destination}: ${error}`);
      const lane = `${claimed.destination}\n${claimed.terminal}`;
      const latestMs = Math.max(nextAttemptMs, failures.get(lane)?.nextAttemptMs ?? 0);
      failures.set(lane, { claimed, error, nextAttemptMs: latestMs });
    }
  }
}

async function acknowledge(
  work: Work,
  { deliveryNo, outcome, reason }: Result<'acknowledged'>,
  claimed: Claimed,
): Promise<void> {
  const { sql, nowMs } = work;
  const { entry_no: entryNo, destination, terminal } = claimed;
  await sql.run(ACKNOWLEDGE, outcome, reason, nowMs, deliveryNo);
  await leaveClaim(sql, claimed, 'gone');
  await sql.run(LANE_SUCCEEDS, destination, terminal);
  const why = reason === null ? '' : `: ${reason}`;
  await tell(work, entryNo, 'acknowledged', `${destination}: ${outcome}${why}`);
  if (await sql.get(UNFINISHED, entryNo)) return;
  await forgetRecords(sql, entryNo);
  const entry = await sql.get(STATE, entryNo);
  // At a main an entry is `applied`, `waiting` or `parked` by its own judgement.
  if (entry?.judged === 0) await changeState(work, claimed, entry.state, 'confirmed', reason);
}

async function reject(
  work: Work,
  { deliveryNo, error }: Result<'rejected'>,
  claimed: Claimed,
): Promise<void> {
  await work.sql.run(PARK, error, deliveryNo);
  await leaveClaim(work.sql, claimed, 'parked');
  const { entry_no: entryNo, destination, terminal } = claimed;
  await work.sql.run(LANE_SUCCEEDS, destination, terminal);
  await tell(work, entryNo, 'rejected', `${destination}: ${error}`);
  const entry = await work.sql.get(STATE, entryNo);
  if (entry?.judged === 0) await changeState(work, claimed, entry.state, 'parked', error);
}

/** Moves an entry to another state, with the counters and the event that belong to it. */
export async function changeState(
  work: Work,
  { entry_no: entryNo, terminal }: Pick<Claimed, 'entry_no' | 'terminal'>,
  from: EntryState,
  to: EntryState,
  reason: string | null,
): Promise<void> {
  await work.sql.run(SET_STATE, to, reason, entryNo);
  await countEntry(work.sql, terminal, from, to);
  await emit(work, 'entry', { entryNo, state: to, terminal });
}

async function leaveClaim(
  sql: Sql,
  { destination, terminal }: Claimed,
  to: 'waiting' | 'parked' | 'gone',
): Promise<void> {
  const waiting = to === 'waiting' ? 1 : 0;
  const parked = to === 'parked' ? 1 : 0;
  await sql.run(LANE_MOVES, waiting, parked, destination, terminal);
}
