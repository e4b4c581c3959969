import type { JsonObject } from '../../server/contract/json.ts';
import type { Archive, Keeping, KeptReceipt, SavedRows, SuspendedCart } from '../keeping.ts';
import { overlay } from '../master-data.ts';
import { NO_CASHIERS } from './cashiers.ts';
import { receiptOfMessage } from './kept-receipt.ts';

/** Receipts that a page without a store remembers at most: the newest. */
const MOST_RECEIPTS = 2_000;

/** What a till remembers where the browser keeps nothing: as long as the page is open. */
export function volatileKeeping(): Keeping {
  const answers = new Map<string, JsonObject>();
  const carts = new Map<string, SuspendedCart>();
  let saved: SavedRows | undefined;
  return {
    masterData: {
      read: () => Promise.resolve(saved),
      replace(next) {
        saved = next;
        return Promise.resolve();
      },
      merge(increment) {
        if (saved !== undefined) saved = overlay(saved, increment).saved;
        return Promise.resolve();
      },
    },
    answers: {
      read: (name) => Promise.resolve(answers.get(name)),
      write(name, answer) {
        answers.set(name, answer);
        return Promise.resolve();
      },
    },
    archive: volatileArchive(),
    suspended: {
      list: () => Promise.resolve([...carts.values()]),
      put(cart) {
        carts.set(cart.id, cart);
        return Promise.resolve();
      },
      remove(id) {
        carts.delete(id);
        return Promise.resolve();
      },
    },
    cashiers: NO_CASHIERS,
  };
}

function volatileArchive(): Archive {
  const receipts = new Map<string, KeptReceipt>();
  return {
    put(message) {
      const receipt = receiptOfMessage(message);
      if (receipt === undefined || receipts.has(message.messageId)) return Promise.resolve();
      receipts.set(message.messageId, receipt);
      const [oldest = ''] = receipts.keys();
      if (receipts.size > MOST_RECEIPTS) receipts.delete(oldest);
      return Promise.resolve();
    },
    move(messageId, where) {
      const receipt = receipts.get(messageId);
      if (receipt !== undefined) receipts.set(messageId, { ...receipt, where });
      return Promise.resolve();
    },
    find(text, limit) {
      const wanted = text.toLowerCase();
      const found = [...receipts.values()].filter(({ documentNo }) =>
        documentNo.toLowerCase().includes(wanted),
      );
      return Promise.resolve(found.slice(-limit).toReversed());
    },
    byTicketId: (ticketId) =>
      Promise.resolve([...receipts.values()].find((each) => each.ticketId === ticketId)),
  };
}
