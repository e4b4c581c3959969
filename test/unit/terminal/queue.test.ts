import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enter, newBook } from '../../../terminal/book.ts';
import type { BookEntry } from '../../../terminal/book.ts';
import type { Draft } from '../../../terminal/queue.ts';
import { MessageQueue, QueueFault } from '../../../terminal/queue.ts';
import type { QueueLane } from '../../../terminal/queue-state.ts';
import { MemoryLog } from './support/memory-log.ts';
import { fakePlatform } from './support/platform.ts';

const LANE = 'store';

const entryOf = (id: string, number: number): BookEntry => ({
  kind: 'sale',
  id,
  documentNo: `T1/${number}`,
  grossMinor: 100 + number,
  atMs: number,
  counter: { prefix: 'T1', number },
  ticket: { netMinor: 90, taxes: [], payments: [{ method: 'cash', amountMinor: 100 + number }] },
});

const draftOf = (number: number): Draft => ({
  messageId: `m${number}`,
  service: 'OrderLoader',
  head: { pos: 'T1' },
  data: [{ id: `t${number}` }],
  entry: entryOf(`t${number}`, number),
});

const laneOf = (name: string, ...services: string[]): QueueLane => ({
  name,
  services: new Set(services.length > 0 ? services : ['OrderLoader']),
  mains: new Set(['A', 'B']),
});

async function openQueue(log = new MemoryLog()) {
  const queue = await MessageQueue.open(log, fakePlatform());
  queue.setLanes([laneOf(LANE)]);
  return { log, queue };
}

async function filled(count: number) {
  const opened = await openQueue();
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await Promise.all(numbers.map((number) => opened.queue.add(draftOf(number))));
  return opened;
}

const noted = Promise.resolve();

