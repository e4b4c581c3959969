import type { Definitions, Terminal } from '../contract/definitions.ts';
import { isJsonObject } from '../contract/json.ts';
import type { JsonObject } from '../contract/json.ts';
import { errorWords } from './reply.ts';
import { lineageOf } from './organizations.ts';
import { servesOrganization } from './servers.ts';

/**
 * Replication of one model: a full load by pages, a proof that no row was passed over, then increments.
 * What is asked next is `lastUpdated` on the main's own clock, as the first answer of a round gave it,
 * less an overlap: so it does not matter how far the clocks of the two servers are apart.
 */
export interface Progress {
  /** Where the next page of a full load starts; null when the full load is finished. */
  offset: number | null;
  /** What the next increment asks for, epoch ms of the main's clock. */
  lastUpdatedMs: number;
}

/** Where a round is. */
export interface Cursor {
  /** Null in a full load. */
  sinceMs: number | null;
  offset: number;
  /** What the next round will ask for; null before the first answer. */
  nextSinceMs: number | null;
  /** True while it is asked what changed during the full load. */
  proving: boolean;
}

/** Rows of a page. */
export const PAGE_ROWS = 1000;

/**
 * Rows that two neighbouring pages share. Between two requests rows may leave the set or move in its
 * order, which shifts the later ones towards the front; without shared rows some would be passed over.
 * Where more rows than these changed during a full load, everything is asked for again.
 */
export const PAGE_OVERLAP_ROWS = 20;

/**
 * What an increment asks for again of the time before the last round, ms: longer than a main takes
 * between stamping a row and committing it.
 */
export const OVERLAP_MS = 30_000;

/** As `lastUpdated`: everything, inactive rows too (a full load gives active rows only). */
export const BEGINNING_MS = 1;

/** Where a round starts: a full load (again from where it stopped), or an increment. */
export function startRound(progress: Progress | undefined): Cursor {
  const start = { sinceMs: null, offset: 0, nextSinceMs: null, proving: false };
  if (progress === undefined) return start;
  const { offset, lastUpdatedMs } = progress;
  if (offset !== null) return { ...start, offset, nextSinceMs: lastUpdatedMs };
  return { ...start, sinceMs: lastUpdatedMs };
}

/** What follows a page. */
export interface Step {
  /** To be stored together with the page's rows; null where nothing new can be promised. */
  progress: Progress | null;
  /** Where the round goes on; null at its end. */
  next: Cursor | null;
}

/** After a page with `rows` rows, which the main answered at `mainClockMs` of its own clock. */
export function afterPage(cursor: Cursor, rows: number, mainClockMs: number): Step {
  const nextSinceMs = cursor.nextSinceMs ?? nextSince(cursor.sinceMs, mainClockMs);
  if (cursor.proving) return afterProof(nextSinceMs, rows);
  const isLast = rows < PAGE_ROWS;
  const nextOffset = cursor.offset + PAGE_ROWS - PAGE_OVERLAP_ROWS;
  const next = isLast ? null : { ...cursor, nextSinceMs, offset: nextOffset };
  return cursor.sinceMs === null
    ? afterLoad(cursor, next, nextSinceMs)
    : afterIncrement(cursor.sinceMs, next, nextSinceMs, rows);
}

/** Each page of a full load is progress. The end is proven, except that one page is one look. */
function afterLoad(cursor: Cursor, next: Cursor | null, nextSinceMs: number): Step {
  if (next !== null) {
    return { progress: { offset: next.offset, lastUpdatedMs: nextSinceMs }, next };
  }
  if (cursor.offset === 0) {
    return { progress: { offset: null, lastUpdatedMs: nextSinceMs }, next: null };
  }
  const progress = { offset: cursor.offset, lastUpdatedMs: nextSinceMs };
  return { progress, next: { sinceMs: nextSinceMs, offset: 0, nextSinceMs, proving: true } };
}

