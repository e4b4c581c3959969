import * as fake from 'fake-indexeddb';
import { afterEach, beforeEach, vi } from 'vitest';
import { newBook } from '../../../../../terminal/book.ts';
import { openDatabase } from '../../../../../terminal/browser/database.ts';
import { takeEpoch } from '../../../../../terminal/browser/epoch.ts';
import { IndexedDbQueueLog } from '../../../../../terminal/browser/indexeddb-queue-log.ts';
import type { TillDatabase } from '../../../../../terminal/browser/schema.ts';
import { nodePlatform } from '../../../../../terminal/node/platform.ts';
import type { QueuedMessage, QueueRecord } from '../../../../../terminal/queue-state.ts';

export const platform = nodePlatform(() => undefined, 7);

/** Gives each test of the file a browser's databases of its own. */
export function useFakeIndexedDb(): void {
  beforeEach(() => {
    // The library knows the classes of the browser that it wraps.
    for (const [name, value] of Object.entries(fake)) {
      if (name.startsWith('IDB')) vi.stubGlobal(name, value);
    }
    vi.stubGlobal('indexedDB', new fake.IDBFactory());
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
}

export function openTest(name = 'till'): Promise<TillDatabase> {
  return openDatabase(name, { timers: platform.timers, onClosed: () => undefined });
}

/** A log that leads. */
export async function leadingLog(database: TillDatabase): Promise<IndexedDbQueueLog> {
  const log = new IndexedDbQueueLog({ database, platform });
  log.epoch = await takeEpoch(database);
  return log;
}

export async function sealed(
  tillSeq: number,
  over: Partial<QueuedMessage['entry']> = {},
): Promise<QueuedMessage> {
  const messageId = `m${tillSeq}`;
  const record = { id: `t${tillSeq}`, bp: { id: 'c', name: `Customer ${tillSeq}` } };
  const body = JSON.stringify({ messageId, tillSeq, data: [record] });
  return {
    ...{ tillSeq, messageId, service: 'OrderLoader', body },
    digest: await platform.digest(new TextEncoder().encode(body)),
    entry: {
      ...{ kind: 'sale', id: `t${tillSeq}`, documentNo: `VBS/${1000 + tillSeq}` },
      ...{ grossMinor: 100 * tillSeq, atMs: tillSeq },
      ...over,
    },
  };
}

export async function messageRecord(tillSeq: number): Promise<QueueRecord> {
  return { kind: 'message', message: await sealed(tillSeq) };
}

export function headRecord(tillSeq: number): QueueRecord {
  return { kind: 'head', tillSeq, digest: 'd', book: newBook('A0', 1) };
}
