import type { SavedAnswers } from '../keeping.ts';
import type { TillDatabase } from './schema.ts';
import { write } from './write.ts';

/** What the servers told this till about itself, in IndexedDB. */
export function indexedDbAnswers(database: TillDatabase): SavedAnswers {
  return {
    read: (name) => database.get('answers', name),
    write: (name, answer) =>
      write(database, ['answers'], 'relaxed', async (transaction) => {
        await transaction.objectStore('answers').put(answer, name);
      }),
  };
}
