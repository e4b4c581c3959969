import type { Lanes } from '../../contract/manage.ts';
import type { StoredOverview } from '../port.ts';
import type { Query } from '../sql.ts';
import { newestSeq } from './events.ts';
import { terminalName } from './terminal-name.ts';
import { isoOrNull, type Work } from './work.ts';

const OLDEST_OPEN: Query<{ accepted_at_ms: number }> = {
  text: `SELECT accepted_at_ms FROM entry WHERE entry_no =
    (SELECT min(entry_no) FROM entry WHERE state IN ('queued', 'waiting', 'parked'))`,
};
const TODAY: Query<{ tickets: number; gross: number }> = {
  text: `SELECT coalesce(sum(tickets), 0) AS tickets, coalesce(sum(gross_minor), 0) AS gross
    FROM ticket_total WHERE quarter_ms >= ? AND quarter_ms < ?`,
};
const TILLS: Query<{
  terminal: string;
  last_seen_ms: number | null;
  unsent: number | null;
  waiting: number;
  parked: number;
}> = {
  text: `SELECT names.terminal, seen.last_seen_ms, seen.unsent,
      coalesce(counts.waiting, 0) AS waiting, coalesce(counts.parked, 0) AS parked
    FROM (SELECT terminal FROM terminal_status UNION SELECT terminal FROM entry_count) AS names
    LEFT JOIN terminal_status AS seen ON seen.terminal = names.terminal
    LEFT JOIN (
      SELECT terminal,
        sum(CASE WHEN state IN ('queued', 'waiting') THEN entries ELSE 0 END) AS waiting,
        sum(CASE WHEN state = 'parked' THEN entries ELSE 0 END) AS parked
      FROM entry_count GROUP BY terminal
    ) AS counts ON counts.terminal = names.terminal
    ORDER BY names.terminal`,
};
const BY_DESTINATION: Query<{ destination: string; waiting: number }> = {
  text: `SELECT destination, sum(waiting + claimed) AS waiting FROM lane GROUP BY destination`,
};
const LANES: Query<{
  destination: string;
  terminal: string;
  terminal_name: string;
  waiting: number;
  parked: number;
  head: number | null;
  attempts: number;
  next_attempt_ms: number;
  last_error: string | null;
}> = {
  text: (dialect) => `SELECT lane.destination, lane.terminal,
      ${terminalName(dialect, 'lane.terminal')} AS terminal_name,
      lane.waiting + lane.claimed AS waiting, lane.parked, lane.attempts, lane.next_attempt_ms,
      lane.last_error,
      CASE WHEN lane.claimed > 0 THEN (
        SELECT min(entry_no) FROM delivery WHERE delivery.state = 'claimed'
          AND delivery.destination = lane.destination AND delivery.terminal = lane.terminal
      ) ELSE (
        SELECT min(entry_no) FROM delivery WHERE delivery.state = 'waiting'
          AND delivery.destination = lane.destination AND delivery.terminal = lane.terminal
      ) END AS head
    FROM lane ORDER BY lane.destination, lane.terminal`,
};

/** The parts of the overview that storage knows. */
export async function overview(
  work: Work,
  { dayStartMs, dayEndMs }: { dayStartMs: number; dayEndMs: number },
): Promise<StoredOverview> {
  const { sql } = work;
  const tills = await sql.all(TILLS);
  const today = await sql.get(TODAY, dayStartMs, dayEndMs);
  const oldest = await sql.get(OLDEST_OPEN);
  return {
    seq: await newestSeq(sql),
    today: { tickets: today?.tickets ?? 0, grossMinor: today?.gross ?? 0 },
    queue: {
      waiting: tills.reduce((sum, till) => sum + till.waiting, 0),
      parked: tills.reduce((sum, till) => sum + till.parked, 0),
      oldestUnconfirmedAt: isoOrNull(oldest?.accepted_at_ms ?? null),
    },
    tills: tills.map(({ last_seen_ms, ...till }) => ({ ...till, lastSeenMs: last_seen_ms })),
    waitingByDestination: await waitingByDestination(work),
  };
}

/** How many messages wait for each destination or are under way to it. */
export async function waitingByDestination({ sql }: Work): Promise<Record<string, number>> {
  const rows = await sql.all(BY_DESTINATION);
  return Object.fromEntries(rows.map(({ destination, waiting }) => [destination, waiting]));
}

/** The lanes with their heads. */
export async function lanes({ sql }: Work): Promise<Lanes> {
  const rows = await sql.all(LANES);
  return {
    seq: await newestSeq(sql),
    lanes: rows.map((row) => ({
      destination: row.destination,
      terminal: row.terminal,
      terminalName: row.terminal_name,
      waiting: row.waiting,
      parked: row.parked,
      headEntryNo: row.head,
      attempts: row.attempts,
      nextAttemptAt: row.waiting > 0 ? isoOrNull(row.next_attempt_ms || null) : null,
      lastError: row.last_error,
    })),
  };
}
