import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  migrate,
  SCHEMA_VERSION,
  schemaVersion,
  versionTable,
} from '../../../server/storage/migrate.ts';
import { sqlOn } from '../../../server/storage/sqlite/connection.ts';

function emptyDatabase() {
  const database = new Database(':memory:');
  const sql = sqlOn(database);
  database.exec(versionTable(sql.dialect));
  return { database, sql };
}

test('0001 makes the first schema; a second run changes nothing', async () => {
  const { database, sql } = emptyDatabase();
  const transactions: string[] = [];
  const inTransaction = async (work: () => Promise<void>) => {
    transactions.push('begin');
    await work();
  };
  await migrate(sql, 1_000, inTransaction);
  const tables = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all();
  expect(tables).toEqual([
    ...['audit', 'cash_movement', 'cashup', 'counter', 'definition_change'],
    ...['definition_row_change', 'definition_taker', 'delivery', 'document_floor', 'entry'],
    ...['entry_after', 'entry_body', 'entry_count', 'entry_makes', 'entry_need', 'event', 'fact'],
    ...['journal', 'lane', 'message', 'record', 'replication', 'schema_version'],
    ...['sqlite_sequence', 'story', 'terminal_status', 'ticket', 'ticket_total'],
  ]);
  await migrate(sql, 2_000, inTransaction);
  expect(transactions).toHaveLength(SCHEMA_VERSION);
  expect(await schemaVersion(sql)).toBe(SCHEMA_VERSION);
  expect(database.prepare('SELECT * FROM schema_version').all()).toEqual([
    { version: 1, name: 'first-schema', applied_at_ms: 1_000 },
    { version: 2, name: 'routing', applied_at_ms: 1_000 },
    { version: 3, name: 'definition-history', applied_at_ms: 1_000 },
    { version: 4, name: 'hand-over', applied_at_ms: 1_000 },
  ]);
});

test('a step that fails leaves the version as it was', async () => {
  const { database, sql } = emptyDatabase();
  database.exec('CREATE TABLE audit (x)');
  const inTransaction = async (work: () => Promise<void>) => {
    database.exec('BEGIN');
    try {
      await work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  await expect(migrate(sql, 1, inTransaction)).rejects.toThrow('audit already exists');
  expect(await schemaVersion(sql)).toBe(0);
  expect(database.prepare(`SELECT name FROM sqlite_master WHERE name = 'entry'`).get()).toBe(
    undefined,
  );
});
