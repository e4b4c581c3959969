import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../server/contract/json.ts';
import { indexedDbAnswers } from '../../../../terminal/browser/answers.ts';
import { IndexedDbArchive, MOST_AT_HEAD_OFFICE } from '../../../../terminal/browser/archive.ts';
import { CHUNK_ROWS } from '../../../../terminal/browser/chunks.ts';
import { IndexedDbMasterData } from '../../../../terminal/browser/saved-master-data.ts';
import { indexedDbSuspended } from '../../../../terminal/browser/suspended.ts';
import { volatileKeeping } from '../../../../terminal/browser/volatile-keeping.ts';
import { EMPTY_CART } from '../../../../terminal/cart.ts';
import type { Archive, SavedRows } from '../../../../terminal/keeping.ts';
import { overlay } from '../../../../terminal/master-data.ts';
import { openTest, sealed, useFakeIndexedDb } from './support/stores.ts';

useFakeIndexedDb();

const archives: [string, () => Promise<Archive>][] = [
  ['in IndexedDB', async () => new IndexedDbArchive(await openTest())],
  ['in memory', () => Promise.resolve(volatileKeeping().archive)],
];

describe.each(archives)('the archive %s', (_name, open) => {
  it('finds receipts by a part of their number, newest first', async () => {
    const archive = await open();
    for (const tillSeq of [1, 2, 3]) await archive.put(await sealed(tillSeq));
    await archive.put(await sealed(4, { kind: 'return', documentNo: 'VBSR/7' }));
    await archive.put(await sealed(5, { kind: 'cashUp', documentNo: null }));
    const numbers = async (text: string, limit: number) =>
      (await archive.find(text, limit)).map(({ documentNo }) => documentNo);
    expect(await numbers('', 9)).toEqual(['VBSR/7', 'VBS/1003', 'VBS/1002', 'VBS/1001']);
    expect(await numbers('vbs/', 2)).toEqual(['VBS/1003', 'VBS/1002']);
    expect(await numbers('002', 9)).toEqual(['VBS/1002']);
    expect(await archive.byTicketId('t2')).toEqual({
      ...{ messageId: 'm2', ticketId: 't2', documentNo: 'VBS/1002', kind: 'sale', where: 'till' },
      ...{ customerName: 'Customer 2', grossMinor: 200, atMs: 2 },
      record: { id: 't2', bp: { id: 'c', name: 'Customer 2' } },
    });
    expect(await archive.byTicketId('nobody')).toBeUndefined();
  });

  it('leaves what is there, moves what is kept and passes over the rest', async () => {
    const archive = await open();
    await archive.put(await sealed(1));
    await archive.move('m1', 'store');
    await archive.put(await sealed(1));
    await archive.move('m9', 'store');
    expect((await archive.find('', 9)).map(({ where }) => where)).toEqual(['store']);
  });
});

it('keeps every receipt that is not at head office, and of the others the newest', async () => {
  const database = await openTest();
  const archive = new IndexedDbArchive(database);
  const transaction = database.transaction(['receipts', 'receiptRecords'], 'readwrite');
  for (let number = 1; number <= MOST_AT_HEAD_OFFICE + 3; number += 1) {
    const header = {
      ...{ messageId: `m${number}`, ticketId: `t${number}`, documentNo: `V/${number}` },
      ...({ customerName: '', grossMinor: 1, atMs: number, kind: 'sale' } as const),
      where: number <= 2 ? ('store' as const) : ('headOffice' as const),
    };
    const order = await transaction.objectStore('receipts').add(header);
    await transaction.objectStore('receiptRecords').put({}, order);
  }
  await transaction.done;
  await archive.move('m2', 'headOffice');
  const left = (await archive.find('', 9_999)).map(({ messageId }) => messageId);
  expect(left).toHaveLength(MOST_AT_HEAD_OFFICE + 1);
  expect(left.at(-1)).toBe('m1');
  expect(left).not.toContain('m2');
  expect(left).not.toContain('m3');
  expect(left).toContain('m4');
  expect(await database.count('receiptRecords')).toBe(left.length);
});

