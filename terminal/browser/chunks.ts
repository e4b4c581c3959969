import type { JsonObject } from '../../server/contract/json.ts';
import { rowId } from '../master-data.ts';

/** Rows in a chunk: few enough to be written again for one changed row, many enough to be read fast. */
export const CHUNK_ROWS = 1_000;

/** The rows of an increment by the number of the chunk that they belong to. */
export type ChunkChanges = ReadonlyMap<number, readonly JsonObject[]>;

/** The rows in chunks, in their order. */
export function chunksOf(rows: readonly JsonObject[]): (readonly JsonObject[])[] {
  const count = Math.ceil(rows.length / CHUNK_ROWS);
  return Array.from({ length: count }, (_, chunk) =>
    rows.slice(chunk * CHUNK_ROWS, (chunk + 1) * CHUNK_ROWS),
  );
}

/** A chunk with changed rows laid over it; undefined where none is different. */
export function overlaidChunk(
  model: string,
  before: readonly JsonObject[],
  changes: readonly JsonObject[],
): readonly JsonObject[] | undefined {
  const rows = new Map(before.map((row) => [rowId(model, row), row]));
  let isOther = false;
  for (const row of changes) {
    const id = rowId(model, row);
    if (row['active'] === false) {
      isOther = rows.delete(id) || isOther;
    } else if (JSON.stringify(rows.get(id)) !== JSON.stringify(row)) {
      rows.set(id, row);
      isOther = true;
    }
  }
  return isOther ? [...rows.values()] : undefined;
}
