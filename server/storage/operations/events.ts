import { LIMITS } from '../../contract/limits.ts';
import type { BackroomEvent } from '../../contract/manage.ts';
import type { Query, Sql } from '../sql.ts';
import { isoOf, type Work } from './work.ts';

const APPEND: Query<{ seq: number }> = {
  text: `INSERT INTO event (seq, at_ms, kind, data)
    VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM event), ?, ?, ?) RETURNING seq`,
};
const PRUNE: Query = { text: 'DELETE FROM event WHERE seq <= (SELECT max(seq) FROM event) - ?' };
const BOUNDS: Query<{ first: number | null; last: number | null }> = {
  text: 'SELECT min(seq) AS first, max(seq) AS last FROM event',
};
const AFTER: Query<{ seq: number; at_ms: number; kind: BackroomEvent['kind']; data: string }> = {
  text: 'SELECT seq, at_ms, kind, data FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
};

/** Writes an event with the next number, in the transaction that causes it. */
export async function emit(
  work: Work,
  kind: BackroomEvent['kind'],
  data: BackroomEvent['data'],
): Promise<void> {
  const row = await work.sql.get(APPEND, work.nowMs, kind, JSON.stringify(data));
  if (row === undefined) throw new Error('the event was not numbered');
  work.events.push({ seq: row.seq, at: isoOf(work.nowMs), kind, data });
}

/** Appends an event that no other write causes. */
export async function announce(
  work: Work,
  event: Pick<BackroomEvent, 'kind' | 'data'>,
): Promise<void> {
  await emit(work, event.kind, event.data);
}

/** Forgets all but the newest `LIMITS.eventsKept` events. */
export async function pruneEvents(sql: Sql): Promise<void> {
  await sql.run(PRUNE, LIMITS.eventsKept);
}

/** The number of the newest event; 0 before the first. */
export async function newestSeq(sql: Sql): Promise<number> {
  return (await sql.get(BOUNDS))?.last ?? 0;
}

/** Events after a number; null when the first of them is no longer kept, or was never given out. */
export async function eventsAfter(
  { sql }: Work,
  seq: number,
  limit: number,
): Promise<BackroomEvent[] | null> {
  const { first, last } = (await sql.get(BOUNDS)) ?? { first: null, last: null };
  if (seq > (last ?? 0) || (first !== null && seq < first - 1)) return null;
  const rows = await sql.all(AFTER, seq, limit);
  return rows.map(({ at_ms, data, ...row }) => ({
    ...row,
    at: isoOf(at_ms),
    data: JSON.parse(data) as BackroomEvent['data'],
  }));
}
