import { describe, expect, it } from 'vitest';
import { cartOf, EMPTY_CART } from '../../../terminal/cart.ts';
import type { JournalLine, JournalTotals } from '../../../terminal/journal.ts';
import type { Purchase, TillOptions } from '../../../terminal/till-api.ts';
import { Till } from '../../../terminal/till.ts';
import { pieces } from '../../../terminal/ticket.ts';
import { FakeStore } from './support/fake-store.ts';
import { MemoryLog } from './support/memory-log.ts';
import type { FakePlatform } from './support/platform.ts';
import { fakePlatform, flush } from './support/platform.ts';

class MemoryJournal {
  readonly lines: JournalLine[] = [];

  write(line: JournalLine): Promise<void> {
    const known = this.lines.some(
      (each) => each.what === line.what && each.messageId === line.messageId,
    );
    if (!known) this.lines.push(line);
    return Promise.resolve();
  }

  totals(): JournalTotals {
    const others = { customers: 0, returns: 0, cashMovements: 0, cashUps: 0 };
    return { sold: 0, accepted: 0, confirmed: 0, grossMinor: 0, others };
  }

  ids(what: JournalLine['what']): string[] {
    return this.lines.filter((line) => line.what === what).map((line) => line.messageId);
  }
}

interface Scene {
  store: FakeStore;
  log: MemoryLog;
  journal: MemoryJournal;
  platform: FakePlatform;
}

function newScene(): Scene {
  const store = new FakeStore();
  return {
    store,
    log: new MemoryLog(),
    journal: new MemoryJournal(),
    platform: fakePlatform(store.fetch),
  };
}

const HEARTBEAT_MS = 15_000;

function open(scene: Scene, more: Partial<TillOptions> = {}): Promise<Till> {
  const { log, journal, platform } = scene;
  return Till.open(
    {
      platform,
      journal,
      queueLog: log,
      serverUrl: 'http://store.test',
      terminalName: 'C-01',
      credentials: { userName: 'ana', secret: '1111' },
      heartbeatMs: HEARTBEAT_MS,
      appVersion: 'test',
      pageRows: 200,
      ...more,
    },
    1_000,
  );
}

function purchaseOf(till: Till, ...names: string[]): Purchase {
  const products = [...till.catalogue.products.values()];
  const lines = names.map((name) => ({
    productId: products.find(({ row }) => row._identifier === name)!.row.id,
    quantity: pieces(1),
  }));
  return { cart: cartOf(lines) };
}

