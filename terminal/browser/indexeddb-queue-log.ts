import type { Platform } from '../platform.ts';
import type { QueueLog } from '../queue.ts';
import type { QueueRecord } from '../queue-state.ts';
import type { ReadRecord } from './put-aside.ts';
import { putAside } from './put-aside.ts';
import type { TillDatabase } from './schema.ts';
import { StoreError, storeErrorOf } from './store-fault.ts';
import { wholeRecord } from './whole-record.ts';
import type { Writing } from './write.ts';
import { write } from './write.ts';

interface LogParts {
  database: TillDatabase;
  platform: Pick<Platform, 'clock' | 'digest' | 'log'>;
}

interface Entry {
  key: number;
  record: QueueRecord;
}

/**
 * The queue's log in IndexedDB. Every write is fenced: it looks in its own transaction whether the lead
 * is still this window's, so a window that slept while another took over can add nothing. Writes reject
 * with {@link StoreError} and leave everything as it was; after `full` the next may succeed.
 */
export class IndexedDbQueueLog implements QueueLog {
  readonly #parts: LogParts;
  /** The lead under which this window writes; null while it has none. */
  epoch: number | null = null;
  /** What was wrong when the log was read, in plain words. */
  mended: string | null = null;

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  /** Every whole record, in order. Damaged ones are put aside and taken out, where this window leads. */
  async read(): Promise<QueueRecord[]> {
    const { database, platform } = this.#parts;
    const found = await readRecords(database);
    const entries: Entry[] = [];
    const damaged: number[] = [];
    for (const { key, value } of found) {
      const record = await wholeRecord(value, platform.digest);
      if (record === undefined) damaged.push(key);
      else entries.push({ key, record });
    }
    const copy = await database.get('head', 'head');
    const lostHead =
      copy === undefined || entries.some(({ key }) => key === copy.key) ? undefined : copy;
    if (lostHead !== undefined) {
      entries.push(lostHead);
      entries.sort((one, other) => one.key - other.key);
    }
    if (damaged.length > 0 || lostHead !== undefined) await this.#mend(found, damaged, lostHead);
    return entries.map(({ record }) => record);
  }

  async append(records: readonly QueueRecord[]): Promise<void> {
    await this.#write(['queue'], async (transaction) => {
      const queue = transaction.objectStore('queue');
      await Promise.all(records.map((record) => queue.add(record)));
    });
  }

  async replace(records: readonly QueueRecord[]): Promise<void> {
    await this.#write(['queue', 'head'], async (transaction) => {
      const queue = transaction.objectStore('queue');
      const heads = transaction.objectStore('head');
      await Promise.all([queue.clear(), heads.clear()]);
      for (const record of records) {
        const key = await queue.add(record);
        if (record.kind === 'head') await heads.put({ key, record }, 'head');
      }
    });
  }

  /** Writes under the fence. The look at the lead travels with the writes, and costs no way of its own. */
  async #write<Names extends 'queue' | 'head'>(
    names: Names[],
    work: (transaction: Writing<Names | 'lead'>) => Promise<void>,
  ): Promise<void> {
    const { epoch } = this;
    if (epoch === null) throw new StoreError('notLeader');
    const all: (Names | 'lead')[] = [...names, 'lead'];
    await write(this.#parts.database, all, 'strict', async (transaction) => {
      const look = transaction.objectStore('lead').get('lead');
      const [lead] = await Promise.all([look, work(transaction)]);
      if (lead?.epoch !== epoch) throw new StoreError('notLeader');
    });
  }

  async #mend(
    found: readonly ReadRecord[],
    damaged: readonly number[],
    lostHead: Entry | undefined,
  ): Promise<void> {
    const { database, platform } = this.#parts;
    const count = Math.max(damaged.length, 1);
    const what = `${count} of ${found.length} records of this till's queue were damaged and are left out; the others go on.`;
    try {
      const copy = await putAside(database.name, found, platform.clock.nowMs());
      this.mended = `${what} Everything that was there is kept in the database "${copy}": tell whoever looks after the till.`;
      if (this.epoch === null) return;
      await this.#write(['queue'], async (transaction) => {
        const queue = transaction.objectStore('queue');
        await Promise.all(damaged.map((key) => queue.delete(key)));
        if (lostHead !== undefined) await queue.put(lostHead.record, lostHead.key);
      });
    } catch (reason) {
      // They stay where they are, and are met again at the next start.
      this.mended ??= `${what} They could not be put aside: do not clear the browser's data, and tell whoever looks after the till.`;
      platform.log({ reason: String(reason) }, 'damaged records of the queue stay in their place');
    }
  }
}

/** The records as the browser reads them; one by one where it cannot read them all. */
async function readRecords(database: TillDatabase): Promise<ReadRecord[]> {
  try {
    const transaction = database.transaction('queue');
    const [keys, values] = await Promise.all([
      transaction.store.getAllKeys(),
      transaction.store.getAll(),
    ]);
    return keys.map((key, index) => ({ key, value: values[index] }));
  } catch {
    return readOneByOne(database);
  }
}

async function readOneByOne(database: TillDatabase): Promise<ReadRecord[]> {
  const keys = await database.getAllKeys('queue').catch((reason: unknown) => {
    throw storeErrorOf(reason);
  });
  const records: ReadRecord[] = [];
  for (const key of keys) {
    records.push(
      await database.get('queue', key).then(
        (value: unknown) => ({ key, value }),
        () => ({ key }),
      ),
    );
  }
  return records;
}
