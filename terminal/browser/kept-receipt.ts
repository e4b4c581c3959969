import type { JsonObject } from '../../server/contract/json.ts';
import type { KeptReceipt } from '../keeping.ts';
import type { QueuedMessage } from '../queue-state.ts';
import { asObject } from './as-object.ts';

/** The receipt that a ticket's message is; undefined for every other message. */
export function receiptOfMessage({
  messageId,
  body,
  entry,
}: QueuedMessage): KeptReceipt | undefined {
  const { kind, id, documentNo, grossMinor, atMs } = entry;
  if (kind !== 'sale' && kind !== 'return') return undefined;
  // The till sealed the body itself: its first record is the ticket.
  const [record = {}] = (JSON.parse(body) as { data: JsonObject[] }).data;
  const { name } = asObject(record['bp']);
  return {
    ...{ messageId, kind, grossMinor, atMs, record, where: 'till', ticketId: id },
    documentNo: documentNo ?? '',
    customerName: typeof name === 'string' ? name : '',
  };
}
