import type { RecordChange } from '../../core/change.ts';
import type { JsonObject } from '../../contract/json.ts';
import { toModelRow, type ModelRow } from '../../core/model.ts';
import type { Query } from '../sql.ts';
import { isoOf, type Work } from './work.ts';

interface StoredRow {
  scope: string;
  json: string;
  version_ms: number;
  writer: string | null;
}

const FIND: Query<StoredRow> = {
  text: 'SELECT scope, json, version_ms, writer FROM record WHERE model = ? AND id = ? LIMIT 1',
};
const PUT: Query = {
  text: `INSERT INTO record
      (model, id, scope, sort_key, json, active, changed_at_ms, version_ms, writer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (model, id, scope) DO UPDATE SET sort_key = excluded.sort_key,
      json = excluded.json, active = excluded.active, changed_at_ms = excluded.changed_at_ms,
      version_ms = excluded.version_ms, writer = excluded.writer`,
};

/** A changed row, ready to be written, with what was there before. */
export interface LaidRow {
  change: RecordChange;
  row: ModelRow;
  versionMs: number;
  before: StoredRow | undefined;
}

/**
 * Lays a till's values over the row that is there. At a main the row gets a new version, which tills
 * see in its `loaded`; a store leaves versions to the main. The text says why it cannot be a row.
 */
export async function layRecord(
  work: Work,
  change: RecordChange,
  judged: boolean,
): Promise<LaidRow | string> {
  const model = work.models.get(change.model);
  if (model === undefined) return `this server has no model ${change.model}`;
  const before = await work.sql.get(FIND, change.model, change.id);
  const storedMs = before?.version_ms ?? 0;
  // The clock may have been set back; a version never goes back.
  const versionMs = judged ? Math.max(work.nowMs, storedMs + 1) : storedMs;
  const values: JsonObject = {
    ...(before && (JSON.parse(before.json) as JsonObject)),
    ...change.values,
    ...(judged && 'loaded' in model.properties && { loaded: isoOf(versionMs) }),
  };
  const row = toModelRow(model, values, before?.scope ?? '');
  if ('reason' in row) return `${row.model} ${row.id ?? change.id}: ${row.reason}`;
  return { change, row, versionMs, before };
}

/** Writes a laid row, stamped with the local time, so that increments bring it to every till. */
export async function writeRecord(work: Work, laid: LaidRow, terminal: string): Promise<void> {
  const { row, change, versionMs } = laid;
  await work.sql.run(
    PUT,
    change.model,
    row.id,
    row.scope,
    row.sortKey,
    row.json,
    row.active ? 1 : 0,
    work.nowMs,
    versionMs,
    terminal,
  );
}
