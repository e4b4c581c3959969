import type { Definitions } from '../contract/definitions.ts';
import type { JsonObject } from '../contract/json.ts';
import type {
  BackroomEvent,
  EntriesPage,
  EntryDetail,
  EntryState,
  Lanes,
  Overview,
} from '../contract/manage.ts';
import type { Outcome, Receipt } from '../contract/message.ts';
import type { Reading } from '../core/change.ts';
import type { ModelRow } from '../core/model.ts';
import type { OpenRoute, RevisedRoute } from '../core/stale-routes.ts';
import type { DefinitionStorage } from './definition-history.ts';

export type * from './definition-history.ts';

/**
 * The storage port. Every method is one transaction and is named by what it is for; SQL exists only
 * behind it. A promise resolves after the commit is flushed. Failures are thrown as
 * {@link StorageError}: a caller that must not lose anything answers 503 to each of them.
 */
export interface Storage extends DefinitionStorage {
  /** What was read back from the connections at the start. */
  facts(): StorageFacts;

  /* ── messages ─────────────────────────────────────────────────────────────────────────────── */

  /**
   * Takes a message: entry, record ids, deliveries, effects and the event, in one commit.
   * The same message again (same id and digest, or same id and canonically equal content) gives the
   * stored receipt and changes nothing, but where a till hands to a main what a server had brought: it
   * then gets the destinations that it lacks. Another content under a known id is kept beside it, parked.
   * At a store (`judge` false) the effects are laid over the local tables so that tills of the store
   * see them, and deliveries wait. At a main (`judge` true) the rules of core/judge decide the
   * outcome, and messages that waited for a record made here are judged again.
   */
  accept(message: NewMessage): Promise<Accepted>;

  /**
   * Claims due deliveries to one destination, oldest first within each lane, lanes in turn, and counts
   * an attempt as started. A delivery is passed over while an earlier entry that made one of its
   * `orderedAfter` ids is not acknowledged there: held back for good (until a person acts) where that
   * entry is parked, and the end of its lane's turn otherwise.
   */
  claim(query: ClaimQuery): Promise<ClaimedDelivery[]>;

  /** Writes how claimed deliveries ended, where the claim still matches; counts attempts as finished. */
  settle(settlements: readonly Settlement[]): Promise<void>;

  /** At start: puts claimed deliveries back in line. Returns how many. */
  releaseClaims(): Promise<number>;

  /** When the next delivery to this destination is due (epoch ms); null when none waits. */
  nextDueMs(destination: string): Promise<number | null>;

  /**
   * Messages that have not reached all their destinations, by what decides where they go, with the
   * destinations that they have now.
   */
  openRoutes(): Promise<OpenRoute[]>;

  /**
   * Gives open messages the destinations that changed definitions name, in one transaction: a new one
   * gets a delivery of each, what waits for one that is gone is withdrawn and never counts as
   * confirmed. A message that a remaining destination has acknowledged and that waits for no other is
   * confirmed; one that is left without any stays open.
   */
  reviseDestinations(revision: Revision): Promise<Revised>;

  /** How many messages wait for each destination or are under way to it. */
  waitingByDestination(): Promise<Record<string, number>>;

  /** What became of messages that a till or a store asks for. */
  statusOf(messageIds: readonly string[]): Promise<MessageStatus>;

  /**
   * A person's wish: the deliveries of an entry, or of a whole lane, are due now. At a main an entry
   * that waits or is parked is judged again.
   */
  retryEntry(entryNo: number, actor: string): Promise<'retried' | 'unknown' | 'nothingWaits'>;
  retryLane(destination: string, terminal: string, actor: string): Promise<void>;

  /* ── master data and definitions ──────────────────────────────────────────────────────────── */

  /** A page of a model as JSON text, built in the database. */
  pageOfModel(query: PageQuery): Promise<ModelPage>;

  /** One row, parsed; undefined when there is none. `scope` '' for shared models. */
  row(model: string, scope: string, id: string): Promise<JsonObject | undefined>;

  /**
   * Puts rows (import, replication, management), stamped with the local time. Rows that an
   * unconfirmed entry has changed here are left as they are (`keepUnconfirmed`), and rows that are
   * equal to what is there are not stamped again. `progress` is stored in the same transaction.
   */
  putRows(put: RowsPut): Promise<{ written: number; kept: number }>;

  /** Puts the rows of several models in one transaction: all of them or, where one fails, none. */
  putTables(puts: readonly RowsPut[]): Promise<void>;

