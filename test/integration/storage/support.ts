import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, Need } from '../../../server/core/change.ts';
import type { ModelDeclaration, ModelRow } from '../../../server/core/model.ts';
import { toModelRow } from '../../../server/core/model.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { ClaimedDelivery, NewMessage, Storage } from '../../../server/storage/port.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';

export const CUSTOMER: ModelDeclaration = {
  name: 'BusinessPartner',
  service: 'master.BusinessPartner',
  properties: { id: 'key', name: 'text', active: 'boolean', loaded: 'timestamp' },
  scope: 'shared',
  order: ['name'],
  searchable: ['name'],
};
export const PRODUCT: ModelDeclaration = {
  name: 'Product',
  service: 'master.Product',
  properties: { id: 'key', name: 'text', listPrice: 'number', active: 'boolean' },
  scope: 'ownPriceList',
  order: ['name'],
  searchable: ['name'],
};
export const TERMINAL: ModelDeclaration = {
  name: 'Terminal',
  service: 'backroom.master.Terminal',
  properties: { id: 'key', name: 'text' },
  scope: 'shared',
  order: [],
  searchable: [],
  serversOnly: true,
};
const MODELS = [CUSTOMER, PRODUCT, TERMINAL];

/** A storage on a folder of its own with a clock that a test moves. */
export interface TestStorage extends AsyncDisposable {
  storage: Storage;
  directory: string;
  clock: { nowMs(): number; monotonicMs(): number; set(nowMs: number): void };
  /** Closes and opens again. */
  reopen(): Promise<void>;
}

/** 2026-01-01. */
export const START_MS = Date.UTC(2026, 0, 1);
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

export function openOn(directory: string, nowMs: () => number = () => START_MS): Promise<Storage> {
  const clock = { nowMs, monotonicMs: nowMs };
  return openSqliteStorage({ directory, models: MODELS, clock, log: QUIET });
}

export async function openTestStorage(): Promise<TestStorage> {
  const directory = mkdtempSync(join(tmpdir(), 'backroom-storage-'));
  let nowMs = START_MS;
  const test: TestStorage = {
    storage: await openOn(directory, () => nowMs),
    directory,
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs, set: (toMs) => void (nowMs = toMs) },
    async reopen() {
      await test.storage.close();
      test.storage = await openOn(directory, () => nowMs);
    },
    async [Symbol.asyncDispose]() {
      await test.storage.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return test;
}

export interface MessageParts {
  changes?: Change[];
  needs?: Need[];
  makes?: string[];
  orderedAfter?: string[];
  /** The message's `data`; each test's messages differ by it. */
  data?: JsonObject[];
}

/** A message of a store (`judge` false, one destination) unless told otherwise. */
export function message(
  messageId: string,
  parts: MessageParts & Partial<NewMessage> = {},
): NewMessage {
  const { changes = [], needs = [], makes = [], orderedAfter = [], data, ...rest } = parts;
  const body = rest.body ?? Buffer.from(JSON.stringify({ messageId, data: data ?? [{}] }));
  return {
    messageId,
    digest: createHash('sha256').update(body).digest('hex'),
    service: 'OrderLoader',
    terminal: 'T1',
    organization: 'store',
    records: 1,
    reading: { ok: true, understanding: { changes, needs, makes, orderedAfter } },
    destinations: ['MAIN'],
    judge: false,
    masked: false,
    tillSeq: null,
    prevDigest: null,
    serverKey: 'SERVER',
    actor: 'user:1',
    ...rest,
    body,
  };
}

/** A message at a main. */
export function mainMessage(
  messageId: string,
  parts: MessageParts & Partial<NewMessage> = {},
): NewMessage {
  return message(messageId, { judge: true, destinations: [], ...parts });
}

export function ticketOf(
  id: string,
  parts: Partial<Extract<Change, { kind: 'ticket' }>> = {},
): Extract<Change, { kind: 'ticket' }> {
  return {
    kind: 'ticket',
    id,
    documentNo: `T1/${id}`,
    documentKind: 'sale',
    organization: 'store',
    businessPartner: null,
    orderedAt: '2026-01-01T10:00:00.000Z',
    grossMinor: 250,
    netMinor: 200,
    cashupId: null,
    loadedAt: null,
    record: { id },
    ...parts,
  };
}

export function customerOf(
  id: string,
  parts: Partial<Extract<Change, { kind: 'record' }>> = {},
): Extract<Change, { kind: 'record' }> {
  const values = { id, name: `Customer ${id}`, active: true };
  return { kind: 'record', model: 'BusinessPartner', id, values, loadedAt: null, ...parts };
}

export function cashupOf(
  id: string,
  parts: Partial<Extract<Change, { kind: 'cashup' }>> = {},
): Extract<Change, { kind: 'cashup' }> {
  return { kind: 'cashup', id, processed: true, ticketIds: [], record: { id }, ...parts };
}

export function rowOf(model: ModelDeclaration, values: JsonObject, scope = ''): ModelRow {
  const row = toModelRow(model, values, scope);
  if ('reason' in row) throw new Error(row.reason);
  return row;
}

/** Claims what is due at the clock's time. */
export function claimDue(
  { storage, clock }: TestStorage,
  parts: { destination?: string; limit?: number; byteLimit?: number } = {},
): Promise<ClaimedDelivery[]> {
  return storage.claim({
    destination: 'MAIN',
    limit: 100,
    byteLimit: 1_000_000,
    nowMs: clock.nowMs(),
    ...parts,
  });
}

export function acknowledged({ deliveryNo, claim }: ClaimedDelivery) {
  const outcome: { result: 'acknowledged'; outcome: 'applied'; reason: null } = {
    result: 'acknowledged',
    outcome: 'applied',
    reason: null,
  };
  return { deliveryNo, claim, ...outcome };
}
