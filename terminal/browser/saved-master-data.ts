import type { JsonObject } from '../../server/contract/json.ts';
import type { SavedMasterData, SavedRows } from '../keeping.ts';
import { rowId } from '../master-data.ts';
import type { ChunkChanges } from './chunks.ts';
import { chunksOf, CHUNK_ROWS, overlaidChunk } from './chunks.ts';
import type { TillDatabase } from './schema.ts';
import type { Writing } from './write.ts';
import { write } from './write.ts';

const STORES: ('load' | 'models' | 'chunks')[] = ['load', 'models', 'chunks'];

type Transaction = Writing<'load' | 'models' | 'chunks'>;

/**
 * Master data in IndexedDB, in chunks of rows as JSON text: a browser reads a few long texts many times
 * faster than many small records. An increment writes only the chunks whose rows it changes.
 */
export class IndexedDbMasterData implements SavedMasterData {
  readonly #database: TillDatabase;

  constructor(database: TillDatabase) {
    this.#database = database;
  }

  async read(): Promise<SavedRows | undefined> {
    const transaction = this.#database.transaction(STORES);
    const [load, models, keys, texts] = await Promise.all([
      transaction.objectStore('load').get('load'),
      transaction.objectStore('models').getAllKeys(),
      transaction.objectStore('chunks').getAllKeys(),
      transaction.objectStore('chunks').getAll(),
    ]);
    if (load === undefined) return undefined;
    const rows = new Map<string, JsonObject[]>(models.map((model) => [model, []]));
    for (const [index, [model]] of keys.entries()) {
      const own = rows.get(model);
      for (const row of rowsOf(texts[index])) own?.push(row);
    }
    return { rows, ...load };
  }

  async replace({ rows, lastUpdatedMs, loadedAtMs }: SavedRows): Promise<void> {
    await write(this.#database, STORES, 'relaxed', async (transaction) => {
      const [load, models, chunks] = storesOf(transaction);
      await Promise.all([models.clear(), chunks.clear()]);
      for (const [model, all] of rows) {
        const parts = chunksOf(all);
        await models.put(
          parts.map((part) => part.map((row) => rowId(model, row))),
          model,
        );
        await Promise.all(
          parts.map((part, chunk) => chunks.put(JSON.stringify(part), [model, chunk])),
        );
      }
      await load.put({ lastUpdatedMs, loadedAtMs }, 'load');
    });
  }

  async merge(increment: SavedRows): Promise<void> {
    await write(this.#database, STORES, 'relaxed', async (transaction) => {
      const [load] = storesOf(transaction);
      const before = await load.get('load');
      if (before === undefined) return;
      for (const [model, rows] of increment.rows) await mergeModel(transaction, model, rows);
      const lastUpdatedMs = { ...before.lastUpdatedMs, ...increment.lastUpdatedMs };
      await load.put({ lastUpdatedMs, loadedAtMs: increment.loadedAtMs }, 'load');
    });
  }
}

async function mergeModel(
  transaction: Transaction,
  model: string,
  increment: readonly JsonObject[],
): Promise<void> {
  const [, models, chunks] = storesOf(transaction);
  const known = await models.get(model);
  if (known === undefined) await models.put([], model);
  if (increment.length === 0) return;
  const ids = known ?? [];
  const changes = chunkChanges(model, ids, increment);
  const touched = await Promise.all(
    [...changes].map(async ([chunk, rows]) => {
      const before = rowsOf(await chunks.get([model, chunk]));
      const after = overlaidChunk(model, before, rows);
      return after === undefined ? undefined : { chunk, after };
    }),
  );
  const written = touched.filter((each) => each !== undefined);
  if (written.length === 0) return;
  for (const { chunk, after } of written) {
    ids[chunk] = after.map((row) => rowId(model, row));
    await chunks.put(JSON.stringify(after), [model, chunk]);
  }
  await models.put(ids, model);
}

/** The rows of an increment by the chunk in which each stands; new ones go to the last, or to new ones. */
function chunkChanges(
  model: string,
  ids: readonly (readonly string[])[],
  increment: readonly JsonObject[],
): ChunkChanges {
  const chunkOf = new Map(ids.flatMap((own, chunk) => own.map((id) => [id, chunk])));
  const changes = new Map<number, JsonObject[]>();
  let last = Math.max(ids.length - 1, 0);
  let room = CHUNK_ROWS - (ids[last]?.length ?? 0);
  for (const row of increment) {
    const id = rowId(model, row);
    let chunk = chunkOf.get(id);
    if (chunk === undefined) {
      if (row['active'] === false) continue;
      if (room <= 0) [last, room] = [last + 1, CHUNK_ROWS];
      room -= 1;
      chunk = last;
      chunkOf.set(id, chunk);
    }
    changes.set(chunk, [...(changes.get(chunk) ?? []), row]);
  }
  return changes;
}

function storesOf(transaction: Transaction) {
  return [
    transaction.objectStore('load'),
    transaction.objectStore('models'),
    transaction.objectStore('chunks'),
  ] as const;
}

/** Only {@link IndexedDbMasterData} writes these texts. */
function rowsOf(text: string | undefined): JsonObject[] {
  return text === undefined ? [] : (JSON.parse(text) as JsonObject[]);
}
