import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { takeEpoch } from '../../../../terminal/browser/epoch.ts';
import { IndexedDbQueueLog } from '../../../../terminal/browser/indexeddb-queue-log.ts';
import { MessageQueue } from '../../../../terminal/queue.ts';
import {
  headRecord,
  leadingLog,
  messageRecord,
  openTest,
  platform,
  useFakeIndexedDb,
} from './support/stores.ts';

useFakeIndexedDb();

describe('the queue’s log in IndexedDB', () => {
  it('gives back what was written, in order, also after it is opened again', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    const records = [await messageRecord(1), await messageRecord(2), headRecord(2)];
    await log.append(records.slice(0, 2));
    await log.append(records.slice(2));
    database.close();
    const again = await leadingLog(await openTest());
    expect(await again.read()).toEqual(records);
    expect(again.mended).toBeNull();
  });

  it('replaces all or nothing', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    await log.append([await messageRecord(1)]);
    const broken = { kind: 'dropped', messageId: 'm', cannotBeKept: () => 1 } as const;
    await expect(log.replace([headRecord(5), broken])).rejects.toThrow();
    expect(await log.read()).toEqual([await messageRecord(1)]);
    await log.replace([headRecord(5)]);
    expect(await log.read()).toEqual([headRecord(5)]);
  });

  it('writes strictly', async () => {
    const database = await openTest();
    const transaction = vi.spyOn(database, 'transaction');
    await (await leadingLog(database)).append([headRecord(1)]);
    expect(transaction.mock.calls.at(-1)).toMatchObject([
      ['queue', 'lead'],
      'readwrite',
      { durability: 'strict' },
    ]);
  });

  it('carries the till’s queue', async () => {
    const database = await openTest();
    const queue = await MessageQueue.open(await leadingLog(database), platform);
    const entry = { kind: 'sale', id: 't', documentNo: 'V/1', grossMinor: 5, atMs: 1 } as const;
    await queue.add({
      messageId: 'm1',
      service: 'OrderLoader',
      head: {},
      data: [{ id: 't' }],
      entry,
    });
    const again = await MessageQueue.open(await leadingLog(database), platform);
    expect(again.messages()).toEqual(queue.messages());
    expect(again.book).toEqual(queue.book);
  });
});

describe('the fence', () => {
  it('refuses a window that does not lead', async () => {
    const log = new IndexedDbQueueLog({ database: await openTest(), platform });
    await expect(log.append([headRecord(1)])).rejects.toMatchObject({ code: 'notLeader' });
  });

  it('lets a window that slept while another took over add nothing, and lose nothing', async () => {
    const database = await openTest();
    const asleep = await leadingLog(database);
    await asleep.append([await messageRecord(1)]);
    const awake = await leadingLog(await openTest());
    await awake.append([await messageRecord(2)]);
    await expect(asleep.append([await messageRecord(3)])).rejects.toMatchObject({
      code: 'notLeader',
    });
    await expect(asleep.replace([headRecord(9)])).rejects.toMatchObject({ code: 'notLeader' });
    expect(await awake.read()).toEqual([await messageRecord(1), await messageRecord(2)]);
  });
});

describe('a full disk', () => {
  it('refuses with the code `full`, keeps what was there, and writes again when there is space', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    await log.append([await messageRecord(1)]);
    const full = new DOMException('no space', 'QuotaExceededError');
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw full;
    });
    await expect(log.append([await messageRecord(2)])).rejects.toMatchObject({
      ...{ code: 'full', cause: full },
      message: expect.stringMatching(/nothing was sold/) as string,
    });
    add.mockRestore();
    expect(await log.read()).toEqual([await messageRecord(1)]);
    await log.append([await messageRecord(3)]);
    expect(await log.read()).toHaveLength(2);
  });

  it('says that a closed store is closed', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    database.close();
    await expect(log.append([headRecord(1)])).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a damaged store', () => {
  async function damage(values: unknown[]): Promise<void> {
    const raw = await openDB('till');
    for (const value of values) await raw.add('queue', value);
    raw.close();
  }

  it('goes on with the whole records, says how many were not, and puts everything aside once', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    const [first, last] = [await messageRecord(1), await messageRecord(2)];
    await log.append([first]);
    const bitFlip = structuredClone(last) as { message: { body: string } };
    bitFlip.message.body = bitFlip.message.body.replace('m2', 'm3');
    await damage([
      bitFlip,
      'torn',
      { kind: 'accepted', messageId: 'm1' },
      { kind: 'novelty' },
      null,
    ]);
    await log.append([last]);

    expect(await log.read()).toEqual([first, last]);
    expect(log.mended).toMatch(/^5 of 7 records .* are left out/);
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const asides = names.filter((name) => /^till-damaged-\d+$/.test(name));
    expect(asides).toHaveLength(1);
    expect(log.mended).toContain(asides[0]);
    const aside = await openDB(asides[0]!);
    expect(await aside.getAll('records')).toHaveLength(7);
    aside.close();

    const again = await leadingLog(database);
    expect(await again.read()).toEqual([first, last]);
    expect(again.mended).toBeNull();
  });

  it('keeps a record that the browser cannot read from hiding the others', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    await log.append([await messageRecord(1), await messageRecord(2)]);
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('internal', 'UnknownError');
    });
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementationOnce(() => {
      throw new DOMException('internal', 'UnknownError');
    });
    expect(await log.read()).toEqual([await messageRecord(2)]);
    expect(log.mended).toMatch(/^1 of 2/);
  });

  it('has the head twice, so that the number and the chain do not begin again', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    await log.replace([headRecord(41)]);
    await log.append([await messageRecord(42)]);
    await database.put('queue', { kind: 'head' }, 1);
    expect(await log.read()).toEqual([headRecord(41), await messageRecord(42)]);
    expect(log.mended).toMatch(/^1 of 2/);
    await database.delete('queue', 1);
    expect(await log.read()).toEqual([headRecord(41), await messageRecord(42)]);
  });

  it('leaves the records in their place where they cannot be put aside', async () => {
    const database = await openTest();
    const log = await leadingLog(database);
    await damage(['torn']);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no space', 'QuotaExceededError');
    });
    expect(await log.read()).toEqual([]);
    expect(log.mended).toMatch(/could not be put aside/);
    expect(await database.count('queue')).toBe(1);
  });

  it('gives each lead another epoch', async () => {
    const database = await openTest();
    expect([await takeEpoch(database), await takeEpoch(database)]).toEqual([1, 2]);
  });
});
