import type { ClaimedDelivery, ClaimQuery } from '../port.ts';
import type { Query, Sql } from '../sql.ts';
import { raise } from './counters.ts';
import { standingAt, type Standing } from './standing.ts';
import type { Work } from './work.ts';

interface LaneRow {
  terminal: string;
  attempts: number;
}
interface HeadRow {
  delivery_no: number;
  entry_no: number;
  bytes: number;
  /** The member of a group that it was handed to last. */
  member: string | null;
}

const DUE_LANES: Query<LaneRow> = {
  text: `SELECT terminal, attempts FROM lane
    WHERE destination = ? AND waiting > 0 AND claimed = 0 AND blocked = 0 AND next_attempt_ms <= ?
    ORDER BY turn, terminal LIMIT ?`,
};
const NEXT_IN_LANE: Query<HeadRow> = {
  text: `SELECT delivery.delivery_no, delivery.entry_no, delivery.member, entry.bytes FROM delivery
    JOIN entry ON entry.entry_no = delivery.entry_no
    WHERE delivery.destination = ? AND delivery.terminal = ? AND delivery.state = 'waiting'
      AND delivery.entry_no > ?
    ORDER BY delivery.entry_no LIMIT ?`,
};
const TAKE: Query = {
  text: `UPDATE delivery SET state = 'claimed', claim = ?, attempts_started = attempts_started + 1,
      member = ? WHERE delivery_no = ?`,
};
const SERVE_LANE: Query = {
  text: `UPDATE lane SET turn = ?, claimed = claimed + ?, waiting = waiting - ?
    WHERE destination = ? AND terminal = ?`,
};
const BLOCK_LANE: Query = {
  text: 'UPDATE lane SET blocked = 1 WHERE destination = ? AND terminal = ?',
};
const CONTENT: Query<Omit<ClaimedDelivery, 'deliveryNo' | 'claim' | 'laneAttempts'>> = {
  text: `SELECT entry.entry_no AS "entryNo", message_id AS "messageId", digest, service, terminal, body
    FROM entry JOIN entry_body ON entry_body.entry_no = entry.entry_no WHERE entry.entry_no = ?`,
};
const NEXT_DUE: Query<{ due: number | null }> = {
  text: `SELECT min(next_attempt_ms) AS due FROM lane
    WHERE destination = ? AND waiting > 0 AND claimed = 0 AND blocked = 0`,
};

/** A lane during a claim. */
interface Turn extends LaneRow {
  /** The last entry looked at. */
  cursor: number;
  taken: HeadRow[];
  /** Whether the lane may have more for this claim. */
  open: boolean;
  /** Whether nothing more of it can be claimed before something else is settled. */
  stuck: boolean;
}

/** What is left of a claim's bounds. */
interface Room {
  deliveries: number;
  bytes: number;
  /** Whether anything was taken. */
  used: boolean;
}

/** Claims due deliveries; see the port. */
export async function claim(work: Work, query: ClaimQuery): Promise<ClaimedDelivery[]> {
  const lanes = await work.sql.all(DUE_LANES, query.destination, query.nowMs, query.limit);
  if (lanes.length === 0) return [];
  const turns = lanes.map((lane): Turn => ({
    ...lane,
    cursor: 0,
    taken: [],
    open: true,
    stuck: false,
  }));
  const room: Room = { deliveries: query.limit, bytes: query.byteLimit, used: false };
  const rules: Rules = {
    destination: query.destination,
    standing: standingAt(work.sql, query.destination),
    mayTake: memberRule(query),
  };
  for (let open = turns; open.length > 0 && room.deliveries > 0; open = turns.filter(isOpen)) {
    // Each lane gets an equal part of what is left; lanes that have less leave theirs to the next round.
    const share = Math.max(1, Math.floor(room.deliveries / open.length));
    for (const turn of open) await serve(work.sql, rules, turn, share, room);
  }
  return take(work, query, turns);
}

function isOpen(turn: Turn): boolean {
  return turn.open;
}

/** What a claim asks before it takes a delivery. */
interface Rules {
  destination: string;
  standing: Standing;
  mayTake: (head: HeadRow) => boolean;
}

/**
 * Which deliveries of a group its claiming member may take: those that it tried before, and, where it
 * leads, those that nobody has tried or that a member tried who is offline.
 */
function memberRule({ group }: ClaimQuery): Rules['mayTake'] {
  if (group === undefined) return () => true;
  const { member, leads } = group;
  const gone = new Set(group.offline);
  return (head) =>
    head.member === member || (leads && (head.member === null || gone.has(head.member)));
}

/** Takes up to `share` deliveries of a lane, in order, passing over those that a parked one holds. */
async function serve(
  sql: Sql,
  { destination, standing, mayTake }: Rules,
  turn: Turn,
  share: number,
  room: Room,
): Promise<void> {
  let wanted = Math.min(share, room.deliveries);
  while (turn.open && wanted > 0) {
    const heads = await sql.all(NEXT_IN_LANE, destination, turn.terminal, turn.cursor, wanted);
    if (heads.length < wanted) close(turn, 'stuck');
    for (const head of heads) {
      const verdict = await standing.of(head.entry_no, turn.terminal);
      if (verdict === 'behind' || (verdict === 'free' && !fits(head, room))) {
        close(turn, verdict === 'behind' ? 'stuck' : 'full');
        return;
      }
      // Another member's: what follows in the lane follows it, and nothing here ends the wait.
      if (verdict === 'free' && !mayTake(head)) {
        close(turn, 'full');
        return;
      }
      turn.cursor = head.entry_no;
      if (verdict === 'held') continue;
      standing.takes(head.entry_no);
      turn.taken.push(head);
      room.deliveries -= 1;
      room.bytes -= head.bytes;
      room.used = true;
      wanted -= 1;
    }
  }
}

function close(turn: Turn, why: 'stuck' | 'full'): void {
  turn.open = false;
  turn.stuck = why === 'stuck';
}

/** The first delivery always fits: a message larger than a batch travels alone. */
function fits(head: HeadRow, room: Room): boolean {
  return head.bytes <= room.bytes || !room.used;
}

async function take(
  { sql }: Work,
  { destination, group }: ClaimQuery,
  turns: readonly Turn[],
): Promise<ClaimedDelivery[]> {
  const claimNo = await raise(sql, 'claim');
  const claimed: ClaimedDelivery[] = [];
  for (const { terminal, taken, attempts, stuck } of turns) {
    if (taken.length === 0) {
      if (stuck) await sql.run(BLOCK_LANE, destination, terminal);
      continue;
    }
    for (const { delivery_no: deliveryNo, entry_no: entryNo } of taken) {
      await sql.run(TAKE, claimNo, group?.member ?? null, deliveryNo);
      const content = await sql.get(CONTENT, entryNo);
      if (content === undefined) throw new Error(`entry ${entryNo} has no body`);
      claimed.push({ ...content, deliveryNo, claim: claimNo, laneAttempts: attempts });
    }
    await sql.run(SERVE_LANE, claimNo, taken.length, taken.length, destination, terminal);
  }
  return claimed.sort((a, b) => a.entryNo - b.entryNo);
}

/** When the next delivery to a destination is due; null when none can be claimed by waiting. */
export async function nextDueMs({ sql }: Work, destination: string): Promise<number | null> {
  return (await sql.get(NEXT_DUE, destination))?.due ?? null;
}
