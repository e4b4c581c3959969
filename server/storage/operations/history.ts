import type { HistoryModel } from '../../contract/definitions-api.ts';
import type { JsonObject } from '../../contract/json.ts';
import type {
  DefinitionsPut,
  DefinitionsPutResult,
  HistoryQuery,
  StoredChange,
  StoredRowChange,
} from '../definition-history.ts';
import type { Query } from '../sql.ts';
import { audit } from './audit.ts';
import { counter } from './counters.ts';
import { putRows } from './rows.ts';
import type { Work } from './work.ts';

const NEWER: Query<{ change_no: number }> = {
  text: `SELECT change_no FROM definition_row_change WHERE model = ? AND id = ? AND change_no > ?
    ORDER BY change_no LIMIT 1`,
};
const APPEND: Query<{ change_no: number }> = {
  text: `INSERT INTO definition_change (at_ms, actor, reason, forced, edition, undoes)
    VALUES (?, ?, ?, ?, ?, ?) RETURNING change_no`,
};
const APPEND_ROW: Query = {
  text: `INSERT INTO definition_row_change (change_no, row_no, model, id, before, after)
    VALUES (?, ?, ?, ?, ?, ?)`,
};
const COLUMNS = `change_no, at_ms, actor, reason, forced, edition, undoes,
  (SELECT max(undo.change_no) FROM definition_change AS undo
    WHERE undo.undoes = definition_change.change_no) AS undone_by`;

interface ChangeColumns {
  change_no: number;
  at_ms: number;
  actor: string;
  reason: string | null;
  forced: string;
  edition: string;
  undoes: number | null;
  undone_by: number | null;
}

const CHANGES: Query<ChangeColumns> = {
  text: `SELECT ${COLUMNS} FROM definition_change WHERE change_no < ? ORDER BY change_no DESC LIMIT ?`,
};
const CHANGES_OF_MODEL: Query<ChangeColumns> = {
  text: `SELECT ${COLUMNS} FROM definition_change WHERE change_no < ? AND change_no IN
      (SELECT change_no FROM definition_row_change WHERE model = ?)
    ORDER BY change_no DESC LIMIT ?`,
};
const CHANGES_OF_ROW: Query<ChangeColumns> = {
  text: `SELECT ${COLUMNS} FROM definition_change WHERE change_no < ? AND change_no IN
      (SELECT change_no FROM definition_row_change WHERE model = ? AND id = ?)
    ORDER BY change_no DESC LIMIT ?`,
};
const ONE: Query<ChangeColumns> = {
  text: `SELECT ${COLUMNS} FROM definition_change WHERE change_no = ?`,
};
const ROWS: Query<{ model: HistoryModel; id: string; before: string | null; after: string }> = {
  text: `SELECT model, id, before, after FROM definition_row_change WHERE change_no = ?
    ORDER BY row_no`,
};
const NEWEST: Query<{ change_no: number; at_ms: number }> = {
  text: 'SELECT change_no, at_ms FROM definition_change ORDER BY change_no DESC LIMIT 1',
};

/** Changes definitions and keeps the change in the history; see the port. */
export async function changeDefinitions(
  work: Work,
  put: DefinitionsPut,
): Promise<DefinitionsPutResult> {
  const { sql, nowMs } = work;
  if ((await counter(sql, 'definitions_version')) !== put.version) return { result: 'stale' };
  for (const { model, id } of put.rows) {
    const newer = await sql.get(NEWER, model, id, put.knownChangeNo);
    if (newer) return { result: 'changedMeanwhile', model, id, changeNo: newer.change_no };
  }
  const { actor, reason, forced, edition, undoes } = put;
  const made = await sql.get(APPEND, nowMs, actor, reason, JSON.stringify(forced), edition, undoes);
  if (made === undefined) throw new Error('the change was not numbered');
  const changeNo = made.change_no;
  for (const [index, { model, id, before, after }] of put.rows.entries()) {
    const was = before === null ? null : JSON.stringify(before);
    await sql.run(APPEND_ROW, changeNo, index, model, id, was, JSON.stringify(after));
  }
  const byModel = Map.groupBy(put.rows, ({ model }) => model);
  for (const [model, rows] of byModel) {
    await putRows(work, { model, rows: rows.map(({ row }) => row), keepUnconfirmed: false });
  }
  const action = undoes === null ? 'definitions changed' : 'change of definitions undone';
  const detail: JsonObject = { rows: put.rows.length, reason, forced: [...forced] };
  await audit(work, { actor, action, subject: String(changeNo), detail });
  return { result: 'changed', changeNo, version: await counter(sql, 'definitions_version') };
}

/** Changes with their rows, newest first; see the port. */
export async function definitionHistory(
  { sql }: Work,
  { model, id, before = Number.MAX_SAFE_INTEGER, limit }: HistoryQuery,
): Promise<StoredChange[]> {
  const changes =
    model === undefined
      ? await sql.all(CHANGES, before, limit)
      : id === undefined
        ? await sql.all(CHANGES_OF_MODEL, before, model, limit)
        : await sql.all(CHANGES_OF_ROW, before, model, id, limit);
  const complete: StoredChange[] = [];
  for (const change of changes) complete.push(await withRows(sql, change));
  return complete;
}

/** One change; undefined where there is none of that number. */
export async function definitionChange(
  { sql }: Work,
  changeNo: number,
): Promise<StoredChange | undefined> {
  const change = await sql.get(ONE, changeNo);
  return change && withRows(sql, change);
}

/** The number and time of the newest change; 0 and null before the first. */
export async function newestDefinitionChange({
  sql,
}: Work): Promise<{ changeNo: number; atMs: number | null }> {
  const newest = await sql.get(NEWEST);
  return { changeNo: newest?.change_no ?? 0, atMs: newest?.at_ms ?? null };
}

async function withRows(sql: Work['sql'], change: ChangeColumns): Promise<StoredChange> {
  const rows = await sql.all(ROWS, change.change_no);
  return {
    changeNo: change.change_no,
    atMs: change.at_ms,
    actor: change.actor,
    reason: change.reason,
    forced: JSON.parse(change.forced) as string[],
    edition: change.edition,
    undoes: change.undoes,
    undoneBy: change.undone_by,
    rows: rows.map(({ model, id, before, after }) => ({
      model,
      id,
      before: before === null ? null : (JSON.parse(before) as StoredRowChange['before']),
      after: JSON.parse(after) as StoredRowChange['after'],
    })),
  };
}
