import type { PageOfRows } from '../module.ts';

/**
 * The whole answer of a page as bytes: the field's envelope around the rows as storage gave them.
 * `endRow` counts the rows of earlier pages too: a client takes `endRow + 1` for the total, and
 * `totalRows` is sent only where that total is 0.
 */
export function pageEnvelope(page: PageOfRows): Buffer {
  const { rows, count, startRow, lastUpdatedMs } = page;
  const tail = {
    startRow,
    endRow: startRow + count - 1,
    ...(startRow + count === 0 ? { totalRows: 0 } : {}),
    status: 0,
    lastUpdated: lastUpdatedMs,
  };
  return Buffer.concat([
    Buffer.from('{"response":{"data":'),
    rows,
    Buffer.from(`,${JSON.stringify(tail).slice(1)}}`),
  ]);
}
