import { LIMITS } from '../../contract/limits.ts';
import type { Query } from '../sql.ts';
import { isoOf, type Work } from './work.ts';

export type StoryKind =
  | 'failed'
  | 'acknowledged'
  | 'rejected'
  | 'parked'
  | 'applied'
  | 'retried'
  | 'withdrawn'
  | 'redirected';

interface Line {
  line_no: number;
  at_ms: number;
  kind: string;
  detail: string;
  times: number;
}

const LAST: Query<Line> = {
  text: `SELECT line_no, at_ms, kind, detail, times FROM story
    WHERE entry_no = ? ORDER BY line_no DESC LIMIT 1`,
};
const REPEAT: Query = {
  text: 'UPDATE story SET at_ms = ?, times = times + 1 WHERE entry_no = ? AND line_no = ?',
};
const APPEND: Query = {
  text: `INSERT INTO story (entry_no, line_no, at_ms, kind, detail, times) VALUES (?, ?, ?, ?, ?, 1)`,
};
const PRUNE: Query = { text: 'DELETE FROM story WHERE entry_no = ? AND line_no <= ?' };
const ALL: Query<Line> = {
  text: `SELECT line_no, at_ms, kind, detail, times FROM story WHERE entry_no = ? ORDER BY line_no`,
};

/**
 * Adds to what happened to an entry. The same again only raises a number, and the oldest lines give
 * way, so that an entry that fails for a month has a short story.
 */
export async function tell(
  { sql, nowMs }: Work,
  entryNo: number,
  kind: StoryKind,
  detail: string,
): Promise<void> {
  const last = await sql.get(LAST, entryNo);
  if (last?.kind === kind && last.detail === detail) {
    await sql.run(REPEAT, nowMs, entryNo, last.line_no);
    return;
  }
  const lineNo = (last?.line_no ?? 0) + 1;
  await sql.run(APPEND, entryNo, lineNo, nowMs, kind, detail);
  if (lineNo > LIMITS.storyLines) await sql.run(PRUNE, entryNo, lineNo - LIMITS.storyLines);
}

/** The story, oldest first. */
export async function storyOf(
  { sql }: Pick<Work, 'sql'>,
  entryNo: number,
): Promise<{ at: string; kind: string; detail: string }[]> {
  const lines = await sql.all(ALL, entryNo);
  return lines.map(({ at_ms, kind, detail, times }) => ({
    at: isoOf(at_ms),
    kind,
    detail: times > 1 ? `${detail} (${times} times)` : detail,
  }));
}
