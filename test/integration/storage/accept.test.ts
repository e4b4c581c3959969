import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { BackroomEvent } from '../../../server/contract/manage.ts';
import { LIMITS } from '../../../server/contract/limits.ts';
import type { NewMessage } from '../../../server/storage/port.ts';
import {
  cashupOf,
  customerOf,
  mainMessage,
  message,
  openTestStorage,
  ticketOf,
} from './support.ts';

const DAY = { dayStartMs: Date.UTC(2026, 0, 1), dayEndMs: Date.UTC(2026, 0, 2) };

function sale(id: string, parts: Partial<NewMessage> = {}): NewMessage {
  return message(`m-${id}`, { changes: [ticketOf(id)], data: [{ id }], ...parts });
}

describe('accepting', () => {
  test('a receipt places the message in the journal of its terminal', async () => {
    await using store = await openTestStorage();
    const first = await store.storage.accept(sale('1'));
    const second = await store.storage.accept(sale('2', { masked: true }));
    const other = await store.storage.accept(sale('3', { terminal: 'T2' }));
    expect(first.receipt).toEqual({
      messageId: 'm-1',
      digest: sale('1').digest,
      terminal: 'T1',
      serverKey: 'SERVER',
      serverEpoch: store.storage.facts().serverEpoch,
      serverSeq: 1,
      outcome: 'accepted',
    });
    expect(second.receipt).toMatchObject({ serverSeq: 2, masked: true });
    expect(other.receipt.serverSeq).toBe(1);
  });

  test('many callers at once: one that the database refuses fails alone', async () => {
    await using store = await openTestStorage();
    // STRICT tables refuse text in a column of integers.
    const bad = sale('bad', { records: 'many' as unknown as number });
    const all = [...Array.from({ length: 60 }, (_, n) => sale(String(n))), bad, sale('last')];
    const results = await Promise.allSettled(all.map((one) => store.storage.accept(one)));
    const failed = results.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(results[60]).toMatchObject({ status: 'rejected', reason: { code: 'failed' } });
    const overview = await store.storage.overview(DAY);
    expect(overview.today).toEqual({ tickets: 61, grossMinor: 61 * 250 });
    expect(await store.storage.ticket('bad')).toBeUndefined();
    expect((await store.storage.statusOf(['m-bad', 'm-last'])).unknown).toEqual(['m-bad']);
    // The journal has no hole where it failed.
    const seqs = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.receipt.serverSeq] : [],
    );
    expect(seqs).toEqual(Array.from({ length: 61 }, (_, n) => n + 1));
  });

  test('the line is bounded: what does not fit is told to come back', async () => {
    await using store = await openTestStorage();
    const facts = Array.from({ length: LIMITS.writerLine + 1 }, (_, n) =>
      store.storage.setFact('n', { n }),
    );
    const results = await Promise.allSettled(facts);
    expect(results.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'busy' } });
    expect(results.slice(0, -1).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  test('events have numbers without gaps, also around failures, and arrive after their commit', async () => {
    await using store = await openTestStorage();
    const heard: BackroomEvent[] = [];
    store.storage.onEvents((events) => heard.push(...events));
    for (let round = 0; round < 5; round += 1) {
      const bad = sale(`bad${round}`, { records: 'x' as unknown as number });
      const good = [1, 2, 3].map((n) => sale(`${round}-${n}`));
      await Promise.allSettled(
        [good[0]!, bad, good[1]!, good[2]!].map((one) => store.storage.accept(one)),
      );
    }
    expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    expect(await store.storage.eventsAfter(12, 10)).toEqual(heard.slice(12));
    expect(await store.storage.eventsAfter(15, 10)).toEqual([]);
    expect(await store.storage.eventsAfter(99, 10)).toBeNull();
  });

  test('any interleaving of repeats has one effect and one answer', async () => {
    await using store = await openTestStorage();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 25 }),
        fc.boolean(),
        async (order, judge) => {
          run += 1;
          const parts = judge ? { judge: true, destinations: [] } : {};
          const before = await store.storage.overview(DAY);
          const answers = await Promise.all(
            order.map((n) => store.storage.accept(sale(`${run}-${n}`, parts))),
          );
          const distinct = new Set(order);
          const after = await store.storage.overview(DAY);
          expect(after.today.tickets - before.today.tickets).toBe(distinct.size);
          expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(distinct.size);
          for (const n of distinct) {
            const same = answers.filter((_, index) => order[index] === n);
            expect(new Set(same.map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('the same content in other bytes is a retry', async () => {
    await using store = await openTestStorage();
    const data = [{ id: 'a', gross: 2.5 }];
    const one = message('m', { changes: [ticketOf('a')], data });
    const body = Buffer.from('{ "data": [{"gross":2.50, "id":"a"}], "pos": "x", "messageId": "m"}');
    const other = message('m', { changes: [ticketOf('a')], body });
    const first = await store.storage.accept(one);
    const second = await store.storage.accept(other);
    expect(other.digest).not.toBe(one.digest);
    expect(second).toEqual({ ...first, repeated: true });
  });

  test.each([
    { judge: false, destinations: ['MAIN'], outcome: 'accepted' },
    { judge: true, destinations: [], outcome: 'parked' },
  ])('another content under a known id is kept beside it, parked ($outcome)', async (parts) => {
    await using store = await openTestStorage();
    const { outcome, ...rest } = parts;
    const one = message('m', { changes: [ticketOf('a')], data: [{ id: 'a' }], ...rest });
    const two = message('m', { changes: [ticketOf('b')], data: [{ id: 'b' }], ...rest });
    const first = await store.storage.accept(one);
    const second = await store.storage.accept(two);
    expect(second).toMatchObject({ repeated: false, receipt: { outcome, digest: two.digest } });
    expect(second.entryNo).not.toBe(first.entryNo);
    expect(await store.storage.entry(second.entryNo)).toMatchObject({
      state: 'parked',
      reason: 'the same message id was used for other content',
      body: Buffer.from(two.body).toString(),
    });
    expect(await store.storage.ticket('b')).toBeUndefined();
    expect(await store.storage.accept(two)).toEqual({ ...second, repeated: true });
    expect(await store.storage.accept(one)).toEqual({ ...first, repeated: true });
  });

  test('a message that cannot be understood is kept: queued at a store, parked at a main', async () => {
    await using store = await openTestStorage();
    const reading = { ok: false as const, reason: 'no lines in it' };
    const atStore = await store.storage.accept(
      message('s', { reading, body: Buffer.from('{oops') }),
    );
    const atMain = await store.storage.accept(mainMessage('m', { reading }));
    expect(atStore.receipt.outcome).toBe('accepted');
    expect(await store.storage.entry(atStore.entryNo)).toMatchObject({
      state: 'queued',
      body: null,
    });
    expect(atMain.receipt).toMatchObject({ outcome: 'parked', reason: 'no lines in it' });
  });

  test('a store shows at once what its tills changed', async () => {
    await using store = await openTestStorage();
    const changes = [
      customerOf('c1', { values: { id: 'c1', name: 'Ada' } }),
      ticketOf('t1', { businessPartner: 'c1', documentNo: 'T1/0000041' }),
      cashupOf('z1', { processed: false }),
    ];
    await store.storage.accept(message('m', { changes }));
    expect(await store.storage.row('BusinessPartner', '', 'c1')).toMatchObject({ name: 'Ada' });
    const [found] = await store.storage.findTickets({ text: 'ada', limit: 5, offset: 0 });
    expect(found).toMatchObject({ id: 't1', businessPartnerName: 'Ada', grossMinor: 250 });
    expect(await store.storage.newestCashup('T1')).toEqual({
      processed: false,
      record: { id: 'z1' },
    });
    expect(await store.storage.documentFloors(['T1', 'T1/', 'T2'])).toEqual(
      new Map([
        ['T1', 41],
        ['T1/', 41],
        ['T2', 0],
      ]),
    );
  });

  test('sales less returns are counted by day; a cancelled ticket counts no more', async () => {
    await using store = await openTestStorage();
    const changes = [
      ticketOf('1', { grossMinor: 1000 }),
      ticketOf('2', { grossMinor: -300, documentKind: 'return' }),
      ticketOf('3', { grossMinor: 5000, orderedAt: '2026-01-02T00:00:00Z' }),
      ticketOf('4', { grossMinor: 70 }),
      ticketOf('5', { grossMinor: 9, documentKind: 'quotation' }),
    ];
    await store.storage.accept(message('m1', { changes }));
    expect((await store.storage.overview(DAY)).today).toEqual({ tickets: 3, grossMinor: 770 });
    const cancel = { kind: 'ticketCancel' as const, ticketId: '4', record: {} };
    await store.storage.accept(message('m2', { changes: [cancel] }));
    expect((await store.storage.overview(DAY)).today).toEqual({ tickets: 2, grossMinor: 700 });
    expect((await store.storage.ticket('4'))?.head.cancelled).toBe(true);
  });

  test('the audit table refuses every change', async () => {
    await using store = await openTestStorage();
    await store.storage.audit({ actor: 'user:1', action: 'test', subject: 's', detail: {} });
    await store.storage.close();
    const database = new Database(join(store.directory, 'backroom.db'));
    expect(() => database.exec(`UPDATE audit SET actor = 'x'`)).toThrow('append-only');
    expect(() => database.exec('DELETE FROM audit')).toThrow('append-only');
    database.close();
    await store.reopen();
  });
});
