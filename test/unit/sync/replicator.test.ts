import { afterEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../../../server/contract/definitions.ts';
import type { ModelDeclaration } from '../../../server/core/model.ts';
import { PAGE_ROWS } from '../../../server/core/replication.ts';
import { ROUND_MS, Replicator } from '../../../server/sync/replicator.ts';
import { definitionsOf } from '../../support/definitions.ts';
import { FakeCatalogue, FakeTable, modelOf } from './fake-catalogue.ts';
import { FakeMain, loginPage } from './fake-main.ts';
import { manualSystem } from './manual-system.ts';
import type { ManualSystem } from './manual-system.ts';

interface Rig {
  system: ManualSystem;
  main: FakeMain;
  /** What the main has, by service. */
  tables: Map<string, FakeTable>;
  storage: FakeCatalogue;
  replicator: Replicator;
  presence: { online: boolean; backroom: boolean; faults: number };
  /** How far the main's clock is ahead, ms. */
  skew: { ms: number };
}

const open: Replicator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((replicator) => replicator.stop()));
});

function rig(models: readonly ModelDeclaration[], storage = new FakeCatalogue()): Rig {
  const system = manualSystem(3);
  const main = new FakeMain();
  const tables = new Map(models.map(({ service }) => [service, new FakeTable()]));
  const skew = { ms: 0 };
  main.answer = (service, parameters) =>
    tables.get(service)?.answer(parameters, system.clock.nowMs() + skew.ms) ?? loginPage;
  const presence = {
    online: true,
    backroom: true,
    faults: 0,
    sawFault: () => {
      presence.faults += 1;
    },
  };
  const replicator = new Replicator({
    source: () => Promise.resolve({ upstream: main, presence }),
    models,
    storage,
    system,
    self: { key: 'Store' },
  });
  open.push(replicator);
  return { system, main, tables, storage, replicator, presence, skew };
}

const product = modelOf('Product');
const rows = (count: number, stampMs = 0): { id: string; stampMs: number }[] =>
  Array.from({ length: count }, (_, at) => ({ id: `P${at}`, stampMs }));