/** An increment that breaks off is asked for again from its beginning: its set grows meanwhile. */
function afterIncrement(
  sinceMs: number,
  next: Cursor | null,
  nextSinceMs: number,
  rows: number,
): Step {
  // Without rows, asking a little further back the next time costs nothing.
  const isNews = next === null && (rows > 0 || nextSinceMs < sinceMs);
  return { progress: isNews ? { offset: null, lastUpdatedMs: nextSinceMs } : null, next };
}

/** `rows` changed since the full load began: no more than these can have shifted a row out of sight. */
function afterProof(loadBeganMs: number, rows: number): Step {
  const isProven = rows <= PAGE_OVERLAP_ROWS;
  const progress = { offset: null, lastUpdatedMs: isProven ? loadBeganMs : BEGINNING_MS };
  return { progress, next: isProven ? null : startRound(progress) };
}

function nextSince(sinceMs: number | null, mainClockMs: number): number {
  // The main's clock went back: what it stamped in the meantime lies before what was asked for.
  if (sinceMs !== null && mainClockMs < sinceMs) return BEGINNING_MS;
  return Math.max(BEGINNING_MS, mainClockMs - OVERLAP_MS);
}

/** What a till would send for the page at the cursor, in the name of the terminal where there is one. */
export function pageParameters(
  cursor: Cursor,
  terminal: Terminal | undefined,
  now: { iso: string; timeoutMs: number },
): JsonObject {
  return {
    ...(terminal && {
      client: terminal.client,
      organization: terminal.organization,
      pos: terminal.id,
      terminalName: terminal.searchKey,
    }),
    appName: 'WebPOS',
    timeout: now.timeoutMs,
    ...(cursor.sinceMs !== null && { lastUpdated: cursor.sinceMs }),
    _limit: PAGE_ROWS,
    _offset: cursor.offset,
    _count: cursor.offset,
    _isMasterdata: true,
    parameters: { terminalTime: now.iso, terminalTimeOffset: { value: 0 } },
  };
}

/** A page as the main answered it. */
export interface Page {
  rows: JsonObject[];
  /** The main's clock, epoch ms. */
  mainClockMs: number;
}

/**
 * Reads the answer to a page's query. `ownClockMs` stands in where the main does not tell its time.
 * An answer that says that it holds more rows than arrived is an error, not a page.
 */
export function readPage(
  body: JsonObject,
  cursor: Cursor,
  ownClockMs: number,
): Page | { error: string } {
  const { response } = body;
  if (!isJsonObject(response)) return { error: 'the answer has no "response"' };
  if (response['status'] !== 0) {
    const otherwise = `the answer has the status ${JSON.stringify(response['status'])}`;
    return { error: errorWords(response['error'], otherwise) };
  }
  const { data, endRow, lastUpdated } = response;
  if (!Array.isArray(data)) return { error: 'the answer has no list "data"' };
  const rows = data.filter(isJsonObject);
  if (rows.length !== data.length) return { error: 'the answer has rows that are no objects' };
  const said = typeof endRow === 'number' ? endRow + 1 - cursor.offset : 0;
  if (rows.length > 0 && said > rows.length) {
    return { error: `the answer says that it has ${said} rows, but ${rows.length} arrived` };
  }
  const clock = Number(lastUpdated ?? Number.NaN);
  return { rows, mainClockMs: Number.isSafeInteger(clock) ? clock : ownClockMs };
}

/**
 * One terminal for each price list that is sold from at this server, to ask for scoped models in its
 * name: active terminals of the organizations that the server serves.
 */
export function representatives(definitions: Definitions, serverKey: string): Terminal[] {
  const server = definitions.servers.find((row) => row.key === serverKey);
  const served = ({ organization }: Terminal): boolean =>
    server === undefined || servesOrganization(server, lineageOf(definitions, organization));
  const byPriceList = new Map<string, Terminal>();
  for (const terminal of definitions.terminals) {
    if (!terminal.active || !served(terminal) || byPriceList.has(terminal.priceList)) continue;
    byPriceList.set(terminal.priceList, terminal);
  }
  return [...byPriceList.values()];
}
