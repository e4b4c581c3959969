import type { Archive, KeptReceipt, Whereabouts } from '../keeping.ts';
import type { QueuedMessage } from '../queue-state.ts';
import { receiptOfMessage } from './kept-receipt.ts';
import type { ReceiptHeader, TillDatabase } from './schema.ts';
import type { Writing } from './write.ts';
import { write } from './write.ts';

/** Receipts that are kept after head office has them: the newest. */
export const MOST_AT_HEAD_OFFICE = 2_000;

const STORES: ('receipts' | 'receiptRecords')[] = ['receipts', 'receiptRecords'];

/** The till's receipts in IndexedDB. What a receipt says is in short headers; records are read when found. */
export class IndexedDbArchive implements Archive {
  readonly #database: TillDatabase;

  constructor(database: TillDatabase) {
    this.#database = database;
  }

  async put(message: QueuedMessage): Promise<void> {
    const receipt = receiptOfMessage(message);
    if (receipt === undefined) return;
    const { record, ...header } = receipt;
    await write(this.#database, STORES, 'relaxed', async (transaction) => {
      const receipts = transaction.objectStore('receipts');
      const known = await receipts.index('messageId').getKey(header.messageId);
      if (known !== undefined) return;
      const order = await receipts.add(header);
      await transaction.objectStore('receiptRecords').put(record, order);
    });
  }

  async move(messageId: string, where: Whereabouts): Promise<void> {
    await write(this.#database, STORES, 'relaxed', async (transaction) => {
      const receipts = transaction.objectStore('receipts');
      const header = await receipts.index('messageId').get(messageId);
      if (header === undefined) return;
      await receipts.put({ ...header, where });
      if (where === 'headOffice') await forgetOldest(transaction);
    });
  }

  async find(text: string, limit: number): Promise<KeptReceipt[]> {
    const wanted = text.toLowerCase();
    const transaction = this.#database.transaction(STORES);
    const headers = await transaction.objectStore('receipts').getAll();
    const found = headers
      .filter(({ documentNo }) => documentNo.toLowerCase().includes(wanted))
      .slice(-limit)
      .toReversed();
    const records = transaction.objectStore('receiptRecords');
    const receipts = found.map(async (header) =>
      receiptOf(header, await records.get(orderOf(header))),
    );
    return await Promise.all(receipts);
  }

  async byTicketId(ticketId: string): Promise<KeptReceipt | undefined> {
    const transaction = this.#database.transaction(STORES);
    const header = await transaction.objectStore('receipts').index('ticketId').get(ticketId);
    if (header === undefined) return undefined;
    return receiptOf(header, await transaction.objectStore('receiptRecords').get(orderOf(header)));
  }
}

async function forgetOldest(transaction: Writing<'receipts' | 'receiptRecords'>): Promise<void> {
  const receipts = transaction.objectStore('receipts');
  const atHeadOffice = receipts.index('where');
  const excess = (await atHeadOffice.count('headOffice')) - MOST_AT_HEAD_OFFICE;
  if (excess <= 0) return;
  // Keys of one index value come in the order in which the receipts were put.
  const oldest = await atHeadOffice.getAllKeys('headOffice', excess);
  const records = transaction.objectStore('receiptRecords');
  await Promise.all(oldest.flatMap((order) => [receipts.delete(order), records.delete(order)]));
}

function receiptOf(
  { order: _order, ...header }: ReceiptHeader,
  record: KeptReceipt['record'] | undefined,
): KeptReceipt {
  return { ...header, record: record ?? {} };
}

/** What was read has the number that the database gave it. */
function orderOf({ order = 0 }: ReceiptHeader): number {
  return order;
}
