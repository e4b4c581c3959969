import { openDB } from 'idb';
import type { Timers } from '../platform.ts';
import type { TillDatabase, TillSchema } from './schema.ts';
import { SCHEMA_VERSION, upgrade } from './schema.ts';
import { openingErrorOf, StoreError } from './store-fault.ts';

/** How long another window may hold up an upgrade, and the browser the opening. */
const OPEN_DEADLINE_MS = 10_000;
/** Stores that were begun anew beside one that cannot be opened: more are beyond all bad luck. */
const MOST_GENERATIONS = 100;

export interface OpenOptions {
  timers: Timers;
  /**
   * The connection is closed and stays so: a newer page must bring the store to its version, or the
   * browser took it away.
   */
  onClosed: (why: 'newerPage' | 'browser') => void;
  version?: number;
}

/** Where a till's store is: a browser keeps those of each origin apart. */
export function databaseName(terminalName: string, generation = 1): string {
  const base = `backroom-till-${terminalName}`;
  return generation === 1 ? base : `${base}~${generation}`;
}

/**
 * The name of the store to use: the latest of those that were begun anew. With `anew` one that does not
 * exist yet, for a till whose store cannot be opened; what is there stays for whoever can read it.
 */
export async function currentName(terminalName: string, anew: boolean): Promise<string> {
  // Where a browser cannot list its databases, a till cannot begin anew either.
  if ((globalThis as { indexedDB?: IDBFactory }).indexedDB == null) throw new StoreError('noStore');
  const listed = await indexedDB.databases().catch(() => []);
  const names = new Set(listed.map(({ name }) => name));
  let generation = 1;
  while (generation < MOST_GENERATIONS && names.has(databaseName(terminalName, generation + 1))) {
    generation += 1;
  }
  return databaseName(terminalName, anew ? generation + 1 : generation);
}

/**
 * Opens the database and brings it to this version. A newer page that wants it gets it at once: this
 * connection closes. Rejects with {@link StoreError}, at the latest after the deadline.
 */
export async function openDatabase(
  name: string,
  { timers, onClosed, version = SCHEMA_VERSION }: OpenOptions,
): Promise<TillDatabase> {
  const seen = { isBlocked: false };
  const opening = openDB<TillSchema>(name, version, {
    upgrade,
    blocked: () => {
      seen.isBlocked = true;
    },
    blocking: (_current, _wanted, event) => {
      (event.target as IDBDatabase).close();
      onClosed('newerPage');
    },
    terminated: () => onClosed('browser'),
  });
  const late = new AbortController();
  const deadline = timers.pause(OPEN_DEADLINE_MS, late.signal).then(() => 'late' as const);
  try {
    const opened = await Promise.race([opening, deadline]);
    if (opened !== 'late') return opened;
  } catch (reason) {
    throw openingErrorOf(reason);
  } finally {
    late.abort();
  }
  // What opens after all is not used any more, and must not stand in another page's way.
  opening.then(
    (database) => database.close(),
    () => undefined,
  );
  throw new StoreError(seen.isBlocked ? 'blocked' : 'unreadable');
}