describe('a till', () => {
  it('starts like a real one: definitions, log-in, terminal, master data in pages', async () => {
    const scene = newScene();
    const till = await open(scene);
    expect(till.catalogue.products.size).toBe(534);
    const paths = scene.store.requests.map((request) => request.replace(/\/%7B.*$/, ''));
    const place = (end: string): number => paths.findIndex((path) => path.endsWith(end));
    const order = [
      'loginutils',
      'POSLoginHandler',
      'term.Terminal',
      'master.TaxRate',
      'master.Product',
    ];
    const places = order.map(place);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    // 534 rows in pages of 200.
    expect(paths.filter((path) => path.endsWith('master.Product'))).toHaveLength(3);
    await till.close();
    expect(scene.store.requests.at(-1)).toContain('logout');
  });

  it('does not start with a wrong PIN, and says what the server said', async () => {
    const scene = newScene();
    const opening = open(scene, { credentials: { userName: 'ana', secret: '0' } });
    const refused = expect(opening).rejects.toThrow('No: wrong');
    await scene.platform.advance(10_000);
    await refused;
  });

  it('goes on above the numbers that a server knows', async () => {
    const scene = newScene();
    const till = await open(scene);
    const sale = await till.sell(purchaseOf(till, 'Baguette Piece'));
    const back = await till.returnTicket(sale.id);
    expect([sale.documentNo, back.documentNo]).toEqual(['C01/0000042', 'C01R/0000008']);
    await till.close();
  });

  it('sells while no server answers, hands everything over in order, drops what is confirmed', async () => {
    const scene = newScene();
    const { store, platform, journal } = scene;
    const till = await open(scene);
    store.down = true;
    const done = [];
    for (let sale = 0; sale < 5; sale += 1) {
      done.push(await till.sell(purchaseOf(till, 'Baguette Piece', 'Cola 330 ml')));
    }
    await platform.advance(60_000);
    expect(till.state()).toMatchObject({ unsent: 5, kept: 5 });
    expect(journal.ids('accepted')).toEqual([]);

    store.down = false;
    await platform.advance(30_000);
    expect([...store.taken.keys()]).toEqual(done.map((each) => each.messageId));
    await Promise.all(done.map((each) => each.accepted));
    await platform.advance(HEARTBEAT_MS);
    expect(till.state()).toMatchObject({ unsent: 0, kept: 0 });
    expect(journal.ids('confirmed').toSorted()).toEqual(
      done.map((each) => each.messageId).toSorted(),
    );
    await till.close();
  });

  it('offers a message again when the answer was lost, and it is one message', async () => {
    const scene = newScene();
    const { store, platform, journal } = scene;
    const till = await open(scene);
    store.losesAnswers = true;
    const sale = await till.sell(purchaseOf(till, 'Baguette Piece'));
    await platform.advance(1_000);
    expect(journal.ids('accepted')).toEqual([]);
    store.losesAnswers = false;
    await platform.advance(10_000);
    expect(store.taken.size).toBe(1);
    expect(store.arrivals.get(sale.messageId)).toBeGreaterThan(1);
    expect(journal.ids('accepted')).toEqual([sale.messageId]);
    await till.close();
  });

  it('keeps a message that a server refuses, and all that come after it', async () => {
    const scene = newScene();
    const { store, platform } = scene;
    const till = await open(scene);
    store.refuseWith = 400;
    await till.sell(purchaseOf(till, 'Baguette Piece'));
    await till.sell(purchaseOf(till, 'Cola 330 ml'));
    await platform.advance(60_000);
    expect(store.taken.size).toBe(0);
    expect(till.state().unsent).toBe(2);
    store.refuseWith = null;
    await platform.advance(10_000);
    expect(store.taken.size).toBe(2);
    await till.close();
  });

  it('loses nothing when the whole store server is replaced: what is unknown is offered again', async () => {
    const scene = newScene();
    const { store, platform } = scene;
    store.confirms = false;
    const till = await open(scene);
    for (let sale = 0; sale < 30; sale += 1) await till.sell(purchaseOf(till, 'Baguette Piece'));
    await platform.advance(1_000);
    expect(store.taken.size).toBe(30);
    const sent = [...store.taken.keys()];
    store.forget();
    await till.heartbeat();
    // At most 20 a second.
    await platform.advance(500);
    expect(store.taken.size).toBeLessThanOrEqual(11);
    await platform.advance(1_500);
    expect([...store.taken.keys()]).toEqual(sent);
    expect(till.state().kept).toBe(30);
    await till.close();
  });

  it('goes on from its files: same queue, next number, open cash-up', async () => {
    const scene = newScene();
    scene.store.confirms = false;
    const before = await open(scene);
    const first = await before.sell(purchaseOf(before, 'Baguette Piece'));
    await scene.platform.advance(100);
    scene.store.down = true;
    const second = await before.sell(purchaseOf(before, 'Baguette Piece'));
    // Killed: nothing is closed. Another till opens on the same files.
    scene.store.down = false;
    const again = { ...newScene(), log: scene.log, journal: new MemoryJournal() };
    again.store.counters = { sale: 1, return: 1 };
    const till = await open(again);
    await again.platform.advance(1_000);
    expect([...again.store.taken.keys()]).toEqual([second.messageId]);
    expect(again.journal.ids('made').toSorted()).toEqual(
      [first.messageId, second.messageId].toSorted(),
    );
    const third = await till.sell(purchaseOf(till, 'Baguette Piece'));
    expect(third).toMatchObject({ documentNo: 'C01/0000044', tillSeq: 3 });
    await till.cashUp();
    await again.platform.advance(1_000);
    const cashup = [...again.store.taken.values()].at(-1)!;
    expect(cashup.service).toContain('ProcessCashClose');
    expect(cashup.message['data']).toMatchObject([
      { ticketIds: [first.id, second.id, third.id], grossSales: 2.85 },
    ]);
    await till.close();
  });

  it('sells to a customer that it made, and the customer goes first', async () => {
    const scene = newScene();
    const till = await open(scene);
    const customer = await till.createCustomer({
      firstName: 'Ada',
      lastName: 'Abad',
      phone: '1',
      email: 'a@example.com',
      address: { street: 'S 1', postalCode: '1', city: 'C', countryId: '106', country: 'Spain' },
    });
    const { cart } = purchaseOf(till, 'Baguette Piece');
    await till.sell({ cart: { ...cart, customerId: customer.id } });
    await scene.platform.advance(100);
    const [made, sold] = [...scene.store.taken.values()];
    expect(made?.service).toContain('CustomerLoader');
    expect(sold?.message['data']).toMatchObject([{ bp: { id: customer.id } }]);
    await till.close();
  });

  it('renews a session that is not taken any more without losing the request', async () => {
    const scene = newScene();
    const till = await open(scene);
    scene.store.expireSessions();
    const sale = await till.sell(purchaseOf(till, 'Baguette Piece'));
    await scene.platform.advance(100);
    expect(scene.store.taken.has(sale.messageId)).toBe(true);
    expect(till.state().unsent).toBe(0);
    await till.close();
  });

  it('refuses a sale when its own disk fails, and says so', async () => {
    const scene = newScene();
    const till = await open(scene);
    scene.log.fail = true;
    await expect(till.sell(purchaseOf(till, 'Baguette Piece'))).rejects.toThrow(
      'cannot write its queue',
    );
    await flush();
    expect(scene.store.taken.size).toBe(0);
    await till.close();
  });

  it('refuses what it cannot do without using up a number', async () => {
    const scene = newScene();
    const till = await open(scene);
    await expect(till.sell({ cart: EMPTY_CART })).rejects.toMatchObject({ code: 'emptyBasket' });
    const { cart } = purchaseOf(till, 'Baguette Piece');
    await expect(till.sell({ cart: { ...cart, customerId: 'X' } })).rejects.toMatchObject({
      code: 'unknownCustomer',
    });
    await expect(till.returnTicket('X')).rejects.toMatchObject({ code: 'noTicket' });
    const sale = await till.sell(purchaseOf(till, 'Baguette Piece'));
    expect(sale).toMatchObject({ documentNo: 'C01/0000042', tillSeq: 1 });
    await till.close();
    await expect(till.sell({ cart: EMPTY_CART })).rejects.toMatchObject({ code: 'notOpen' });
  });
});
