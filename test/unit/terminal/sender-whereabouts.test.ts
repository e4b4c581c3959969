import { describe, expect, it } from 'vitest';
import type { Archive, Whereabouts } from '../../../terminal/keeping.ts';
import { HEARTBEAT_MS, openDelivery, SERVICES, stop } from './support/delivering.ts';

const STORE = { name: 'store', isMain: false, services: SERVICES };
const MAINS = ['north', 'south'].map((name) => ({ name, isMain: true, services: SERVICES }));

/** An archive that takes down what it is told; `fails` makes it a store that is full. */
class ToldArchive implements Archive {
  readonly told: string[] = [];
  fails = false;

  put({ messageId }: { messageId: string }): Promise<void> {
    return this.#tell(`${messageId} put`);
  }

  move(messageId: string, where: Whereabouts): Promise<void> {
    return this.#tell(`${messageId} ${where}`);
  }

  find(): Promise<[]> {
    return Promise.resolve([]);
  }

  byTicketId(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  #tell(line: string): Promise<void> {
    this.told.push(line);
    return this.fails ? Promise.reject(new Error('quota')) : Promise.resolve();
  }
}

describe('where a ticket is', () => {
  it('is the till, the store, the till again when the store forgot it, at last head office', async () => {
    const archive = new ToldArchive();
    const opened = await openDelivery([STORE, ...MAINS], { archive });
    const { estate, queue, sell } = opened;
    const [store] = estate.servers;
    const id = await sell('OrderLoader');
    expect(queue.whereIs(id)).toBe('till');
    await estate.platform.advance(100);
    expect(queue.whereIs(id)).toBe('store');
    store?.books.clear();
    await estate.platform.advance(2 * HEARTBEAT_MS);
    expect(queue.whereIs(id)).toBeUndefined();
    expect(archive.told).toEqual(
      ['put', 'store', 'till', 'store', 'headOffice'].map((what) => `${id} ${what}`),
    );
    await stop(opened);
  });

  it('is head office only when every main that needs it has it', async () => {
    const opened = await openDelivery(MAINS);
    const { estate, queue, sell } = opened;
    const [north, south] = estate.servers;
    if (south !== undefined) south.mood = 'refuses';
    const id = await sell('OrderLoader');
    await estate.platform.advance(1_000);
    expect([north?.books.has(id), queue.whereIs(id)]).toEqual([true, 'till']);
    if (south !== undefined) south.mood = 'well';
    await estate.platform.advance(4_000);
    expect(queue.whereIs(id)).toBe('headOffice');
    await estate.platform.advance(2 * HEARTBEAT_MS);
    expect(queue.size).toBe(0);
    await stop(opened);
  });

  it('may be unknown to an archive that is full, and the sale goes on', async () => {
    const archive = new ToldArchive();
    archive.fails = true;
    const opened = await openDelivery([STORE, ...MAINS], { archive });
    const { estate, queue, sell } = opened;
    for (let sale = 0; sale < 3; sale += 1) await sell('OrderLoader');
    await estate.platform.advance(2 * HEARTBEAT_MS);
    expect(queue.size).toBe(0);
    const said = estate.platform.lines.filter((line) => line.includes('archived'));
    expect(said).toHaveLength(1);
    await stop(opened);
  });
});

describe('definitions that change while messages wait', () => {
  it('send what no lane has confirmed on the new lanes, and nothing on those that are gone', async () => {
    const opened = await openDelivery(MAINS);
    const { estate, router, queue, delivery, sell } = opened;
    const [north, south] = estate.servers;
    if (south !== undefined) south.mood = 'refuses';
    await sell('OrderLoader');
    await sell('CustomerLoader');
    await estate.platform.advance(2 * HEARTBEAT_MS);
    expect(queue.size).toBe(2);
    // The main that is down takes only customers from now on, and what north confirmed stays so.
    const orders = estate.count('OrderLoader');
    Object.assign(south ?? {}, { services: ['CustomerLoader'] });
    router.configure(estate.table(SERVICES));
    await estate.platform.advance(100);
    expect(queue.messages().map(({ service }) => service)).toEqual(['CustomerLoader']);
    expect(estate.count('OrderLoader')).toBe(orders);
    // Then nobody takes customers, which is told; then north does again, which has it already.
    Object.assign(south ?? {}, { services: [] });
    Object.assign(north ?? {}, { services: ['OrderLoader'] });
    router.configure(estate.table(SERVICES));
    await estate.platform.advance(2 * HEARTBEAT_MS);
    expect(delivery.servicesWithoutServer()).toEqual(['CustomerLoader']);
    expect([queue.size, delivery.unsent()]).toEqual([1, 1]);
    Object.assign(north ?? {}, { services: SERVICES });
    router.configure(estate.table(SERVICES));
    await estate.platform.advance(HEARTBEAT_MS);
    expect([queue.size, delivery.servicesWithoutServer()]).toEqual([0, []]);
    await stop(opened);
  });
});

describe('whoever listens to a till', () => {
  it('hears of many changes at once, once', async () => {
    const opened = await openDelivery([STORE, ...MAINS]);
    const { estate, delivery, sell } = opened;
    let heard = 0;
    const end = delivery.subscribe(() => (heard += 1));
    for (let sale = 0; sale < 5; sale += 1) await sell('OrderLoader');
    expect(heard).toBe(0);
    await estate.platform.advance(60);
    expect(heard).toBe(1);
    end();
    await sell('OrderLoader');
    await estate.platform.advance(1_000);
    expect(heard).toBe(1);
    await stop(opened);
  });
});