  /** How far replication of a model is; undefined before the first page. */
  replicationProgress(model: string, scope: string): Promise<ReplicationProgress | undefined>;

  /** The definitions as they are now. `version` grows with each change of one of their rows. */
  definitions(): Promise<Definitions>;

  /* ── tickets and cash ─────────────────────────────────────────────────────────────────────── */

  /** Tickets for a search, newest first. */
  findTickets(query: TicketQuery): Promise<TicketHead[]>;

  /** A ticket as its till sent it, with what the server knows of it. */
  ticket(id: string): Promise<{ head: TicketHead; record: JsonObject } | undefined>;

  /** The newest cash-up of a terminal, the record as its till sent it. */
  newestCashup(terminal: string): Promise<{ processed: boolean; record: JsonObject } | undefined>;

  /**
   * The highest number seen behind each document prefix for this terminal, so that a replaced till
   * repeats none. 0 where none was seen.
   */
  documentFloors(prefixes: readonly string[]): Promise<Map<string, number>>;

  /* ── what people see ──────────────────────────────────────────────────────────────────────── */

  /** The parts of the overview that storage knows. Day bounds are epoch ms. */
  overview(query: { dayStartMs: number; dayEndMs: number }): Promise<StoredOverview>;
  lanes(): Promise<Lanes>;
  entries(query: EntriesQuery): Promise<EntriesPage>;
  entry(entryNo: number): Promise<EntryDetail | undefined>;

  /** A till said it is there, and where it says so which edition of the definitions it has. */
  seeTill(till: {
    terminal: string;
    unsent: number | null;
    lastSeq: number | null;
    appVersion: string | null;
    edition?: string | null;
  }): Promise<void>;

  /** Appends an event that no other write causes (a server's state changed). */
  announce(event: Pick<BackroomEvent, 'kind' | 'data'>): Promise<void>;

  /** Events after a number; null when the first of them is no longer kept (load the snapshot again). */
  eventsAfter(seq: number, limit: number): Promise<BackroomEvent[] | null>;

  /** Called after each commit with the events it caused, in order. Returns the way to stop. */
  onEvents(listener: (events: readonly BackroomEvent[]) => void): () => void;

  /* ── this server ──────────────────────────────────────────────────────────────────────────── */

  /** Appends to the audit table, which nothing can change or delete. */
  audit(line: AuditLine): Promise<void>;

  /** Small facts about this server by name (keys, set-up code, what it joined). */
  fact(name: string): Promise<JsonObject | undefined>;
  setFact(name: string, value: JsonObject): Promise<void>;

  /** Finishes what waits, closes the files. Nothing may be called afterwards. */
  close(): Promise<void>;
}

/**
 * Why storage could not do it. `full` and `broken` are faults of the disk; `busy`: its line is full;
 * `failed`: this operation alone was refused by the database, and left nothing behind.
 */
export class StorageError extends Error {
  readonly code: 'busy' | 'full' | 'broken' | 'closed' | 'failed';

  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

/** Why storage could not be opened; the message tells the person who starts the server what to do. */
export class StorageOpenError extends Error {
  readonly code: 'locked' | 'notWritable' | 'newer' | 'broken';

