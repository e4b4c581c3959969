import type { RecordKind } from './book.ts';
import type { TillIdentity } from './bootstrap.ts';
import type { Journal, JournalTotals } from './journal.ts';
import type { Platform } from './platform.ts';
import type { QueueLog } from './queue.ts';
import type { WatchedCall } from './sightings.ts';
import type { BasketLine, TicketFault } from './ticket.ts';

export interface TillOptions extends TillIdentity {
  platform: Platform;
  /** Address of the server that the till is started from, with or without the context path. */
  serverUrl: string;
  queueLog: QueueLog;
  journal: Journal;
  heartbeatMs: number;
  appVersion: string;
  /** Rows of a page of master data. */
  pageRows?: number;
}

/** What is sold. */
export interface Basket {
  lines: readonly BasketLine[];
  /** Whoever buys; nobody in particular where it is absent. */
  customerId?: string;
  /** Search key of a payment method; cash where it is absent. */
  payWith?: string;
  /** What the customer hands over, minor units; the exact amount where it is absent or too little. */
  tenderedMinor?: number;
}

/** Something that is done: on the till's disk. */
export interface Done {
  kind: RecordKind;
  id: string;
  messageId: string;
  tillSeq: number;
  documentNo: string | null;
  /** Minor units. */
  grossMinor: number;
  /** Resolves at the first server's receipt; rejects when the till is closed before. */
  accepted: Promise<void>;
}

/** Why the till does not do it; nothing was done. */
export class TillFault extends Error {
  override name = 'TillFault';
  readonly code: TicketFault['code'] | 'cannotStart' | 'notOpen' | 'unknownCustomer' | 'noTicket';

  constructor(code: TillFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface TillState extends JournalTotals {
  /** Messages that no server has yet. */
  unsent: number;
  /** Messages that are kept, sent or not. */
  kept: number;
  /** Messages that wait for a person at a server. */
  parked: number;
  /** Names of the servers that did not answer when they were last called. */
  offline: string[];
  /** Names of the servers that answered when it was last called. */
  answeredBy: Record<WatchedCall, string[]>;
}
