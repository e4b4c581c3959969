import { join } from 'node:path';
import { LIMITS } from '../../contract/limits.ts';
import type { BackroomEvent } from '../../contract/manage.ts';
import type { ModelDeclaration } from '../../core/model.ts';
import type { Clock, Log } from '../../system/ports.ts';
import type { Storage } from '../port.ts';
import { lockDirectory } from './lock.ts';
import { openLine, startWorker } from './line.ts';
import { storageOver } from './storage.ts';

export interface SqliteOptions {
  /** Made when it is missing; held by this process alone. The database is `backroom.db` in it. */
  directory: string;
  /** All models of all modules: record changes are laid over their rows. */
  models: readonly ModelDeclaration[];
  clock: Clock;
  log: Log;
}

/** Operations in one commit: more gains nothing. */
const GROUP_LIMIT = 128;
/** Queries that may wait for the reader. */
const READER_LINE = 2_000;
/** Queries in one message to the reader: a few, so that a quick one is not answered with a slow one. */
const READER_GROUP_LIMIT = 4;

/**
 * Opens the embedded storage: takes the directory, brings the schema up to date, starts the writer's
 * and the reader's thread. Throws {@link StorageOpenError} with a sentence for the person who starts
 * the server.
 */
export async function openSqliteStorage(options: SqliteOptions): Promise<Storage> {
  const { directory, models, clock, log } = options;
  const lock = lockDirectory(directory);
  const listeners = new Set<(events: readonly BackroomEvent[]) => void>();
  const onEvents = (events: readonly BackroomEvent[]): void => {
    for (const listener of listeners) tellListener(listener, events, log);
  };
  const start = { path: join(directory, 'backroom.db'), models, nowMs: clock.nowMs() };
  // Both load their code at once; the reader opens what the writer has made.
  const workers = { writer: startWorker('writer', start), reader: startWorker('reader', start) };
  try {
    const shared = { clock, onEvents };
    const writer = await openLine(workers.writer, {
      ...shared,
      bound: LIMITS.writerLine,
      groupLimit: GROUP_LIMIT,
    });
    const reader = await openLine(workers.reader, {
      ...shared,
      bound: READER_LINE,
      groupLimit: READER_GROUP_LIMIT,
    });
    return storageOver({ writer, reader, listeners, release: () => lock.release(), log });
  } catch (error) {
    await Promise.all([workers.writer.terminate(), workers.reader.terminate()]);
    lock.release();
    throw error;
  }
}

/** A listener that fails is a bug; the others and the writer go on. */
function tellListener(
  listener: (events: readonly BackroomEvent[]) => void,
  events: readonly BackroomEvent[],
  log: Log,
): void {
  try {
    listener(events);
  } catch (error) {
    log.error({ err: error }, 'a listener of events failed');
  }
}
