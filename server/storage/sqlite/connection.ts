import Database from 'better-sqlite3';
import type { Query, Sql, SqlValue } from '../sql.ts';
import { sqliteDialect } from './dialect.ts';

/** How a connection reports itself after opening. */
export interface ConnectionFacts {
  /** 2 is FULL. */
  synchronous: number;
  journalMode: string;
}

/** How long a connection waits for another one's lock (a backup, a checkpoint), ms. */
const BUSY_TIMEOUT_MS = 5_000;
/** Statements kept prepared by a connection: searches can have many shapes. */
const STATEMENTS_KEPT = 400;

/**
 * Opens the database and sets what the guarantee rests on, and reads it back, because SQLite falls to
 * `synchronous = NORMAL` when it opens a WAL file again, without a word.
 */
export function openConnection(
  path: string,
  { readonly }: { readonly: boolean },
): { database: Database.Database; facts: ConnectionFacts } {
  const database = new Database(path, { readonly, timeout: BUSY_TIMEOUT_MS });
  try {
    if (!readonly) {
      database.pragma('page_size = 4096');
      database.pragma('journal_mode = WAL');
    }
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('recursive_triggers = ON');
    database.pragma('wal_autocheckpoint = 1000');
    database.function('fold', { deterministic: true }, fold);
    return { database, facts: readBack(database) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What the connection says of itself; throws where it is not what was set. */
function readBack(database: Database.Database): ConnectionFacts {
  const read = (name: string): unknown => database.pragma(name, { simple: true });
  const synchronous = Number(read('synchronous'));
  const journalMode = String(read('journal_mode'));
  if (synchronous !== 2 || journalMode !== 'wal' || read('foreign_keys') !== 1) {
    throw new Error(
      `the database did not take its settings: synchronous ${synchronous}, journal ${journalMode}`,
    );
  }
  return { synchronous, journalMode };
}

/** Text without regard to case, in every alphabet. */
function fold(text: unknown): string | null {
  return typeof text === 'string' ? text.toLowerCase() : null;
}

/** Runs operations on a connection; statements are prepared once. */
export function sqlOn(database: Database.Database): Sql {
  const prepared = new Map<string, Database.Statement>();

  function statement({ text }: Query): Database.Statement {
    const source = typeof text === 'string' ? text : text(sqliteDialect);
    const known = prepared.get(source);
    if (known !== undefined) return known;
    const made = database.prepare(source);
    prepared.set(source, made);
    if (prepared.size > STATEMENTS_KEPT) prepared.delete(prepared.keys().next().value ?? '');
    return made;
  }

  return {
    dialect: sqliteDialect,
    get: <Row>(query: Query<Row>, ...values: SqlValue[]) =>
      Promise.resolve(statement(query).get(...values) as Row | undefined),
    all: <Row>(query: Query<Row>, ...values: SqlValue[]) =>
      Promise.resolve(statement(query).all(...values) as Row[]),
    run: (query, ...values) => Promise.resolve(statement(query).run(...values).changes),
  };
}
