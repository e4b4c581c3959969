import type Database from 'better-sqlite3';
import { migrate, schemaVersion, SCHEMA_VERSION, versionTable } from '../migrate.ts';
import { counter, raise } from '../operations/counters.ts';
import { StorageOpenError, type StorageFacts } from '../port.ts';
import { openConnection, sqlOn } from './connection.ts';
import { faultOf } from './faults.ts';

/**
 * Opens the write connection on a database of this program's version, bringing an older one there.
 * Throws {@link StorageOpenError} for a newer one, which it leaves as it is, and for a file that
 * cannot be trusted.
 */
export async function openForWriting(
  path: string,
  nowMs: number,
): Promise<{ database: Database.Database; facts: StorageFacts }> {
  let database: Database.Database | undefined;
  try {
    const opened = openConnection(path, { readonly: false });
    database = opened.database;
    const serverEpoch = await bringUpToDate(database, path, nowMs);
    return {
      database,
      facts: {
        engine: 'sqlite',
        path,
        ...opened.facts,
        schemaVersion: SCHEMA_VERSION,
        serverEpoch,
      },
    };
  } catch (error) {
    database?.close();
    if (error instanceof StorageOpenError) throw error;
    const { message } = faultOf(error);
    throw new StorageOpenError(
      'broken',
      `The database ${path} cannot be used (${message}). Restore it from a backup, or move it away to start empty.`,
      { cause: error },
    );
  }
}

async function bringUpToDate(
  database: Database.Database,
  path: string,
  nowMs: number,
): Promise<number> {
  const sql = sqlOn(database);
  const hasVersions = await sql.get({
    text: `SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'`,
  });
  if (hasVersions === undefined) database.exec(versionTable(sql.dialect));
  const present = await schemaVersion(sql);
  if (present > SCHEMA_VERSION) {
    throw new StorageOpenError(
      'newer',
      `The database ${path} was written by a newer Backroom (schema ${present}; this program knows ${SCHEMA_VERSION}). It was left as it is: start the newer program.`,
    );
  }
  await migrate(sql, nowMs, async (work) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      await work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  });
  // Seconds at the creation: a database that is made anew has a higher epoch than the one before.
  return (
    (await counter(sql, 'server_epoch')) || raise(sql, 'server_epoch', Math.floor(nowMs / 1000))
  );
}