  constructor(code: StorageOpenError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageOpenError';
    this.code = code;
  }
}

export interface StorageFacts {
  engine: 'sqlite';
  path: string;
  /** `synchronous` as each connection reports it after opening: 2 is FULL. */
  synchronous: number;
  journalMode: string;
  schemaVersion: number;
  /** Raised at every creation of the database, so that a restored or cloned box is noticed. */
  serverEpoch: number;
}

export interface NewMessage {
  messageId: string;
  /** SHA-256 of `body`, lower-case hexadecimal. */
  digest: string;
  service: string;
  terminal: string;
  organization: string;
  body: Uint8Array;
  /** Number of records in it. */
  records: number;
  reading: Reading;
  /** Keys of the mains that it must reach. Empty at a main without another main above it. */
  destinations: readonly string[];
  judge: boolean;
  masked: boolean;
  tillSeq: number | null;
  prevDigest: string | null;
  /** Key of this server, for the receipt. */
  serverKey: string;
  /** Who handed it over: `user:<id>` or `server:<key>`. */
  actor: string;
}

export interface Accepted {
  receipt: Receipt;
  /** True when it was known already. */
  repeated: boolean;
  entryNo: number;
}

export interface ClaimQuery {
  /** A main's key, or a group of them (core/destination-group.ts). */
  destination: string;
  /** For a group: who claims, whether it leads (begins what nobody has tried), and who is offline. */
  group?: { member: string; leads: boolean; offline: readonly string[] };
  /** Deliveries whose lane is due at this time are taken, epoch ms. */
  nowMs: number;
  limit: number;
  byteLimit: number;
}

export interface ClaimedDelivery {
  deliveryNo: number;
  /** Settling needs it: a claim that was released and taken again has another. */
  claim: number;
  entryNo: number;
  messageId: string;
  digest: string;
  service: string;
  terminal: string;
  body: Uint8Array;
  /** Failed attempts of the lane in a row. */
  laneAttempts: number;
}

export type Settlement = { deliveryNo: number; claim: number } & (
  | { result: 'acknowledged'; outcome: Outcome; reason: string | null }
  /** The lane waits until `nextAttemptMs`. */
  | { result: 'retry'; nextAttemptMs: number; error: string }
  /** The main refuses it for good: parked here. */
  | { result: 'rejected'; error: string }
  /** Not sent, or stopped by a shutdown: back in line as it was. */
  | { result: 'interrupted' }
);

export interface Revision {
  /** Whose change of the definitions it follows. */
  actor: string;
  routes: readonly RevisedRoute[];
}

/** How many deliveries were added and withdrawn, and messages confirmed. */
export interface Revised {
  added: number;
  withdrawn: number;
  confirmed: number;
}

export interface MessageStatus {
  /** Acknowledged by every destination; at a main that passes it on to none: taken. */
  confirmed: string[];
  parked: { id: string; reason: string }[];
  unknown: string[];
}

/** Which price-list scopes a page is made of. */
export type ScopeSelector = { own: string } | { others: string };

export interface PageQuery {
  model: string;
  scope: ScopeSelector;
  /** Null: a full load, active rows only. Else rows stamped after it, also inactive ones. Epoch ms. */
  changedAfterMs: number | null;
  filters: readonly RowFilter[];
  /** Empty: the model's own order. `property` is a declared one. */
  order: readonly { property: string; descending: boolean }[];
  limit: number;
  offset: number;
}

/** A filter of a remote search: any of the properties meets the operator. */
export interface RowFilter {
  properties: readonly string[];
  operator: 'equals' | 'notEquals' | 'greaterThan' | 'lessThan' | 'startsWith' | 'contains';
  value: string | number | boolean;
}

export interface ModelPage {
  /** A JSON list as UTF-8 text. */
  rows: Uint8Array;
  count: number;
}

export interface RowsPut {
  model: string;
  rows: readonly ModelRow[];
  keepUnconfirmed: boolean;
  progress?: ReplicationProgress & { scope: string };
  /** For the audit, where a person did it. */
  actor?: string;
}

export interface ReplicationProgress {
  /** Where the next page of a full load starts; null when the full load is finished. */
  offset: number | null;
  /** What the next increment asks for: the main's clock when the last finished round began, epoch ms. */
  lastUpdatedMs: number;
}

export interface TicketQuery {
  /** Part of the document number or of the customer's name. */
  text?: string;
  documentKinds?: readonly TicketHead['documentKind'][];
  organization?: string;
  terminal?: string;
  /** UTC ISO bounds, inclusive and exclusive. */
  fromIso?: string;
  untilIso?: string;
  grossFromMinor?: number;
  grossToMinor?: number;
  limit: number;
  offset: number;
}

export interface TicketHead {
  id: string;
  documentNo: string;
  documentKind: 'sale' | 'return' | 'layaway' | 'quotation' | 'void';
  terminal: string;
  organization: string;
  businessPartner: string | null;
  businessPartnerName: string | null;
  orderedAt: string;
  grossMinor: number;
  netMinor: number;
  cancelled: boolean;
  /** When this server last changed it: the version that a till sends back as `loaded`. */
  updatedAt: string;
}

export type StoredOverview = Pick<Overview, 'seq' | 'queue'> & {
  today: { tickets: number; grossMinor: number };
  tills: {
    terminal: string;
    lastSeenMs: number | null;
    unsent: number | null;
    waiting: number;
    parked: number;
  }[];
  /** Waiting deliveries by destination. */
  waitingByDestination: Record<string, number>;
};

export interface EntriesQuery {
  state?: EntryState;
  terminal?: string;
  /** Entries with a smaller number. */
  before?: number;
  limit: number;
}

export interface AuditLine {
  actor: string;
  action: string;
  subject: string;
  detail: JsonObject;
}
