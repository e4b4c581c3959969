import { describe, expect, test } from 'vitest';
import type { ModelRow } from '../../../server/core/model.ts';
import type { PageQuery, RowFilter } from '../../../server/storage/port.ts';
import {
  acknowledged,
  claimDue,
  CUSTOMER,
  customerOf,
  message,
  openTestStorage,
  PRODUCT,
  rowOf,
  START_MS,
  TERMINAL,
  type TestStorage,
} from './support.ts';

const NAMES = ['pear', 'Apple', 'fig', 'Äpfel', 'plum'];

async function putProducts(store: TestStorage, scope = 'list'): Promise<void> {
  const rows = NAMES.map((name, n) =>
    rowOf(PRODUCT, { id: `p${n}`, name, listPrice: n + 0.5, active: name !== 'fig' }, scope),
  );
  await store.storage.putRows({ model: 'Product', rows, keepUnconfirmed: false });
}

async function page(
  { storage }: TestStorage,
  parts: Partial<PageQuery> = {},
): Promise<Record<string, unknown>[]> {
  const query: PageQuery = {
    model: 'Product',
    scope: { own: 'list' },
    changedAfterMs: null,
    filters: [],
    order: [],
    limit: 100,
    offset: 0,
    ...parts,
  };
  const { rows, count } = await storage.pageOfModel(query);
  const parsed = JSON.parse(new TextDecoder().decode(rows)) as Record<string, unknown>[];
  expect(parsed).toHaveLength(count);
  return parsed;
}
const namesOf = (rows: Record<string, unknown>[]) => rows.map(({ name }) => name);

describe('pages', () => {
  test('a full load has active rows in display order, in pages that join without a gap', async () => {
    await using store = await openTestStorage();
    await putProducts(store);
    expect(namesOf(await page(store))).toEqual(['Apple', 'pear', 'plum', 'Äpfel']);
    expect(namesOf(await page(store, { limit: 2 }))).toEqual(['Apple', 'pear']);
    expect(namesOf(await page(store, { limit: 2, offset: 2 }))).toEqual(['plum', 'Äpfel']);
    expect(await page(store, { offset: 4 })).toEqual([]);
  });

  test('an increment has what changed since, inactive rows too', async () => {
    await using store = await openTestStorage();
    await putProducts(store);
    store.clock.set(START_MS + 1000);
    const rows = [rowOf(PRODUCT, { id: 'p0', name: 'pear', active: false }, 'list')];
    await store.storage.putRows({ model: 'Product', rows, keepUnconfirmed: false });
    expect(await page(store, { changedAfterMs: START_MS })).toMatchObject([
      { id: 'p0', active: false },
    ]);
    expect(await page(store, { changedAfterMs: START_MS - 1 })).toHaveLength(5);
    expect(await page(store, { changedAfterMs: START_MS + 1000 })).toEqual([]);
  });

  test('each till gets the rows of its own price list, or those of the others', async () => {
    await using store = await openTestStorage();
    await putProducts(store, 'list');
    await putProducts(store, 'other');
    expect(await page(store)).toHaveLength(4);
    expect(await page(store, { scope: { others: 'list' } })).toHaveLength(4);
    expect(await page(store, { scope: { others: 'third' } })).toHaveLength(8);
  });

  const filters: [RowFilter, string[]][] = [
    [
      { properties: ['name'], operator: 'contains', value: 'P' },
      ['Apple', 'pear', 'plum', 'Äpfel'],
    ],
    [{ properties: ['name'], operator: 'startsWith', value: 'äP' }, ['Äpfel']],
    [{ properties: ['name', 'id'], operator: 'equals', value: 'p0' }, ['pear']],
    [{ properties: ['name'], operator: 'notEquals', value: 'pear' }, ['Apple', 'plum', 'Äpfel']],
    [{ properties: ['listPrice'], operator: 'greaterThan', value: 3.5 }, ['plum']],
    [{ properties: ['listPrice'], operator: 'lessThan', value: 1 }, ['pear']],
    [{ properties: ['active'], operator: 'equals', value: false }, []],
    [{ properties: ['name'], operator: 'contains', value: `%' OR 1=1` }, []],
  ];
  test.each(filters)('filter %j', async (filter, names) => {
    await using store = await openTestStorage();
    await putProducts(store);
    expect(namesOf(await page(store, { filters: [filter] }))).toEqual(names);
  });

  test('an order of its own', async () => {
    await using store = await openTestStorage();
    await putProducts(store);
    const order = [{ property: 'listPrice', descending: true }];
    expect(namesOf(await page(store, { order, limit: 2 }))).toEqual(['plum', 'Äpfel']);
  });
});

