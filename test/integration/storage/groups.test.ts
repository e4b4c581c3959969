import { describe, expect, test } from 'vitest';
import { destinationOf, leaderOf } from '../../../server/core/destination-group.ts';
import type { ClaimedDelivery, Settlement } from '../../../server/storage/port.ts';
import { acknowledged, claimDue, message, openTestStorage } from './support.ts';
import type { TestStorage } from './support.ts';

const GROUP = destinationOf(['A', 'B']);
const forGroup = { destinations: [GROUP] };

async function claimAs(
  store: TestStorage,
  member: string,
  offline: string[] = [],
): Promise<ClaimedDelivery[]> {
  const bounds = { limit: 100, byteLimit: 1_000_000, nowMs: store.clock.nowMs() };
  const leads = leaderOf(GROUP, new Set(offline)) === member;
  const group = { member, leads, offline };
  return store.storage.claim({ destination: GROUP, group, ...bounds });
}
const idsOf = (claimed: readonly ClaimedDelivery[]): string[] =>
  claimed.map(({ messageId }) => messageId);
const noAnswer = ({ deliveryNo, claim }: ClaimedDelivery): Settlement => {
  return { deliveryNo, claim, result: 'retry', nextAttemptMs: 0, error: 'no answer' };
};

describe('a group of mains', () => {
  test('is served by its first member; the second takes over when the first is offline', async () => {
    await using store = await openTestStorage();
    for (const id of ['m1', 'm2']) await store.storage.accept(message(id, forGroup));
    expect(await claimAs(store, 'B')).toEqual([]);
    const taken = await claimAs(store, 'B', ['A']);
    expect(idsOf(taken)).toEqual(['m1', 'm2']);
    await store.storage.settle(taken.map(acknowledged));
    // One member is enough.
    expect((await store.storage.statusOf(['m1', 'm2'])).confirmed).toEqual(['m1', 'm2']);
    await store.storage.accept(message('m3', forGroup));
    expect(await claimAs(store, 'B')).toEqual([]);
    expect(idsOf(await claimAs(store, 'A'))).toEqual(['m3']);
  });

  test('leaves what one member tried with it until it is offline, and what comes after', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('customer', { ...forGroup, makes: ['c1'] }));
    const sale = message('sale', { ...forGroup, terminal: 'T2', orderedAfter: ['c1'] });
    const [tried] = await claimAs(store, 'B', ['A']);
    await store.storage.settle([noAnswer(tried!)]);
    await store.storage.accept(message('later', forGroup));
    await store.storage.accept(sale);
    // A is back, but B may have the customer: the lane and what depends on it wait for B.
    expect(await claimAs(store, 'A')).toEqual([]);
    // Looking changed nothing: B may still claim what is its own, and only that.
    const again = await claimAs(store, 'B');
    expect(idsOf(again)).toEqual(['customer']);
    await store.storage.settle(again.map(noAnswer));
    // B is declared offline: A takes all, in order.
    const moved = await claimAs(store, 'A', ['B']);
    expect(idsOf(moved)).toEqual(['customer', 'later']);
    await store.storage.settle(moved.map(acknowledged));
    expect(idsOf(await claimAs(store, 'A'))).toEqual(['sale']);
  });

  test('remembers through a restart who had the head', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1', forGroup));
    expect(await claimAs(store, 'B', ['A'])).toHaveLength(1);
    await store.reopen();
    await store.storage.releaseClaims();
    expect(await claimAs(store, 'A')).toEqual([]);
    expect(idsOf(await claimAs(store, 'B'))).toEqual(['m1']);
  });

  test('does not touch destinations of one main', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1', { destinations: ['MAIN', GROUP] }));
    expect(idsOf(await claimDue(store))).toEqual(['m1']);
    expect(idsOf(await claimAs(store, 'A'))).toEqual(['m1']);
  });
});
