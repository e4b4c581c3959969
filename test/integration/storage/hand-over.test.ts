import { describe, expect, test } from 'vitest';
import type { NewMessage } from '../../../server/storage/port.ts';
import {
  acknowledged,
  claimDue,
  customerOf,
  mainMessage,
  openTestStorage,
  ticketOf,
} from './support.ts';
import type { MessageParts, TestStorage } from './support.ts';

type Parts = MessageParts & Partial<NewMessage>;

/** A store server brings a message, which a main passes on to nobody. */
function relayed(store: TestStorage, id: string, parts: Parts = {}) {
  const actor = 'server:Store';
  return store.storage.accept(mainMessage(id, { changes: [ticketOf(id)], actor, ...parts }));
}

/** A till hands a message over, which this main passes on to the other one. */
function handed(store: TestStorage, id: string, parts: Parts = {}) {
  const destinations = ['B'];
  return store.storage.accept(mainMessage(id, { changes: [ticketOf(id)], destinations, ...parts }));
}

async function passOn(store: TestStorage, destination = 'B'): Promise<string[]> {
  const claimed = await claimDue(store, { destination });
  await store.storage.settle(claimed.map(acknowledged));
  return claimed.map(({ messageId }) => messageId);
}

const confirmedOf = async (store: TestStorage, ...ids: string[]): Promise<string[]> =>
  (await store.storage.statusOf(ids)).confirmed;

const route = (sender: string | null, alsoByTill: boolean, destinations: string[]) => {
  return { service: 'OrderLoader', organization: 'store', sender, alsoByTill, destinations };
};

describe('a main that passes on what a till handed to it', () => {
  test('calls it confirmed when the other main has it too, whatever its own judgement', async () => {
    await using store = await openTestStorage();
    const needs = [{ kind: 'record' as const, model: 'BusinessPartner', id: 'c1' }];
    await handed(store, 'applied');
    await handed(store, 'waits', { needs });
    await relayed(store, 'relayed');
    const ids = ['applied', 'waits', 'relayed'];
    expect(await confirmedOf(store, ...ids)).toEqual(['relayed']);
    const claimed = await claimDue(store, { destination: 'B' });
    expect(await confirmedOf(store, ...ids)).toEqual(['relayed']);
    await store.storage.settle(claimed.map(acknowledged));
    expect(await confirmedOf(store, ...ids)).toEqual(ids);
  });

  test('calls it confirmed when the other main is withdrawn, and not while that refuses it', async () => {
    await using store = await openTestStorage();
    await handed(store, 'm1');
    const [claimed] = await claimDue(store, { destination: 'B' });
    const { deliveryNo, claim } = claimed!;
    await store.storage.settle([{ deliveryNo, claim, result: 'rejected', error: 'never' }]);
    expect(await store.storage.statusOf(['m1'])).toEqual({
      ...{ confirmed: [], unknown: [] },
      parked: [{ id: 'm1', reason: 'never' }],
    });
    await store.storage.reviseDestinations({
      ...{ actor: 'user:boss', routes: [route(null, false, [])] },
    });
    expect(await store.storage.statusOf(['m1'])).toMatchObject({ confirmed: ['m1'], parked: [] });
  });
});

describe('a main that has from a server what a till hands to it', () => {
  test('passes it on in its old place, once, and is asked for it until the other has it', async () => {
    await using store = await openTestStorage();
    const first = await relayed(store, 'm1');
    await relayed(store, 'm2');
    await handed(store, 'new');
    expect(await handed(store, 'm2')).toMatchObject({ repeated: true });
    const again = await handed(store, 'm1');
    expect(again).toEqual({ ...first, repeated: true });
    expect((await store.storage.entry(first.entryNo))?.story).toMatchObject([
      { kind: 'redirected', detail: 'a till handed it over too: to B' },
    ]);
    await handed(store, 'm1');
    expect(await store.storage.waitingByDestination()).toEqual({ B: 3 });
    expect(await confirmedOf(store, 'm1', 'm2', 'new')).toEqual([]);
    expect(await passOn(store)).toEqual(['m1', 'm2', 'new']);
    expect(await confirmedOf(store, 'm1', 'm2', 'new')).toEqual(['m1', 'm2', 'new']);
    expect(await store.storage.waitingByDestination()).toEqual({ B: 0 });
    await handed(store, 'm1');
    expect(await passOn(store)).toEqual([]);
  });

  test('lets a lane that stood still be looked at again, and keeps what depends on it behind it', async () => {
    await using store = await openTestStorage();
    const customer = { changes: [customerOf('c1')], makes: ['c1'] };
    await relayed(store, 'customer', { ...customer, terminal: 'T2' });
    await handed(store, 'sale', { orderedAfter: ['c1'] });
    await handed(store, 'customer', { ...customer, terminal: 'T2' });
    const [claimed, ...others] = await claimDue(store, { destination: 'B' });
    expect([claimed?.messageId, others]).toEqual(['customer', []]);
    await store.storage.settle([acknowledged(claimed!)]);
    expect(await passOn(store)).toEqual(['sale']);
  });

  test('gives nothing back to the server that brought it, also when destinations are revised', async () => {
    await using store = await openTestStorage();
    await relayed(store, 'm1', { actor: 'server:A' });
    await handed(store, 'm1', { destinations: ['A', 'C'] });
    expect(await store.storage.waitingByDestination()).toEqual({ C: 1 });
    const [open, ...others] = await store.storage.openRoutes();
    expect(open).toMatchObject({ sender: 'A', alsoByTill: true, entries: 1 });
    expect(others).toEqual([]);
    // A revision of what servers brought leaves it alone; one of what tills handed over too is for it.
    const revise = (alsoByTill: boolean, destinations: string[]) =>
      store.storage.reviseDestinations({
        ...{ actor: 'definitions', routes: [route('A', alsoByTill, destinations)] },
      });
    expect(await revise(false, [])).toMatchObject({ withdrawn: 0 });
    expect(await revise(true, ['D'])).toEqual({ added: 1, withdrawn: 1, confirmed: 0 });
    expect(await passOn(store, 'D')).toEqual(['m1']);
  });

  test('puts in line again what was withdrawn', async () => {
    await using store = await openTestStorage();
    // Of a fail-over service: what a store server brought goes to the first main all the same.
    await relayed(store, 'm1', { destinations: ['A', 'B'] });
    const routes = [route('Store', false, ['A'])];
    await store.storage.reviseDestinations({ actor: 'definitions', routes });
    expect(await store.storage.waitingByDestination()).toEqual({ A: 1, B: 0 });
    await handed(store, 'm1', { destinations: ['A', 'B'] });
    expect(await store.storage.waitingByDestination()).toEqual({ A: 1, B: 1 });
    expect(await passOn(store)).toEqual(['m1']);
  });

  test('adds nothing where a server brings again what a till handed over', async () => {
    await using store = await openTestStorage();
    await handed(store, 'm1');
    await relayed(store, 'm1', { destinations: ['C'] });
    expect(await store.storage.waitingByDestination()).toEqual({ B: 1 });
    expect(await store.storage.openRoutes()).toMatchObject([{ sender: null, alsoByTill: false }]);
  });

  test('keeps it through a restart', async () => {
    await using store = await openTestStorage();
    await relayed(store, 'm1');
    await handed(store, 'm1');
    await store.reopen();
    expect(await store.storage.openRoutes()).toMatchObject([{ sender: 'Store', alsoByTill: true }]);
    expect(await passOn(store)).toEqual(['m1']);
  });
});
