import { describe, expect, test } from 'vitest';
import type { ClaimedDelivery, Settlement } from '../../../server/storage/port.ts';
import { acknowledged, claimDue, message, openTestStorage, ticketOf } from './support.ts';

function retry({ deliveryNo, claim }: ClaimedDelivery, nextAttemptMs: number): Settlement {
  return { deliveryNo, claim, result: 'retry', nextAttemptMs, error: 'no answer' };
}
function rejected({ deliveryNo, claim }: ClaimedDelivery): Settlement {
  return { deliveryNo, claim, result: 'rejected', error: 'no such tax' };
}
const idsOf = (claimed: readonly ClaimedDelivery[]) => claimed.map(({ messageId }) => messageId);

describe('claiming and settling', () => {
  test('the bytes come back as they were taken, each lane in its order, and end confirmed', async () => {
    await using store = await openTestStorage();
    const body = Buffer.from('{"messageId":"a1","data":[{ "price":1.10 }]}');
    const accepted = await store.storage.accept(message('a1', { body }));
    await store.storage.accept(message('b1', { terminal: 'T2' }));
    await store.storage.accept(message('a2'));
    expect(await store.storage.nextDueMs('MAIN')).toBe(0);
    const claimed = await claimDue(store);
    expect(idsOf(claimed)).toEqual(['a1', 'b1', 'a2']);
    expect(Buffer.from(claimed[0]!.body).equals(body)).toBe(true);
    expect(await claimDue(store)).toEqual([]);
    expect(await store.storage.nextDueMs('MAIN')).toBeNull();
    expect((await store.storage.lanes()).lanes[0]).toMatchObject({
      terminal: 'T1',
      waiting: 2,
      headEntryNo: accepted.entryNo,
    });
    await store.storage.settle(claimed.map(acknowledged));
    const status = await store.storage.statusOf(['a1', 'a2', 'b1']);
    expect(status).toEqual({ confirmed: ['a1', 'a2', 'b1'], parked: [], unknown: [] });
    const detail = await store.storage.entry(accepted.entryNo);
    expect(detail).toMatchObject({ state: 'confirmed', body: body.toString() });
    expect(detail?.deliveries[0]).toMatchObject({
      state: 'acknowledged',
      outcome: 'applied',
      attemptsStarted: 1,
      attemptsFinished: 1,
    });
    expect(detail?.story.map(({ detail: text }) => text)).toEqual(['MAIN: applied']);
    const overview = await store.storage.overview({ dayStartMs: 0, dayEndMs: 1 });
    expect(overview.queue).toEqual({ waiting: 0, parked: 0, oldestUnconfirmedAt: null });
    expect(overview.waitingByDestination).toEqual({ MAIN: 0 });
  });

  test('lanes take turns, and a long one keeps nobody waiting', async () => {
    await using store = await openTestStorage();
    for (let n = 0; n < 20; n += 1) await store.storage.accept(message(`long${n}`));
    await store.storage.accept(message('short', { terminal: 'T2' }));
    await store.storage.accept(message('other', { terminal: 'T3' }));
    const first = await claimDue(store, { limit: 5 });
    expect(idsOf(first)).toEqual(['long0', 'long1', 'long2', 'short', 'other']);
    await store.storage.settle(first.map(acknowledged));
    const one = await claimDue(store, { limit: 1 });
    expect(idsOf(one)).toEqual(['long3']);
    for (const id of ['t2', 't3']) {
      await store.storage.accept(message(id, { terminal: id.toUpperCase() }));
    }
    // The lane under way is left alone; the others go on.
    expect(idsOf(await claimDue(store, { limit: 5 }))).toEqual(['t2', 't3']);
  });

  test('a batch is bounded in bytes, but a message larger than it travels alone', async () => {
    await using store = await openTestStorage();
    for (const id of ['x', 'y', 'z']) {
      await store.storage.accept(message(id, { data: [{ pad: 'p'.repeat(1000) }] }));
    }
    const alone = await claimDue(store, { byteLimit: 10 });
    expect(idsOf(alone)).toEqual(['x']);
    await store.storage.settle(alone.map(acknowledged));
    expect(idsOf(await claimDue(store, { byteLimit: 2500 }))).toEqual(['y', 'z']);
  });

  test('a lane that failed waits for its time; repeats are told once; a person cuts it short', async () => {
    await using store = await openTestStorage();
    const { entryNo } = await store.storage.accept(message('a1'));
    await store.storage.accept(message('a2'));
    for (const round of [1, 2, 3]) {
      const claimed = await claimDue(store);
      expect(claimed).toHaveLength(2);
      expect(claimed[0]?.laneAttempts).toBe(round - 1);
      const dueMs = store.clock.nowMs() + 1000;
      await store.storage.settle(claimed.map((one) => retry(one, dueMs)));
      expect(await claimDue(store)).toEqual([]);
      expect(await store.storage.nextDueMs('MAIN')).toBe(dueMs);
      store.clock.set(dueMs);
    }
    const detail = await store.storage.entry(entryNo);
    expect(detail?.story).toMatchObject([{ kind: 'failed', detail: 'MAIN: no answer (3 times)' }]);
    expect(detail?.deliveries[0]).toMatchObject({ attemptsStarted: 3, attemptsFinished: 3 });
    const again = await claimDue(store);
    await store.storage.settle(again.map((one) => retry(one, store.clock.nowMs() + 9e9)));
    expect((await store.storage.lanes()).lanes[0]).toMatchObject({
      attempts: 4,
      lastError: 'no answer',
    });
    await store.storage.retryLane('MAIN', 'T1', 'user:boss');
    expect(idsOf(await claimDue(store))).toEqual(['a1', 'a2']);
    expect(await store.storage.retryEntry(999, 'user:boss')).toBe('unknown');
  });

  test('a settlement of a claim that was released and taken again changes nothing', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('a1'));
    const stale = await claimDue(store);
    expect(await store.storage.releaseClaims()).toBe(1);
    const fresh = await claimDue(store);
    await store.storage.settle(stale.map(rejected));
    await store.storage.settle(fresh.map(acknowledged));
    expect((await store.storage.statusOf(['a1'])).confirmed).toEqual(['a1']);
  });

  test('what was interrupted is back in line as it was', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('a1'));
    const [claimed] = await claimDue(store);
    const { deliveryNo, claim } = claimed!;
    await store.storage.settle([{ deliveryNo, claim, result: 'interrupted' }]);
    expect(await claimDue(store)).toMatchObject([{ messageId: 'a1', laneAttempts: 0 }]);
  });

  test('an entry is confirmed when every destination has acknowledged it, and never without one', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('both', { destinations: ['MAIN', 'CLOUD'] }));
    await store.storage.accept(message('none', { destinations: [], terminal: 'T2' }));
    await store.storage.settle((await claimDue(store)).map(acknowledged));
    expect((await store.storage.statusOf(['both', 'none'])).confirmed).toEqual([]);
    const claimed = await claimDue(store, { destination: 'CLOUD' });
    const parked = claimed.map((one) => ({
      ...acknowledged(one),
      outcome: 'parked' as const,
      reason: 'look here',
    }));
    await store.storage.settle(parked);
    expect(await store.storage.statusOf(['both', 'none'])).toEqual({
      confirmed: ['both'],
      parked: [{ id: 'both', reason: 'look here' }],
      unknown: [],
    });
  });

  test('claims of a process that died are released after the start', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('a1'));
    await claimDue(store);
    await store.reopen();
    expect(await claimDue(store)).toEqual([]);
    expect(await store.storage.releaseClaims()).toBe(1);
    const [claimed] = await claimDue(store);
    expect(claimed?.messageId).toBe('a1');
    const detail = await store.storage.entry(claimed!.entryNo);
    expect(detail?.deliveries[0]).toMatchObject({ attemptsStarted: 2, attemptsFinished: 0 });
  });
});