describe('the replicator', () => {
  it('loads everything by pages, then asks for what changed', async () => {
    const { system, tables, storage, replicator } = rig([product]);
    const table = tables.get(product.service)!;
    table.rows = rows(2500);
    replicator.start();
    await system.settle();
    expect(storage.ids('Product')).toHaveLength(2500);
    expect(table.requests.map(({ _offset }) => _offset)).toEqual([0, 980, 1960, 0]);
    expect(storage.puts.every(({ keepUnconfirmed }) => keepUnconfirmed)).toBe(true);
    expect(replicator.report()).toEqual({
      lastSuccessAt: '2026-11-23T12:00:00.000Z',
      lastError: null,
      loading: null,
    });
    table.rows.push({ id: 'new', stampMs: system.clock.nowMs(), active: false });
    await system.advance(ROUND_MS);
    expect(table.requests).toHaveLength(5);
    expect(storage.rows.get('Product/')?.get('new')).toMatchObject({ active: false });
  });

  it('stores each page with how far it is, and resumes there after a restart', async () => {
    const { system, main, tables, storage, replicator, presence } = rig([product]);
    const table = tables.get(product.service)!;
    table.rows = rows(2500);
    const answer = main.answer;
    main.answer = (service, parameters) => {
      if (parameters['_offset'] === 980) main.up = false;
      return main.up ? answer(service, parameters) : loginPage;
    };
    replicator.start();
    await system.settle();
    await replicator.stop();
    expect(storage.ids('Product')).toHaveLength(PAGE_ROWS);
    expect(presence.faults).toBe(0);

    const later = rig([product], storage);
    const laterTable = later.tables.get(product.service)!;
    laterTable.rows = table.rows;
    later.replicator.start();
    await later.system.settle();
    expect(laterTable.requests.map(({ _offset }) => _offset)).toEqual([980, 1960, 0]);
    expect(storage.ids('Product')).toHaveLength(2500);
  });

  it.each([-3_600_000, 0, 3_600_000])('misses no change with a clock %i ms ahead', async (ms) => {
    const { system, tables, storage, replicator, skew } = rig([product]);
    skew.ms = ms;
    const table = tables.get(product.service)!;
    replicator.start();
    await system.settle();
    for (let at = 0; at < 20; at += 1) {
      table.rows.push({ id: `N${at}`, stampMs: system.clock.nowMs() + skew.ms });
      await system.advance(17_000);
    }
    await system.advance(ROUND_MS);
    expect(storage.ids('Product')).toHaveLength(20);
  });

  it("misses no change when the main's clock is set back", async () => {
    const { system, tables, storage, replicator, skew } = rig([product]);
    skew.ms = 3_600_000;
    replicator.start();
    await system.settle();
    skew.ms = 0;
    tables.get(product.service)!.rows = [{ id: 'N', stampMs: system.clock.nowMs() }];
    await system.advance(3 * ROUND_MS);
    expect(storage.ids('Product')).toEqual(['N']);
  });

  it('pulls definitions first and scoped models once for each price list', async () => {
    const terminalModel = modelOf('Terminal', { serversOnly: true });
    const prices = modelOf('Price', { scope: 'ownPriceList' });
    const { system, main, tables, storage, replicator } = rig([prices, product, terminalModel]);
    const order: string[] = [];
    const answer = main.answer;
    main.answer = (service, parameters) => {
      order.push(`${service} ${JSON.stringify(parameters['terminalName'])}`);
      if (service === terminalModel.service) {
        storage.known = definitionsOf({
          terminals: [till('T1', 'L1'), till('T2', 'L1'), till('T3', 'L2')],
        });
      }
      return answer(service, parameters);
    };
    tables.get(prices.service)!.rows = rows(1);
    replicator.start();
    await system.settle();
    expect(order).toEqual([
      'master.Terminal undefined',
      'master.Price "T1-key"',
      'master.Price "T3-key"',
      'master.Product "T1-key"',
    ]);
    expect(storage.ids('Price', 'L1')).toEqual(['P0']);
    expect(storage.ids('Price', 'L2')).toEqual(['P0']);
  });

  it('does not ask a main of another make for definitions', async () => {
    const { system, tables, replicator, presence } = rig([
      modelOf('Terminal', { serversOnly: true }),
      product,
    ]);
    presence.backroom = false;
    replicator.start();
    await system.settle();
    expect(tables.get('master.Terminal')!.requests).toEqual([]);
    expect(tables.get('master.Product')!.requests).toHaveLength(1);
  });

  it('leaves out a row that it does not understand, names it once, and keeps the others', async () => {
    const { system, main, storage, replicator } = rig([product]);
    main.answer = () => ({
      kind: 'answer',
      status: 200,
      body: {
        response: {
          status: 0,
          data: [{ id: 'A' }, { id: 'B', active: 'yes' }, {}],
          lastUpdated: 1,
        },
      },
    });
    replicator.start();
    await system.advance(5 * ROUND_MS);
    expect(storage.ids('Product')).toEqual(['A']);
    expect(system.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
    expect(replicator.report().lastError).toBeNull();
  });

  it('goes on with other models when one cannot be had, and says which', async () => {
    const broken = modelOf('Broken');
    const { system, tables, storage, replicator } = rig([broken, product]);
    tables.delete(broken.service);
    tables.get(product.service)!.rows = rows(1);
    replicator.start();
    await system.settle();
    expect(storage.ids('Product')).toEqual(['P0']);
    expect(replicator.report()).toMatchObject({
      lastSuccessAt: null,
      lastError: expect.stringContaining('Broken: HTTP 200') as string,
    });
    expect(storage.announced).toEqual(['replication']);
    await system.advance(60_000);
    expect(storage.announced).toEqual(['replication']);
  });

  it('ends the round and reports the fault when the main goes away', async () => {
    const { system, main, storage, replicator, presence, tables } = rig([
      product,
      modelOf('Brand'),
    ]);
    main.up = false;
    replicator.start();
    await system.settle();
    expect(presence.faults).toBe(1);
    expect(replicator.report().lastError).toBe('Product: no connection');
    presence.online = false;
    await system.advance(ROUND_MS);
    main.up = true;
    presence.online = true;
    tables.get(product.service)!.rows = rows(1);
    replicator.wake();
    await system.settle();
    expect(storage.ids('Product')).toEqual(['P0']);
    expect(replicator.report().lastError).toBeNull();
  });

  it('begins a round at once when the main has new definitions', async () => {
    const { system, tables, replicator } = rig([product]);
    const { requests } = tables.get(product.service)!;
    replicator.sawVersion(4);
    replicator.start();
    await system.settle();
    expect(requests).toHaveLength(1);
    replicator.sawVersion(4);
    await system.settle();
    expect(requests).toHaveLength(1);
    replicator.sawVersion(5);
    await system.settle();
    expect(requests).toHaveLength(2);
  });

  it('outlives a storage that refuses', async () => {
    const { system, tables, storage, replicator } = rig([product]);
    tables.get(product.service)!.rows = rows(1);
    storage.failing = 3;
    replicator.start();
    await system.advance(ROUND_MS);
    expect(storage.ids('Product')).toEqual(['P0']);
  });
});

function till(id: string, priceList: string): Terminal {
  return {
    id,
    searchKey: `${id}-key`,
    name: id,
    client: 'C',
    organization: 'O1',
    priceList,
    docNoPrefix: id,
    returnDocNoPrefix: null,
    quotationDocNoPrefix: null,
    currency: { id: '102', isoCode: 'EUR', precision: 2 },
    config: {},
    active: true,
  };
}
