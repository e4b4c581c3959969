import type { DBSchema, IDBPDatabase } from 'idb';
import type { JsonObject } from '../../server/contract/json.ts';
import type { KeptReceipt, SuspendedCart } from '../keeping.ts';
import type { QueueRecord } from '../queue-state.ts';

/** Raised with each change of the stores; {@link upgrade} then brings older databases to it. */
export const SCHEMA_VERSION = 1;

/** Who may write the queue: each lead has a higher epoch than those before it. */
export interface LeadRow {
  epoch: number;
  /** Counts up while a leader without Web Locks lives. */
  beats: number;
  /** Given back in order: the next need not wait for silence. */
  isFree: boolean;
}

/** The head of the compacted queue a second time, with the key at which it stands. */
export interface HeadCopy {
  key: number;
  record: QueueRecord;
}

/** A receipt without its record, which is long and read only for those that are found. */
export interface ReceiptHeader extends Omit<KeptReceipt, 'record'> {
  /** In the order in which they were put; given by the database. */
  order?: number;
}

export interface CashierRow {
  userId: string;
  userName: string;
  name: string;
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  verifier: ArrayBuffer;
  /** Wrong tries since the last right one, those under way counted as wrong. */
  wrongTries: number;
  lockedSinceMs: number;
  lockedForMs: number;
}

/** What is known of the whole of the master data. */
export interface LoadRow {
  lastUpdatedMs: Readonly<Record<string, number>>;
  loadedAtMs: number;
}

export interface TillSchema extends DBSchema {
  /** The queue's log. What is read is checked before it counts as a {@link QueueRecord}. */
  queue: { key: number; value: unknown };
  head: { key: 'head'; value: HeadCopy };
  lead: { key: 'lead'; value: LeadRow };
  receipts: {
    key: number;
    value: ReceiptHeader;
    indexes: { messageId: string; ticketId: string; where: string };
  };
  receiptRecords: { key: number; value: JsonObject };
  load: { key: 'load'; value: LoadRow };
  /** By model: the ids of the rows of each chunk. */
  models: { key: string; value: string[][] };
  /** Rows of master data as JSON text, by model and number of the chunk. */
  chunks: { key: [model: string, chunk: number]; value: string };
  answers: { key: string; value: JsonObject };
  suspended: { key: string; value: SuspendedCart };
  cashiers: { key: string; value: CashierRow };
  keys: { key: 'verifier'; value: CryptoKey };
}

export type TillDatabase = IDBPDatabase<TillSchema>;

/** Makes the stores that an older version does not have. What is there stays. */
export function upgrade(database: TillDatabase, oldVersion: number): void {
  if (oldVersion < 1) createFirst(database);
}

function createFirst(database: TillDatabase): void {
  database.createObjectStore('queue', { autoIncrement: true });
  database.createObjectStore('head');
  database.createObjectStore('lead');
  const receipts = database.createObjectStore('receipts', {
    keyPath: 'order',
    autoIncrement: true,
  });
  receipts.createIndex('messageId', 'messageId', { unique: true });
  receipts.createIndex('ticketId', 'ticketId');
  receipts.createIndex('where', 'where');
  database.createObjectStore('receiptRecords');
  database.createObjectStore('load');
  database.createObjectStore('models');
  database.createObjectStore('chunks');
  database.createObjectStore('answers');
  database.createObjectStore('suspended', { keyPath: 'id' });
  database.createObjectStore('cashiers', { keyPath: 'userName' });
  database.createObjectStore('keys');
}