describe('dependencies', () => {
  test('an entry waits for an earlier maker in another lane, and goes after it', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('customer', { makes: ['c1'] }));
    await store.storage.accept(message('sale', { terminal: 'T2', orderedAfter: ['c1'] }));
    await store.storage.accept(message('later', { terminal: 'T2' }));
    const first = await claimDue(store);
    expect(idsOf(first)).toEqual(['customer']);
    expect(await store.storage.nextDueMs('MAIN')).toBeNull();
    await store.storage.settle(first.map(acknowledged));
    expect(await store.storage.nextDueMs('MAIN')).toBe(0);
    expect(idsOf(await claimDue(store))).toEqual(['sale', 'later']);
  });

  test('in its own lane it may follow its maker in one claim, and nothing waits for later makers', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('sale', { orderedAfter: ['c1'], makes: ['t1'] }));
    await store.storage.accept(message('customer', { terminal: 'T2', makes: ['c1'] }));
    await store.storage.accept(message('return', { orderedAfter: ['t1'] }));
    expect(idsOf(await claimDue(store))).toEqual(['sale', 'customer', 'return']);
  });

  test('parking one holds back what depends on it, through others too, and nothing else', async () => {
    await using store = await openTestStorage();
    const { entryNo } = await store.storage.accept(
      message('sale', { changes: [ticketOf('t1')], makes: ['t1', 'z1'] }),
    );
    await store.storage.settle((await claimDue(store)).map(rejected));
    await store.storage.accept(
      message('return', { orderedAfter: ['t1'], makes: ['r1'], terminal: 'T2' }),
    );
    await store.storage.accept(message('of the return', { orderedAfter: ['r1'] }));
    await store.storage.accept(message('free 1'));
    await store.storage.accept(message('cash-up', { orderedAfter: ['z1'] }));
    await store.storage.accept(message('free 2'));
    await store.storage.accept(message('free 3', { terminal: 'T2' }));
    const claimed = await claimDue(store);
    expect(idsOf(claimed)).toEqual(['free 1', 'free 2', 'free 3']);
    await store.storage.settle(claimed.map(acknowledged));
    expect(await claimDue(store)).toEqual([]);
    expect(await store.storage.nextDueMs('MAIN')).toBeNull();
    expect(await store.storage.statusOf(['sale'])).toMatchObject({
      confirmed: [],
      parked: [{ id: 'sale', reason: 'no such tax' }],
    });
    expect((await store.storage.overview({ dayStartMs: 0, dayEndMs: 1 })).queue.parked).toBe(1);

    expect(await store.storage.retryEntry(entryNo, 'user:boss')).toBe('retried');
    for (const ids of [['sale'], ['return'], ['of the return', 'cash-up']]) {
      const next = await claimDue(store);
      expect(idsOf(next)).toEqual(ids);
      await store.storage.settle(next.map(acknowledged));
    }
    const story = (await store.storage.entry(entryNo))?.story.map(({ kind }) => kind);
    expect(story).toEqual(['rejected', 'retried', 'acknowledged']);
    expect(await store.storage.retryEntry(entryNo, 'user:boss')).toBe('nothingWaits');
  });

  test('a lane in which all is held goes on with what comes new', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('sale', { makes: ['t1'] }));
    await store.storage.settle((await claimDue(store)).map(rejected));
    await store.storage.accept(message('return', { orderedAfter: ['t1'] }));
    expect(await claimDue(store)).toEqual([]);
    expect(await store.storage.nextDueMs('MAIN')).toBeNull();
    await store.storage.accept(message('new'));
    expect(await store.storage.nextDueMs('MAIN')).toBe(0);
    expect(idsOf(await claimDue(store))).toEqual(['new']);
  });
});
