import type { IDBPTransaction, StoreNames } from 'idb';
import type { TillDatabase, TillSchema } from './schema.ts';
import { storeErrorOf } from './store-fault.ts';

type StoreName = StoreNames<TillSchema>;

export type Writing<Names extends StoreName> = IDBPTransaction<TillSchema, Names[], 'readwrite'>;

/**
 * Does the work in one transaction: all of it or, when it throws or the browser refuses, nothing.
 * `strict` resolves when what was written would survive a loss of power, `relaxed` when it would
 * survive the end of the browser. Rejects with {@link StoreError}.
 */
export async function write<Names extends StoreName, Result>(
  database: TillDatabase,
  names: Names[],
  durability: 'strict' | 'relaxed',
  work: (transaction: Writing<Names>) => Promise<Result>,
): Promise<Result> {
  let transaction: Writing<Names>;
  try {
    transaction = database.transaction(names, 'readwrite', { durability });
  } catch (reason) {
    throw storeErrorOf(reason);
  }
  const ended = transaction.done.then(
    () => null,
    (reason: unknown) => ({ reason: transaction.error ?? reason }),
  );
  let result: Result;
  try {
    result = await work(transaction);
  } catch (reason) {
    abort(transaction);
    // Requests of an aborted transaction say only that; why it was aborted, the transaction says.
    await ended;
    throw storeErrorOf(transaction.error ?? reason);
  }
  const failed = await ended;
  if (failed !== null) throw storeErrorOf(failed.reason);
  return result;
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}