describe('putting rows', () => {
  test('equal rows are not stamped again', async () => {
    await using store = await openTestStorage();
    await putProducts(store);
    store.clock.set(START_MS + 1000);
    const rows = NAMES.map((name, n) =>
      rowOf(
        PRODUCT,
        { id: `p${n}`, name, listPrice: n === 4 ? 9 : n + 0.5, active: name !== 'fig' },
        'list',
      ),
    );
    expect(await store.storage.putRows({ model: 'Product', rows, keepUnconfirmed: true })).toEqual({
      written: 1,
      kept: 0,
    });
    expect(namesOf(await page(store, { changedAfterMs: START_MS }))).toEqual(['plum']);
  });

  test('a row that an unconfirmed entry changed is kept until the entry is confirmed', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(
      message('m', {
        changes: [customerOf('c1', { values: { id: 'c1', name: 'till' } })],
        makes: ['c1'],
      }),
    );
    const rows = [
      rowOf(CUSTOMER, { id: 'c1', name: 'main' }),
      rowOf(CUSTOMER, { id: 'c2', name: 'x' }),
    ];
    const put = { model: 'BusinessPartner', rows, keepUnconfirmed: true };
    expect(await store.storage.putRows(put)).toEqual({ written: 1, kept: 1 });
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toMatchObject({ name: 'till' });
    await store.storage.settle((await claimDue(store)).map(acknowledged));
    expect(await store.storage.putRows(put)).toEqual({ written: 1, kept: 0 });
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toMatchObject({ name: 'main' });
  });

  test('the rows of several models are put together or not at all', async () => {
    await using store = await openTestStorage();
    const products = [rowOf(PRODUCT, { id: 'p1', name: 'pear' }, 'list')];
    const customer = rowOf(CUSTOMER, { id: 'c1', name: 'one' });
    const put = (model: string, rows: ModelRow[]) => ({ model, rows, keepUnconfirmed: false });
    const broken = { ...customer, json: null } as unknown as ModelRow;
    const faulty = [put('Product', products), put('BusinessPartner', [customer, broken])];
    await expect(store.storage.putTables(faulty)).rejects.toMatchObject({ code: 'failed' });
    expect(await store.storage.row('Product', 'list', 'p1')).toBeUndefined();
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toBeUndefined();
    await store.storage.putTables([put('Product', products), put('BusinessPartner', [customer])]);
    expect(await store.storage.row('Product', 'list', 'p1')).toMatchObject({ name: 'pear' });
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toMatchObject({ name: 'one' });
  });

  test('progress is stored with the rows', async () => {
    await using store = await openTestStorage();
    expect(await store.storage.replicationProgress('Product', 'list')).toBeUndefined();
    const progress = { scope: 'list', offset: 500, lastUpdatedMs: 7 };
    await store.storage.putRows({ model: 'Product', rows: [], keepUnconfirmed: true, progress });
    await store.reopen();
    expect(await store.storage.replicationProgress('Product', 'list')).toEqual({
      offset: 500,
      lastUpdatedMs: 7,
    });
  });

  test('definitions grow a version and tell so; a row that fits no schema is left out', async () => {
    await using store = await openTestStorage();
    expect(await store.storage.definitions()).toMatchObject({ version: 0, terminals: [] });
    const currency = { id: 'EUR', isoCode: 'EUR', precision: 2 };
    const terminal = {
      id: 'T1',
      searchKey: 'VBS-1',
      name: 'Till one',
      client: 'c',
      organization: 'store',
      priceList: 'list',
      docNoPrefix: 'VBS1',
      config: null,
      currency,
    };
    const rows = [rowOf(TERMINAL, terminal), rowOf(TERMINAL, { id: 'broken' })];
    await store.storage.putRows({
      model: 'Terminal',
      rows,
      keepUnconfirmed: true,
      actor: 'user:1',
    });
    const definitions = await store.storage.definitions();
    expect(definitions.version).toBe(1);
    expect(definitions.terminals).toMatchObject([{ id: 'T1', config: {} }]);
    expect(await store.storage.eventsAfter(0, 9)).toMatchObject([
      { kind: 'definitions', data: { version: 1 } },
    ]);
    await store.storage.putRows({ model: 'Terminal', rows, keepUnconfirmed: true });
    expect((await store.storage.definitions()).version).toBe(1);
    await store.storage.accept(message('m', { terminal: 'T1' }));
    const { rows: entries } = await store.storage.entries({ limit: 1 });
    expect(entries).toMatchObject([{ terminal: 'T1', terminalName: 'Till one' }]);
  });
});
