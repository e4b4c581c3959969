import type { JsonObject } from '../server/contract/json.ts';
import type { Cart } from './cart.ts';
import type { QueuedMessage } from './queue-state.ts';

/**
 * What a till keeps besides its queue: ports, which a browser fills with IndexedDB and Node with
 * memory. Every promise resolves when what was put would survive the end of the program; each rejects
 * with what the store says, and nothing that they hold is needed for a sale to be safe.
 */

/** The newest rows of master data that were loaded, so that a till starts without asking for all of it. */
export interface SavedMasterData {
  /** The rows of every model, or undefined where nothing complete is kept. */
  read(): Promise<SavedRows | undefined>;
  /** Puts a complete load in the place of what was there: all of it or nothing. */
  replace(saved: SavedRows): Promise<void>;
  /** Lays an increment over what is there: rows by their id, those with `active: false` go. */
  merge(increment: SavedRows): Promise<void>;
}

export interface SavedRows {
  rows: ReadonlyMap<string, readonly JsonObject[]>;
  /** The server's `lastUpdated` of each model, ms: where the next increment begins. */
  lastUpdatedMs: Readonly<Record<string, number>>;
  /** When the load ended by the till's clock, epoch ms. */
  loadedAtMs: number;
}

/** What the servers told this till about itself: definitions, settings, permissions, users. */
export interface SavedAnswers {
  read(name: string): Promise<JsonObject | undefined>;
  write(name: string, answer: JsonObject): Promise<void>;
}

/** Where a ticket is safe, as a till knows it: here alone, at a store server too, or at the mains. */
export type Whereabouts = 'till' | 'store' | 'headOffice';

/** A ticket of this till that can be looked up, printed again and taken back. */
export interface KeptReceipt {
  messageId: string;
  ticketId: string;
  documentNo: string;
  kind: 'sale' | 'return';
  customerName: string;
  /** Minor units, negative for a return. */
  grossMinor: number;
  atMs: number;
  where: Whereabouts;
  /** The record that was sent. */
  record: JsonObject;
}

/**
 * The till's receipts. Those that are not at head office yet are all kept; of the others the newest.
 */
export interface Archive {
  /** Puts a ticket's message; one that is there already is left as it is. */
  put(message: QueuedMessage): Promise<void>;
  /** Moves a receipt on; one that is not kept is passed over. */
  move(messageId: string, where: Whereabouts): Promise<void>;
  /** The newest receipts whose number contains the text, newest first. */
  find(text: string, limit: number): Promise<KeptReceipt[]>;
  byTicketId(ticketId: string): Promise<KeptReceipt | undefined>;
}

/** A cart that was put aside. */
export interface SuspendedCart {
  id: string;
  /** What the cashier called it; '' where nothing. */
  note: string;
  atMs: number;
  cart: Cart;
}

export interface SuspendedCarts {
  list(): Promise<SuspendedCart[]>;
  put(suspended: SuspendedCart): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Somebody who logged in at this till before, as far as the log-in page shows it. */
export interface Cashier {
  userId: string;
  userName: string;
  name: string;
}

export type OfflineLogIn =
  | { ok: true; cashier: Cashier }
  /** `locked`: too many wrong tries; `untilMs` is when the next is allowed, epoch ms. */
  | { ok: false; why: 'unknown' | 'wrong' }
  | { ok: false; why: 'locked'; untilMs: number };

/** Lets a known cashier in while no server can be reached. */
export interface KnownCashiers {
  list(): Promise<Cashier[]>;
  /** After a log-in that a server took: the secret is known from now on. */
  learn(cashier: Cashier, secret: string): Promise<void>;
  /** A server refused this secret: whoever it was is unknown from now on. */
  forget(userName: string): Promise<void>;
  check(userName: string, secret: string): Promise<OfflineLogIn>;
}

/** Everything of the above for one till. */
export interface Keeping {
  masterData: SavedMasterData;
  answers: SavedAnswers;
  archive: Archive;
  suspended: SuspendedCarts;
  cashiers: KnownCashiers;
}
