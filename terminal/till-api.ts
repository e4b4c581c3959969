import type { RecordKind } from './book.ts';
import type { TillIdentity } from './bootstrap.ts';
import type { Cart } from './cart.ts';
import type { Journal, JournalTotals } from './journal.ts';
import type { Platform } from './platform.ts';
import type { QueueLog } from './queue.ts';
import type { ReturnFault } from './returns.ts';
import type { WatchedCall } from './sightings.ts';
import type { TenderFault } from './tenders.ts';
import type { TicketFault } from './ticket.ts';

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

/** What is sold and with which method the exact amount is paid. */
export interface Purchase {
  cart: Cart;
  /** Search key of a payment method; cash where it is absent. */
  payWith?: string;
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

type FaultCode =
  | TicketFault['code']
  | TenderFault['code']
  | ReturnFault['code']
  | 'cannotStart'
  | 'notOpen'
  | 'noTicket'
  | 'unknownReason'
  | 'badAmount'
  | 'badCount'
  | 'noSuspended'
  | 'storeFault';

/** Why the till does not do it; nothing was done. */
export class TillFault extends Error {
  override name = 'TillFault';
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

interface Fault {
  code: FaultCode;
  message: string;
}

/** The value; where it is a fault, it is thrown. */
export function orFault<Value extends object>(value: Value): Exclude<Value, Fault> {
  if (isFault(value)) throw new TillFault(value.code, value.message);
  return value as Exclude<Value, Fault>;
}

function isFault(value: object): value is Fault {
  return 'code' in value && 'message' in value;
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
