import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StorageOpenError } from '../port.ts';

/** The data directory while this process holds it. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes a data directory for this process alone, until it ends, however it ends: an exclusive
 * transaction on a database file of its own, `lock.db`, is a lock that the operating system drops with
 * the process. The real database is never opened by plain file calls, which would drop its locks.
 * `server.pid` only tells people who it is. Throws {@link StorageOpenError}.
 */
export function lockDirectory(directory: string): DirectoryLock {
  makeWritable(directory);
  const pidPath = join(directory, 'server.pid');
  const lock = openLock(directory, pidPath);
  writeFileSync(pidPath, `${process.pid}\n`);
  return {
    release() {
      rmSync(pidPath, { force: true });
      lock.close();
    },
  };
}

function makeWritable(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(directory, error);
  }
}

function openLock(directory: string, pidPath: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(join(directory, 'lock.db'), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('SQLITE_BUSY')) throw notWritable(directory, error);
    throw new StorageOpenError(
      'locked',
      `The data directory ${directory} is used by another server${ownerText(pidPath)}. Stop that server, or choose another directory with --data.`,
      { cause: error },
    );
  }
}

function ownerText(pidPath: string): string {
  try {
    return ` (process ${readFileSync(pidPath, 'utf8').trim()})`;
  } catch {
    return '';
  }
}

function notWritable(directory: string, cause: unknown): StorageOpenError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StorageOpenError(
    'notWritable',
    `The data directory ${directory} cannot be written (${why}). Give this user the right to write there, or choose another directory with --data.`,
    { cause },
  );
}
