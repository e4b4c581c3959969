import type { JsonObject } from '../../contract/json.ts';
import { recordKey } from '../../core/judge.ts';
import type { ModelRow } from '../../core/model.ts';
import type { ReplicationProgress, RowsPut } from '../port.ts';
import type { Query } from '../sql.ts';
import { audit } from './audit.ts';
import { counter, raise } from './counters.ts';
import { emit } from './events.ts';
import { judgeAgain } from './judge-entry.ts';
import type { Work } from './work.ts';

const PUT: Query = {
  text: `INSERT INTO record
      (model, id, scope, sort_key, json, active, changed_at_ms, version_ms, writer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)
    ON CONFLICT (model, id, scope) DO UPDATE SET sort_key = excluded.sort_key,
      json = excluded.json, active = excluded.active, changed_at_ms = excluded.changed_at_ms,
      version_ms = excluded.version_ms, writer = NULL
    WHERE record.json <> excluded.json OR record.active <> excluded.active
      OR record.sort_key <> excluded.sort_key`,
};
const UNCONFIRMED: Query<{ entry_no: number }> = {
  text: 'SELECT entry_no FROM entry_makes WHERE record_id = ? LIMIT 1',
};
const ANYONE_WAITS: Query<{ need: string }> = { text: 'SELECT need FROM entry_need LIMIT 1' };
const ROW: Query<{ json: string }> = {
  text: 'SELECT json FROM record WHERE model = ? AND id = ? AND scope = ?',
};
const PROGRESS: Query<{ next_offset: number | null; last_updated_ms: number }> = {
  text: 'SELECT next_offset, last_updated_ms FROM replication WHERE model = ? AND scope = ?',
};
const SET_PROGRESS: Query = {
  text: `INSERT INTO replication (model, scope, next_offset, last_updated_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (model, scope) DO UPDATE SET next_offset = excluded.next_offset,
      last_updated_ms = excluded.last_updated_ms`,
};
const DEFINITION_ROWS: Query<{ json: string }> = {
  text: 'SELECT json FROM record WHERE model = ? ORDER BY sort_key, id',
};

/** Puts rows; see the port. */
export async function putRows(
  work: Work,
  put: RowsPut,
): Promise<{ written: number; kept: number }> {
  const { sql } = work;
  const written: string[] = [];
  let kept = 0;
  for (const row of put.rows) {
    if (put.keepUnconfirmed && (await sql.get(UNCONFIRMED, row.id))) kept += 1;
    else if (await putRow(work, put.model, row)) written.push(recordKey(put.model, row.id));
  }
  if (put.progress) {
    const { scope, offset, lastUpdatedMs } = put.progress;
    await sql.run(SET_PROGRESS, put.model, scope, offset, lastUpdatedMs);
  }
  if (written.length > 0) await tellOfRows(work, put, written);
  return { written: written.length, kept };
}

/** Puts the rows of several models; see the port. */
export async function putTables(work: Work, puts: readonly RowsPut[]): Promise<void> {
  for (const put of puts) await putRows(work, put);
}

async function putRow(work: Work, model: string, row: ModelRow): Promise<boolean> {
  const changed = await work.sql.run(
    PUT,
    model,
    row.id,
    row.scope,
    row.sortKey,
    row.json,
    row.active ? 1 : 0,
    work.nowMs,
    versionIn(work, model, row),
  );
  return changed > 0;
}

/** The version that the row brings along in `loaded`; 0 where it has none. */
function versionIn(work: Work, model: string, row: ModelRow): number {
  if (!('loaded' in (work.models.get(model)?.properties ?? {}))) return 0;
  const { loaded } = JSON.parse(row.json) as JsonObject;
  return typeof loaded === 'string' ? Date.parse(loaded) || 0 : 0;
}

async function tellOfRows(work: Work, put: RowsPut, written: string[]): Promise<void> {
  // Models for servers only are the definitions.
  if (work.models.get(put.model)?.serversOnly === true) {
    await emit(work, 'definitions', { version: await raise(work.sql, 'definitions_version') });
  }
  if (put.actor !== undefined) {
    const detail = { rows: written.length };
    await audit(work, { actor: put.actor, action: 'putRows', subject: put.model, detail });
  }
  if (await work.sql.get(ANYONE_WAITS)) await judgeAgain(work, written);
}

/** One row, parsed. */
export async function row(
  { sql }: Work,
  model: string,
  scope: string,
  id: string,
): Promise<JsonObject | undefined> {
  const found = await sql.get(ROW, model, id, scope);
  return found && (JSON.parse(found.json) as JsonObject);
}

/** How far replication of a model is. */
export async function replicationProgress(
  { sql }: Work,
  model: string,
  scope: string,
): Promise<ReplicationProgress | undefined> {
  const found = await sql.get(PROGRESS, model, scope);
  return found && { offset: found.next_offset, lastUpdatedMs: found.last_updated_ms };
}

/** The rows of the definitions' models as JSON text, and the version that they are. */
export async function definitionRows(
  { sql }: Work,
  models: readonly string[],
): Promise<{ version: number; rows: Record<string, string[]> }> {
  const rows: Record<string, string[]> = {};
  for (const model of models) {
    rows[model] = (await sql.all(DEFINITION_ROWS, model)).map(({ json }) => json);
  }
  return { version: await counter(sql, 'definitions_version'), rows };
}
