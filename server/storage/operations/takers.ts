import type { ServerReport, Taker } from '../definition-history.ts';
import type { Query } from '../sql.ts';
import { emit } from './events.ts';
import type { Work } from './work.ts';

const KNOWN: Query<{ edition: string | null }> = {
  text: 'SELECT edition FROM definition_taker WHERE kind = ? AND id = ?',
};
const TAKE: Query = {
  text: `INSERT INTO definition_taker (kind, id, edition, reported_at_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET edition = excluded.edition,
      reported_at_ms = excluded.reported_at_ms
    WHERE excluded.reported_at_ms >= definition_taker.reported_at_ms`,
};
const SEE: Query = {
  text: `INSERT INTO terminal_status (terminal, last_seen_ms) VALUES (?, ?)
    ON CONFLICT (terminal) DO UPDATE SET last_seen_ms = excluded.last_seen_ms
    WHERE excluded.last_seen_ms > terminal_status.last_seen_ms`,
};
const TAKERS: Query<{
  kind: Taker['kind'];
  id: string;
  edition: string | null;
  reported_at_ms: number;
  change_no: number | null;
}> = {
  text: `SELECT kind, id, edition, reported_at_ms, (SELECT max(change_no) FROM definition_change
      WHERE definition_change.edition = definition_taker.edition) AS change_no
    FROM definition_taker ORDER BY kind, id`,
};
const SEEN: Query<{ terminal: string; last_seen_ms: number; edition: string | null }> = {
  text: `SELECT terminal, last_seen_ms, edition FROM terminal_status
    LEFT JOIN definition_taker ON kind = 'till' AND id = terminal
    WHERE last_seen_ms >= ? ORDER BY terminal`,
};

/** Notes which edition somebody has; whether it is another than before. */
export async function noteTaker(
  { sql }: Work,
  taker: Pick<Taker, 'kind' | 'id' | 'edition' | 'reportedMs'>,
): Promise<boolean> {
  const { kind, id, edition, reportedMs } = taker;
  const known = await sql.get(KNOWN, kind, id);
  const taken = await sql.run(TAKE, kind, id, edition, reportedMs);
  return taken > 0 && known?.edition !== edition;
}

/** Another server said that it is there; see the port. */
export async function seeServer(work: Work, report: ServerReport): Promise<void> {
  const { serverKey, edition, tills } = report;
  const news = await noteTaker(work, {
    ...{ kind: 'server', id: serverKey, edition },
    reportedMs: work.nowMs,
  });
  if (news) await emit(work, 'serverState', { serverKey });
  for (const { terminal, edition: taken, seenMs } of tills) {
    await work.sql.run(SEE, terminal, seenMs);
    const taker = { kind: 'till', id: terminal, edition: taken, reportedMs: seenMs } as const;
    if (taken !== null && (await noteTaker(work, taker))) await emit(work, 'till', { terminal });
  }
}

/** Everybody who has said which edition he has. */
export async function definitionTakers({ sql }: Work): Promise<Taker[]> {
  const rows = await sql.all(TAKERS);
  return rows.map(({ kind, id, edition, reported_at_ms, change_no }) => ({
    ...{ kind, id, edition },
    reportedMs: reported_at_ms,
    changeNo: change_no,
  }));
}

/** The tills that were seen at or after a time. */
export async function tillsSeen(
  { sql }: Work,
  sinceMs: number,
): Promise<{ terminal: string; lastSeenMs: number; edition: string | null }[]> {
  const rows = await sql.all(SEEN, sinceMs);
  return rows.map(({ terminal, last_seen_ms, edition }) => ({
    ...{ terminal, edition },
    lastSeenMs: last_seen_ms,
  }));
}
