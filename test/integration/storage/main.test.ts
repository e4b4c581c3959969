import { describe, expect, test } from 'vitest';
import {
  cashupOf,
  CUSTOMER,
  customerOf,
  mainMessage,
  openTestStorage,
  rowOf,
  START_MS,
  ticketOf,
  type TestStorage,
} from './support.ts';

async function outcomeOf({ storage }: TestStorage, ...parts: Parameters<typeof mainMessage>) {
  const { receipt } = await storage.accept(mainMessage(...parts));
  return receipt.outcome;
}

describe('a main', () => {
  test('a ticket waits for its customer and is applied when it arrives; all of it or nothing', async () => {
    await using store = await openTestStorage();
    const needs = [{ kind: 'record' as const, model: 'BusinessPartner', id: 'c1' }];
    const changes = [ticketOf('t1'), ticketOf('t2')];
    const waiting = await store.storage.accept(mainMessage('sale', { changes, needs }));
    expect(waiting.receipt).toMatchObject({
      outcome: 'waiting',
      reason: 'waits for BusinessPartner c1',
    });
    expect(await store.storage.ticket('t1')).toBeUndefined();
    expect((await store.storage.statusOf(['sale'])).confirmed).toEqual(['sale']);
    expect(await outcomeOf(store, 'customer', { changes: [customerOf('c1')] })).toBe('applied');
    expect(await store.storage.ticket('t2')).toBeDefined();
    const detail = await store.storage.entry(waiting.entryNo);
    expect(detail).toMatchObject({ state: 'applied', reason: null, story: [{ kind: 'applied' }] });
    // What was answered stays answered.
    expect((await store.storage.accept(mainMessage('sale', { changes, needs }))).receipt).toEqual(
      waiting.receipt,
    );
  });

  test('also rows that the office puts end a wait', async () => {
    await using store = await openTestStorage();
    const needs = [{ kind: 'record' as const, model: 'BusinessPartner', id: 'c1' }];
    expect(await outcomeOf(store, 'sale', { changes: [ticketOf('t1')], needs })).toBe('waiting');
    const rows = [rowOf(CUSTOMER, { id: 'c1', name: 'Ada' })];
    await store.storage.putRows({ model: 'BusinessPartner', rows, keepUnconfirmed: false });
    expect(await store.storage.ticket('t1')).toBeDefined();
  });

  test('a cash-up waits for all its tickets, whoever they wait for', async () => {
    await using store = await openTestStorage();
    const needs = [{ kind: 'record' as const, model: 'BusinessPartner', id: 'c1' }];
    const cashup = cashupOf('z1', { ticketIds: ['t1', 't2'] });
    expect(await outcomeOf(store, 'z', { changes: [cashup] })).toBe('waiting');
    expect(await outcomeOf(store, 's1', { changes: [ticketOf('t1', { cashupId: 'z1' })] })).toBe(
      'applied',
    );
    expect(
      await outcomeOf(store, 's2', { changes: [ticketOf('t2', { cashupId: 'z1' })], needs }),
    ).toBe('waiting');
    expect(await store.storage.newestCashup('T1')).toBeUndefined();
    await store.storage.accept(mainMessage('c', { changes: [customerOf('c1')] }));
    expect(await store.storage.newestCashup('T1')).toMatchObject({ processed: true });
    expect((await store.storage.overview({ dayStartMs: 0, dayEndMs: 1 })).queue.waiting).toBe(0);

    expect(await outcomeOf(store, 's3', { changes: [ticketOf('t3', { cashupId: 'z1' })] })).toBe(
      'parked',
    );
    const opened = cashupOf('z1', { processed: false });
    expect(await outcomeOf(store, 'z2', { changes: [opened] })).toBe('parked');
    expect(await store.storage.newestCashup('T1')).toMatchObject({ processed: true });
  });

  test('a change of what somebody else changed meanwhile is parked and overwrites nothing', async () => {
    await using store = await openTestStorage();
    await outcomeOf(store, 'make', { changes: [customerOf('c1')] });
    const made = await store.storage.row('BusinessPartner', '', 'c1');
    expect(made?.['loaded']).toBe(new Date(START_MS).toISOString());
    const seen = made?.['loaded'] as string;
    const renamed = (name: string) =>
      customerOf('c1', { values: { id: 'c1', name }, loadedAt: seen });
    store.clock.set(START_MS + 5000);
    expect(await outcomeOf(store, 'e1', { changes: [renamed('B')], terminal: 'T2' })).toBe(
      'applied',
    );
    // The second change of the same till builds on its own first one.
    expect(await outcomeOf(store, 'e2', { changes: [renamed('C')], terminal: 'T2' })).toBe(
      'applied',
    );
    const stale = await store.storage.accept(mainMessage('e3', { changes: [renamed('D')] }));
    expect(stale.receipt).toMatchObject({
      outcome: 'parked',
      reason: expect.stringContaining('changed by somebody else') as string,
    });
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toMatchObject({ name: 'C' });
    expect((await store.storage.statusOf(['e3'])).parked).toHaveLength(1);
  });

  test('a ticket keeps one version at store and main, so a layaway goes on at another till', async () => {
    await using store = await openTestStorage();
    const layaway = ticketOf('t1', { documentKind: 'layaway' });
    await outcomeOf(store, 'm1', { changes: [layaway] });
    const loadedAt = (await store.storage.ticket('t1'))!.head.updatedAt;
    const paid = { ...layaway, grossMinor: 300, loadedAt };
    expect(await outcomeOf(store, 'm2', { changes: [paid], terminal: 'T2' })).toBe('applied');
    expect(await outcomeOf(store, 'm3', { changes: [paid], terminal: 'T3' })).toBe('parked');
    expect((await store.storage.ticket('t1'))?.head.grossMinor).toBe(300);
  });

  test('a record that cannot be a row of its model is parked with what is wrong', async () => {
    await using store = await openTestStorage();
    const values = { id: 'c1', name: 5 };
    const { receipt } = await store.storage.accept(
      mainMessage('m', { changes: [ticketOf('t1'), customerOf('c1', { values })] }),
    );
    expect(receipt).toMatchObject({
      outcome: 'parked',
      reason: 'BusinessPartner c1: "name" is not of type text',
    });
    expect(await store.storage.ticket('t1')).toBeUndefined();
  });

  test('a cancellation waits for its ticket', async () => {
    await using store = await openTestStorage();
    const cancel = { kind: 'ticketCancel' as const, ticketId: 't1', record: {} };
    expect(await outcomeOf(store, 'cancel', { changes: [cancel] })).toBe('waiting');
    await outcomeOf(store, 'make', { changes: [ticketOf('t1', { documentKind: 'layaway' })] });
    expect((await store.storage.ticket('t1'))?.head.cancelled).toBe(true);
  });

  test('a person lets a parked message be judged again, once what was wrong is mended', async () => {
    await using store = await openTestStorage();
    await outcomeOf(store, 'theirs', { changes: [customerOf('c1')], terminal: 'T2' });
    const parts = { changes: [customerOf('c1', { loadedAt: '2020-01-01T00:00:00Z' })] };
    const parked = await store.storage.accept(mainMessage('mine', parts));
    expect(parked.receipt.outcome).toBe('parked');
    expect(await store.storage.retryEntry(parked.entryNo, 'user:boss')).toBe('retried');
    expect((await store.storage.statusOf(['mine'])).parked).toHaveLength(1);
    // The office decides for the till: its row has no version in the way.
    const rows = [rowOf(CUSTOMER, { id: 'c1', name: 'office' })];
    await store.storage.putRows({ model: 'BusinessPartner', rows, keepUnconfirmed: false });
    expect(await store.storage.retryEntry(parked.entryNo, 'user:boss')).toBe('retried');
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toMatchObject({
      name: 'Customer c1',
    });
    expect(await store.storage.retryEntry(parked.entryNo, 'user:boss')).toBe('nothingWaits');
    const { queue } = await store.storage.overview({ dayStartMs: 0, dayEndMs: 1 });
    expect(queue).toMatchObject({ waiting: 0, parked: 0 });
  });

  test('what came under the id of another message is not applied by being judged again', async () => {
    await using store = await openTestStorage();
    await outcomeOf(store, 'm', { changes: [ticketOf('a')], data: [{ id: 'a' }] });
    const other = mainMessage('m', { changes: [ticketOf('b')], data: [{ id: 'b' }] });
    const { entryNo } = await store.storage.accept(other);
    expect(await store.storage.retryEntry(entryNo, 'user:boss')).toBe('nothingWaits');
    expect(await store.storage.ticket('b')).toBeUndefined();
  });
});
