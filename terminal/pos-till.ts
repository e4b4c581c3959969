import type { Cart, Tender } from './cart.ts';
import type { Catalogue, Customer } from './catalogue.ts';
import type { NewCustomer } from './customer.ts';
import type { Cashier, KeptReceipt, SuspendedCart } from './keeping.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import type { Done } from './till-api.ts';
import type { Ticket, TicketFault } from './ticket.ts';

/**
 * What the screens of a Web POS need of a till. Methods that do something resolve when it is on the
 * till's disk, whatever the network does, and throw TillFault with a code and a sentence where the till
 * does not do it; nothing was done then.
 */
export interface PosTill {
  readonly settings: TerminalSettings;
  /** Replaced by another object when newer master data was loaded. */
  readonly catalogue: Catalogue;
  readonly cashier: Cashier;

  /** Everything that the header and the notices show, as it is now. The same object until it changes. */
  status(): PosStatus;
  /** Calls the listener after each change of the status or the catalogue; gives what ends it. */
  subscribe(listener: () => void): () => void;

  /** Prices a cart, the same way in which it is sold. Pure and at once. */
  price(cart: Cart): Ticket | TicketFault;
  /** Sells a cart. The tenders cover what is due; change is given in cash. */
  sell(cart: Cart, tenders: readonly Tender[]): Promise<SoldTicket>;

  /** Receipts whose number contains the text: those of this till first, then what a server finds. */
  findReceipts(text: string): Promise<FoundReceipt[]>;
  /** The ticket behind a found receipt, with what of each line can still be taken back. */
  openReceipt(found: FoundReceipt): Promise<OpenedReceipt>;
  /** Takes back lines, at the price at which they were sold, and pays back. Quantities at QUANTITY_SCALE, above 0. */
  takeBack(
    opened: OpenedReceipt,
    lines: readonly { lineId: string; quantity: number }[],
    payBackWith: string,
  ): Promise<SoldTicket>;

  /** Customers whose name, search key, phone or e-mail contains the text: at the till, then at a server. */
  findCustomers(text: string): Promise<Customer[]>;
  createCustomer(wanted: NewCustomer): Promise<Customer>;
  /** Gives a customer another address for bills and goods. */
  changeAddress(customerId: string, address: NewCustomer['address']): Promise<Customer>;

  suspend(cart: Cart, note: string): Promise<void>;
  suspended(): Promise<SuspendedCart[]>;
  /** Takes a cart up again; it is not suspended any more. */
  resume(id: string): Promise<Cart>;

  /** Minor units above 0; `reasonId` is an event of the terminal's settings, '' where it has none. */
  moveCash(direction: 'deposit' | 'drop', amountMinor: number, reasonId: string): Promise<Done>;
  /** The open cash-up, by payment method: what should be there. */
  cashUpSoFar(): CashUpSoFar;
  /** Closes it with what was counted; what stays in the drawer is kept for the next. Minor units by search key. */
  cashUp(
    counted: Readonly<Record<string, number>>,
    kept: Readonly<Record<string, number>>,
  ): Promise<Done>;

  /** Ends the session; unsent sales stay and go on being sent. */
  logOut(): Promise<void>;
}

export interface PosStatus {
  /** Sales and other records that no server has yet. */
  unsent: number;
  /** Records that are not at every main server yet. */
  kept: number;
  /** Records that wait for a person at a server. */
  parked: number;
  /** The server that answers this till now; null where none does. */
  server: string | null;
  /** Whether a main server is known to hear from that server; null where nobody can say. */
  headOffice: boolean | null;
  /** What works now besides selling, which always works. */
  can: { createCustomers: boolean; findOldReceipts: boolean };
  /** When the master data was loaded, epoch ms. */
  catalogueLoadedAtMs: number;
  /** Newer master data is being loaded. */
  isRefreshing: boolean;
  /** The till's store is full or broken: sales are refused until it is mended. */
  storeFault: string | null;
  /** Why the session with the servers could not be renewed: somebody must log in again for sales to be sent. */
  sessionFault: string | null;
}

export interface SoldTicket {
  done: Done;
  ticket: Ticket;
  receipt: KeptReceipt;
  /** To give back in cash, minor units. */
  changeMinor: number;
}

/** A receipt in a list. */
export interface FoundReceipt {
  ticketId: string;
  documentNo: string;
  kind: 'sale' | 'return';
  customerName: string;
  grossMinor: number;
  atMs: number;
  /** Null for a receipt that only a server knows. */
  where: KeptReceipt['where'] | null;
}

export interface OpenedReceipt {
  found: FoundReceipt;
  lines: ReceiptLine[];
  payments: { name: string; amountMinor: number }[];
  taxes: { name: string; netMinor: number; taxMinor: number }[];
  grossMinor: number;
  netMinor: number;
  changeMinor: number;
}

export interface ReceiptLine {
  lineId: string;
  productId: string;
  name: string;
  /** At QUANTITY_SCALE, negative on a return. */
  quantity: number;
  /** After discounts, with tax. */
  grossMinor: number;
  /** At PRICE_SCALE. */
  unitPrice: number;
  discounts: { name: string; amountMinor: number }[];
  /** At QUANTITY_SCALE: what was not taken back yet, as far as this till knows. */
  returnableQuantity: number;
}

export interface CashUpSoFar {
  openedAtMs: number;
  sales: { count: number; grossMinor: number };
  returns: { count: number; grossMinor: number };
  methods: {
    searchKey: string;
    name: string;
    isCash: boolean;
    startingMinor: number;
    salesMinor: number;
    returnsMinor: number;
    depositsMinor: number;
    dropsMinor: number;
    expectedMinor: number;
  }[];
}

/**
 * Opens the till in a browser. It starts from what it keeps, so it opens without any server; without
 * anything kept it needs one.
 */
export interface PosDoor {
  /** For the log-in page: who may log in here, and what this till is. */
  lookIn(): Promise<DoorView>;
  /** Logs in at a server; where none can be reached, as a cashier who is known here. */
  logIn(userName: string, secret: string): Promise<LogInResult>;
}

export interface DoorView {
  terminalName: string;
  /** Tiles of the log-in page. */
  cashiers: Cashier[];
  /** A server answered. */
  online: boolean;
  /** Null: this till has never loaded anything and needs a server. */
  catalogueLoadedAtMs: number | null;
  /** Sales on this till that no server has yet. */
  unsent: number;
  storage: StorageReport;
}

/** What the browser promises about the till's store. */
export interface StorageReport {
  /** The browser does not clear it by itself. */
  persistent: boolean;
  /** The page can be opened without a server: a secure context with a service worker. */
  startsOffline: boolean;
  /** Bytes; null where the browser does not say. */
  usedBytes: number | null;
  quotaBytes: number | null;
  /** What was wrong with the store when it was opened, in plain words; null where nothing was. */
  mended: string | null;
}

export type LogInResult =
  | { ok: true; till: PosTill }
  | { ok: false; why: 'refused'; message: string }
  | { ok: false; why: 'unknownOffline' | 'wrong' }
  | { ok: false; why: 'locked'; untilMs: number }
  /** No server can be reached, and this till keeps nothing to start from. */
  | { ok: false; why: 'needsServer'; message: string };
