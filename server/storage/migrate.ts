import { firstSchema } from './migrations/0001-first-schema.ts';
import { routing } from './migrations/0002-routing.ts';
import { definitionHistory } from './migrations/0003-definition-history.ts';
import { handOver } from './migrations/0004-hand-over.ts';
import type { Migration } from './migrations/migration.ts';
import type { Dialect, Query, Sql } from './sql.ts';

/** In order; a new step goes at the end, in a file of its own. */
const MIGRATIONS: readonly Migration[] = [firstSchema, routing, definitionHistory, handOver];

/** The schema version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

const VERSION: Query<{ version: number | null }> = {
  text: 'SELECT max(version) AS version FROM schema_version',
};
const RECORD: Query = {
  text: 'INSERT INTO schema_version (version, name, applied_at_ms) VALUES (?, ?, ?)',
};

/** Makes the table of versions where it is missing. */
export function versionTable({ ddl }: Dialect): string {
  return `CREATE TABLE IF NOT EXISTS schema_version (
    version ${ddl.integer} PRIMARY KEY, name TEXT NOT NULL, applied_at_ms ${ddl.integer} NOT NULL
  ) ${ddl.table}`;
}

/** The version that the database has; needs the table of versions. */
export async function schemaVersion(sql: Sql): Promise<number> {
  return (await sql.get(VERSION))?.version ?? 0;
}

/**
 * Brings the database to {@link SCHEMA_VERSION}, one transaction for each step. The caller has refused
 * a newer database before.
 */
export async function migrate(
  sql: Sql,
  nowMs: number,
  inTransaction: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const present = await schemaVersion(sql);
  for (const migration of MIGRATIONS.slice(present)) {
    await inTransaction(async () => {
      for (const text of migration.statements(sql.dialect)) await sql.run({ text });
      await sql.run(RECORD, migration.version, migration.name, nowMs);
    });
  }
}
