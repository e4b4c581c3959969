import type { SuspendedCarts } from '../keeping.ts';
import type { TillDatabase } from './schema.ts';
import { write } from './write.ts';

/** Carts that were put aside, in IndexedDB; the oldest first. */
export function indexedDbSuspended(database: TillDatabase): SuspendedCarts {
  return {
    list: async () =>
      (await database.getAll('suspended')).sort((one, other) => one.atMs - other.atMs),
    put: (suspended) =>
      write(database, ['suspended'], 'relaxed', async (transaction) => {
        await transaction.objectStore('suspended').put(suspended);
      }),
    remove: (id) =>
      write(database, ['suspended'], 'relaxed', async (transaction) => {
        await transaction.objectStore('suspended').delete(id);
      }),
  };
}