const products = (ids: readonly number[], name: string): JsonObject[] =>
  ids.map((id) => ({ id: `p${id}`, name }));

describe('master data', () => {
  const load: SavedRows = {
    rows: new Map([
      [
        'Product',
        products(
          Array.from({ length: 2 * CHUNK_ROWS + 5 }, (_, id) => id),
          'old',
        ),
      ],
      ['Brand', []],
    ]),
    ...{ lastUpdatedMs: { Product: 5 }, loadedAtMs: 9 },
  };

  it('is nothing until it is complete, then what was put there', async () => {
    const saved = new IndexedDbMasterData(await openTest());
    const increment = {
      rows: new Map([['Product', products([1], 'new')]]),
      lastUpdatedMs: {},
      loadedAtMs: 1,
    };
    await saved.merge(increment);
    expect(await saved.read()).toBeUndefined();
    await saved.replace(load);
    expect(await saved.read()).toEqual(load);
    await saved.replace({ ...increment, lastUpdatedMs: { Product: 6 } });
    expect(await saved.read()).toEqual({ ...increment, lastUpdatedMs: { Product: 6 } });
  });

  it('writes only the chunks that an increment changes', async () => {
    const database = await openTest();
    const saved = new IndexedDbMasterData(database);
    await saved.replace(load);
    const chunksBefore = await database.getAll('chunks');
    await saved.merge({
      rows: new Map([['Product', [...products([3], 'new'), ...products([CHUNK_ROWS + 1], 'old')]]]),
      ...{ lastUpdatedMs: { Product: 7 }, loadedAtMs: 11 },
    });
    const chunksAfter = await database.getAll('chunks');
    expect(chunksAfter.map((text, chunk) => text === chunksBefore[chunk])).toEqual([
      false,
      true,
      true,
    ]);
    expect(await saved.read()).toMatchObject({ lastUpdatedMs: { Product: 7 }, loadedAtMs: 11 });
  });

  it('merges as the till does in memory', async () => {
    const row = fc.record({
      id: fc.integer({ min: 0, max: 12 }).map((id) => `p${id}`),
      name: fc.constantFrom('a', 'b'),
      active: fc.boolean(),
    });
    const model = fc.constantFrom('Product', 'Brand', 'Country');
    const increments = fc.array(fc.dictionary(model, fc.array(row), { maxKeys: 3 }), {
      maxLength: 4,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(increments, async (rounds) => {
        run += 1;
        const saved = new IndexedDbMasterData(await openTest(`law-${run}`));
        let expected: SavedRows = {
          rows: new Map([
            ['Product', products([1, 2, 3], 'a')],
            ['Brand', []],
          ]),
          ...{ lastUpdatedMs: {}, loadedAtMs: 0 },
        };
        await saved.replace(expected);
        for (const rows of rounds) {
          const increment = {
            rows: new Map(Object.entries(rows)),
            lastUpdatedMs: {},
            loadedAtMs: run,
          };
          await saved.merge(increment);
          expected = overlay(expected, increment).saved;
        }
        const read = await saved.read();
        const filled = (all: SavedRows['rows'] | undefined) =>
          new Map([...(all ?? [])].filter(([, own]) => own.length > 0));
        expect(filled(read?.rows)).toEqual(filled(expected.rows));
      }),
      { numRuns: 60 },
    );
  });
});

it('keeps answers and carts that were put aside', async () => {
  const database = await openTest();
  const answers = indexedDbAnswers(database);
  expect(await answers.read('session')).toBeUndefined();
  await answers.write('session', { a: 1 });
  await answers.write('session', { a: 2 });
  expect(await answers.read('session')).toEqual({ a: 2 });
  const suspended = indexedDbSuspended(database);
  const cart = (id: string, atMs: number) => ({ id, note: '', atMs, cart: EMPTY_CART });
  await suspended.put(cart('a', 2));
  await suspended.put(cart('b', 1));
  expect(await suspended.list()).toEqual([cart('b', 1), cart('a', 2)]);
  await suspended.remove('a');
  expect(await suspended.list()).toEqual([cart('b', 1)]);
});
