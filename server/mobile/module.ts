import type { Json, JsonObject } from '../contract/json.ts';
import type { Definitions, RoutingType, Terminal } from '../contract/definitions.ts';
import type { Reading } from '../core/change.ts';
import type { ModelDeclaration } from '../core/model.ts';
import type { Caller } from '../security/ports.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';

/**
 * A module provides services: a manifest of what it offers and the functions behind it. Adding one to
 * the list in `server/start.ts` is all that it takes; routing, replication, the definitions and the
 * screens follow from the manifest.
 */
export interface ServerModule {
  name: string;
  services: readonly ServiceDeclaration[];
  models: readonly ModelDeclaration[];
}

export type ServiceDeclaration = {
  /** Matched with the requested URL by "contains"; the longest name wins. */
  name: string;
  routingType: RoutingType;
  timeoutMs: number;
} & (
  | { kind: 'query'; answer: QueryHandler }
  | { kind: 'transaction'; reader: TransactionReader }
  /** Listed for clients and routed elsewhere (a path of its own, or another server). */
  | { kind: 'listed' }
);

/** What a handler may use. */
export interface ServiceContext {
  system: System;
  storage: Storage;
  definitions: Definitions;
  caller: Caller;
  /** The till that the request names; undefined where it names none. */
  terminal: Terminal | undefined;
  self: { key: string; role: 'store' | 'main' };
}

/** The parsed parameters of a query, as the till sent them. */
export type QueryParameters = JsonObject;

/**
 * What `response.data` will be, or why the query cannot be answered (`status: -1`). A page of a model
 * comes as the JSON list that storage built: its bytes go out as they are (query/page-envelope.ts).
 */
export type QueryAnswer =
  | { ok: true; data: Json[] }
  | ({ ok: true } & PageOfRows)
  | { ok: false; httpStatus: number; message: string };

/** A page of a model as bytes. */
export interface PageOfRows {
  /** A JSON list as UTF-8 text. */
  rows: Uint8Array;
  /** Rows in it. */
  count: number;
  /** Rows that the client has from earlier pages (`_count`); the page's `startRow`. */
  startRow: number;
  /** The server's clock before the page was read, epoch ms. */
  lastUpdatedMs: number;
}

export type QueryHandler = (
  parameters: QueryParameters,
  context: ServiceContext,
) => Promise<QueryAnswer>;

/**
 * Reads one record of a message: pure, quick, total. `terminal` gives the currency's precision;
 * undefined where the message's terminal is unknown.
 */
export type TransactionReader = (record: JsonObject, terminal: Terminal | undefined) => Reading;