describe('MessageQueue', () => {
  it('numbers messages without gaps and chains their digests', async () => {
    const { queue } = await filled(4);
    const messages = queue.messages();
    expect(messages.map((message) => message.tillSeq)).toEqual([1, 2, 3, 4]);
    let previous = '';
    for (const message of messages) {
      const body = JSON.parse(message.body) as { tillSeq: number; prevDigest: string };
      expect(body).toMatchObject({ tillSeq: message.tillSeq, prevDigest: previous, pos: 'T1' });
      previous = createHash('sha256').update(message.body).digest('hex');
      expect(message.digest).toBe(previous);
    }
  });

  it('offers messages in order, each until it is accepted', async () => {
    const { queue } = await filled(2);
    expect(queue.head(LANE)?.messageId).toBe('m1');
    await queue.accepted('m1', LANE, 'S', noted);
    expect(queue.head(LANE)?.messageId).toBe('m2');
    expect(queue.unsent(LANE)).toBe(1);
    expect(queue.size).toBe(2);
  });

  it('offers a message again in its old place when its server does not know it', async () => {
    const { queue } = await filled(3);
    expect(queue.unsent(LANE)).toBe(3);
    for (const id of ['m1', 'm2']) await queue.accepted(id, LANE, 'S', noted);
    await queue.unknown('m1', LANE);
    expect(queue.head(LANE)?.messageId).toBe('m1');
    await queue.accepted('m1', LANE, 'S', noted);
    expect(queue.head(LANE)?.messageId).toBe('m3');
  });

  it('keeps a message until every lane has confirmed it', async () => {
    const { queue } = await filled(1);
    const lanes = ['main/A', 'main/B'];
    queue.setLanes(lanes.map((name) => laneOf(name)));
    for (const lane of lanes) await queue.accepted('m1', lane, lane, noted);
    expect(queue.isComplete('m1', 'main/A')).toBe(false);
    await queue.confirmed('m1', 'main/A');
    expect(queue.unconfirmed('main/A', 9)).toEqual([]);
    expect(queue.unconfirmed('main/B', 9)).toEqual([{ messageId: 'm1', server: 'main/B' }]);
    expect(queue.isComplete('m1', 'main/B')).toBe(true);
    await queue.drop('m1');
    expect(queue.size).toBe(0);
  });

  it('is not done before the disk has it, and refuses everything after the disk failed', async () => {
    const { log, queue } = await filled(1);
    log.fail = true;
    await expect(queue.add(draftOf(2))).rejects.toThrow(QueueFault);
    log.fail = false;
    await expect(queue.add(draftOf(3))).rejects.toThrow('no space left on device');
    expect(queue.messages().map((message) => message.messageId)).toEqual(['m1']);
  });

  it('writes an acceptance only after it was noted elsewhere', async () => {
    const { log, queue } = await filled(1);
    const note = Promise.withResolvers<undefined>();
    const written = queue.accepted('m1', LANE, 'S', note.promise);
    await queue.idle();
    expect(log.records.some((record) => record.kind === 'accepted')).toBe(false);
    note.resolve(undefined);
    await written;
    expect(log.records.at(-1)?.kind).toBe('accepted');
  });

  it('goes on from its log: number, chain, book, progress', async () => {
    const { log, queue } = await filled(3);
    await queue.accepted('m1', LANE, 'S', noted);
    await queue.drop('m1');
    await queue.accepted('m2', LANE, 'S', noted);
    const { queue: again } = await openQueue(log);
    expect(again.messages()).toEqual(queue.messages());
    expect(again.book).toEqual(queue.book);
    expect(again.head(LANE)?.messageId).toBe('m3');
    expect(again.unconfirmed(LANE, 9)).toEqual([{ messageId: 'm2', server: 'S' }]);
    const next = await again.add(draftOf(4));
    expect(next.tillSeq).toBe(4);
    expect(JSON.parse(next.body)).toMatchObject({ prevDigest: queue.messages().at(-1)?.digest });
  });

  it('keeps number, chain and book when everything is confirmed and the log compacted', async () => {
    const { log, queue } = await filled(700);
    for (let number = 1; number <= 700; number += 1) {
      await queue.accepted(`m${number}`, LANE, 'S', noted);
      await queue.drop(`m${number}`);
    }
    expect(log.replaced).toBeGreaterThan(1);
    expect(log.records.length).toBeLessThan(1_500);
    const again = await MessageQueue.open(log, fakePlatform());
    expect(again.size).toBe(0);
    expect(again.lastSeq).toBe(700);
    expect(again.book).toEqual(queue.book);
    expect(again.book.counters).toEqual({ T1: 700 });
  });

  it('reads every log that it can write into the state that wrote it', async () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'accept', 'unknown', 'drop', 'compact' as const),
      which: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { log, queue } = await openQueue();
        let added = 0;
        const pending: Promise<unknown>[] = [];
        for (const { what, which } of steps) {
          const id = `m${1 + (which % Math.max(1, added))}`;
          if (what === 'add') pending.push(queue.add(draftOf((added += 1))));
          if (what === 'accept') pending.push(queue.accepted(id, LANE, 'S', noted));
          if (what === 'unknown') pending.push(queue.unknown(id, LANE));
          if (what === 'drop') pending.push(queue.drop(id));
          if (what === 'compact') await Promise.all(pending);
        }
        await Promise.all(pending);
        const again = await MessageQueue.open(log, fakePlatform());
        expect(again.messages()).toEqual(queue.messages());
        expect(again.book).toEqual(queue.book);
        expect(again.lastSeq).toBe(added);
        expect(again.unconfirmed(LANE, 99)).toEqual(queue.unconfirmed(LANE, 99));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the book', () => {
  it('is the sum of its entries, and the next cash-up begins with what was kept', () => {
    const book = newBook('00000000000000000000000000000009', 0);
    enter(book, entryOf('a', 1));
    enter(book, {
      ...entryOf('b', 2),
      kind: 'return',
      grossMinor: -50,
      ticket: { netMinor: -40, taxes: [], payments: [{ method: 'cash', amountMinor: -50 }] },
    });
    enter(book, {
      kind: 'cashMovement',
      id: 'c',
      documentNo: null,
      grossMinor: 0,
      atMs: 3,
      movement: { direction: 'drop', method: 'cash', amountMinor: 20 },
    });
    expect(book.cashup).toMatchObject({
      ticketIds: ['a', 'b'],
      movementIds: ['c'],
      sales: { count: 1, grossMinor: 101, netMinor: 90 },
      returns: { count: 1, grossMinor: 50, netMinor: 40 },
      methods: { cash: { salesMinor: 101, returnsMinor: 50, dropsMinor: 20, depositsMinor: 0 } },
    });
    enter(book, {
      kind: 'cashUp',
      id: book.cashup.id,
      documentNo: null,
      grossMinor: 0,
      atMs: 4,
      kept: { cash: 31 },
    });
    expect(book.cashup).toMatchObject({
      id: '0000000000000000000000000000000A',
      ticketIds: [],
      methods: { cash: { startingMinor: 31 } },
    });
    expect(book.counters).toEqual({ T1: 2 });
  });
});
