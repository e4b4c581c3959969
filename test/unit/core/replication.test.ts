import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Definitions, Terminal } from '../../../server/contract/definitions.ts';
import type { Cursor, Progress } from '../../../server/core/replication.ts';
import {
  BEGINNING_MS,
  OVERLAP_MS,
  PAGE_OVERLAP_ROWS,
  PAGE_ROWS,
  afterPage,
  pageParameters,
  readPage,
  representatives,
  startRound,
} from '../../../server/core/replication.ts';
import { definitionsOf } from '../../support/definitions.ts';

const saying = (part: string): string => expect.stringContaining(part) as string;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const STEP = PAGE_ROWS - PAGE_OVERLAP_ROWS;
const fullCursor = startRound(undefined);
const increment = (lastUpdatedMs: number): Cursor => startRound({ offset: null, lastUpdatedMs });

describe('rounds', () => {
  it('load all pages, prove that none was passed over, then ask for increments', () => {
    const since = NOON - OVERLAP_MS;
    const first = afterPage(startRound(undefined), PAGE_ROWS, NOON);
    expect(first.progress).toEqual({ offset: STEP, lastUpdatedMs: since });
    const second = afterPage(first.next!, PAGE_ROWS, NOON + 50_000);
    expect(second.progress).toEqual({ offset: 2 * STEP, lastUpdatedMs: since });
    const last = afterPage(second.next!, 3, NOON + 99_000);
    expect(last.progress).toEqual({ offset: 2 * STEP, lastUpdatedMs: since });
    expect(last.next).toMatchObject({ sinceMs: since, offset: 0, proving: true });
    const proof = afterPage(last.next!, PAGE_OVERLAP_ROWS, NOON + 100_000);
    expect(proof).toEqual({ progress: { offset: null, lastUpdatedMs: since }, next: null });
    expect(startRound(proof.progress!)).toMatchObject({
      sinceMs: since,
      offset: 0,
      proving: false,
    });
  });

  it('ask for everything again when too much changed during the full load', () => {
    const first = afterPage(startRound(undefined), PAGE_ROWS, NOON);
    const last = afterPage(first.next!, 3, NOON);
    const proof = afterPage(last.next!, PAGE_OVERLAP_ROWS + 1, NOON);
    expect(proof.progress).toEqual({ offset: null, lastUpdatedMs: BEGINNING_MS });
    expect(proof.next).toEqual(increment(BEGINNING_MS));
  });

  it('resume a full load where it stopped, with the clock of its beginning', () => {
    const cursor = startRound({ offset: STEP, lastUpdatedMs: NOON });
    expect(cursor).toMatchObject({ sinceMs: null, offset: STEP, nextSinceMs: NOON });
    const last = afterPage(cursor, 0, NOON + 1e9);
    expect(afterPage(last.next!, 0, NOON + 1e9).progress).toEqual({
      offset: null,
      lastUpdatedMs: NOON,
    });
  });

  it('need no proof of a full load that is one page', () => {
    expect(afterPage(startRound(undefined), 3, NOON)).toEqual({
      progress: { offset: null, lastUpdatedMs: NOON - OVERLAP_MS },
      next: null,
    });
  });

  it('have nothing to store after an increment without rows', () => {
    expect(afterPage(increment(NOON), 0, NOON + 60_000)).toEqual({ progress: null, next: null });
  });

  it('promise nothing in the middle of an increment', () => {
    const step = afterPage(increment(NOON), PAGE_ROWS, NOON + 60_000);
    expect(step.progress).toBeNull();
    expect(afterPage(step.next!, 1, NOON + 70_000).progress).toEqual({
      offset: null,
      lastUpdatedMs: NOON + 60_000 - OVERLAP_MS,
    });
  });

  it("ask for everything again when the main's clock went back", () => {
    const step = afterPage(increment(NOON), 0, NOON - 1);
    expect(step.progress).toEqual({ offset: null, lastUpdatedMs: BEGINNING_MS });
  });

  it('miss no change of a main whose clock is anywhere and jumps', () => {
    const jump = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), jump), { maxLength: 40 }), (history) => {
        // The clock jumps, the main stamps a change, a round follows. What a round did not ask for
        // must be in what the rounds after it ask for.
        let clock = NOON;
        let progress: Progress = { offset: null, lastUpdatedMs: clock - OVERLAP_MS };
        let unseen: number[] = [];
        for (const [changes, jumpMs] of history) {
          clock = Math.max(1_000_000, clock + jumpMs);
          if (changes) unseen.push(clock);
          clock += 1000;
          const cursor = startRound(progress);
          unseen = unseen.filter((stamp) => stamp <= cursor.sinceMs!);
          progress = afterPage(cursor, 0, clock).progress ?? progress;
        }
        const last = startRound(afterPage(startRound(progress), 0, clock).progress ?? progress);
        expect(unseen.filter((stamp) => stamp <= last.sinceMs!)).toEqual([]);
      }),
    );
  });

  it('pass over no row, however many leave between two pages', () => {
    const ids = Array.from({ length: 2 * PAGE_ROWS }, (_, at) => at);
    const leaving = fc.tuple(fc.nat({ max: ids.length }), fc.nat({ max: 3 * PAGE_OVERLAP_ROWS }));
    fc.assert(
      fc.property(fc.array(leaving, { maxLength: 3 }), (leavings) => {
        let gone: number[] = [];
        const pending = [...leavings];
        const seen = new Set<number>();
        let cursor: Cursor | null = fullCursor;
        while (cursor !== null) {
          const at: Cursor = cursor;
          // Only what left has a stamp after the beginning of the load.
          const set =
            at.sinceMs === null
              ? ids.filter((id) => !gone.includes(id))
              : at.sinceMs === BEGINNING_MS
                ? ids
                : gone;
          const page = set.slice(at.offset, at.offset + PAGE_ROWS);
          for (const id of page) seen.add(id);
          cursor = afterPage(at, page.length, NOON).next;
          const [from, count] = pending.shift() ?? [0, 0];
          gone = [...new Set([...gone, ...ids.slice(from, from + count)])];
        }
        expect(ids.filter((id) => !seen.has(id) && !gone.includes(id))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a page's request", () => {
  it('names the terminal and what is asked for', () => {
    const cursor = { ...increment(NOON), offset: STEP };
    const now = { iso: '2026-11-24T12:00:00.000Z', timeoutMs: 60_000 };
    expect(pageParameters(cursor, terminal('T1', 'P1'), now)).toEqual({
      client: 'C',
      organization: 'O1',
      pos: 'T1',
      terminalName: 'T1-key',
      appName: 'WebPOS',
      timeout: 60_000,
      lastUpdated: NOON,
      _limit: PAGE_ROWS,
      _offset: STEP,
      _count: STEP,
      _isMasterdata: true,
      parameters: { terminalTime: '2026-11-24T12:00:00.000Z', terminalTimeOffset: { value: 0 } },
    });
  });

  it('asks for a full load without lastUpdated, and without a terminal where none is known', () => {
    const request = pageParameters(fullCursor, undefined, { iso: '', timeoutMs: 1 });
    expect(Object.keys(request)).not.toEqual(expect.arrayContaining(['lastUpdated']));
    expect(Object.keys(request)).not.toEqual(expect.arrayContaining(['pos']));
  });
});

describe("a page's answer", () => {
  const page = (response: object, cursor = fullCursor): object =>
    readPage({ response: response as never }, cursor, 5);

  it.each<[string, object, object]>([
    [
      'rows and the clock',
      { status: 0, data: [{ id: 'a' }], lastUpdated: 9 },
      { rows: [{ id: 'a' }], mainClockMs: 9 },
    ],
    ['the clock as text', { status: 0, data: [], lastUpdated: '9' }, { rows: [], mainClockMs: 9 }],
    ['no clock', { status: 0, data: [] }, { rows: [], mainClockMs: 5 }],
    ['an empty page', { status: 0, data: [], endRow: 0, totalRows: 0 }, { rows: [] }],
    ['a whole page', { status: 0, data: [{}, {}], endRow: 1 }, { rows: [{}, {}] }],
    ['fewer rows than it says', { status: 0, data: [{}], endRow: 1 }, { error: saying('2 rows') }],
    ['an error in words', { status: -1, error: 'no such model' }, { error: 'no such model' }],
    ['an error with a message', { status: -1, error: { message: 'no' } }, { error: 'no' }],
    ['an error without words', { status: -4 }, { error: saying('-4') }],
    ['no data', { status: 0 }, { error: saying('data') }],
    ['rows that are no objects', { status: 0, data: [1] }, { error: saying('objects') }],
  ])('%s', (_name, response, expected) => {
    expect(page(response)).toMatchObject(expected);
  });

  it('counts the rows before it where endRow does', () => {
    const second = { ...fullCursor, offset: 10 };
    expect(page({ status: 0, data: [{}, {}], endRow: 11 }, second)).toMatchObject({
      rows: [{}, {}],
    });
    expect(page({ status: 0, data: [{}], endRow: 11 }, second)).toMatchObject({
      error: expect.any(String) as string,
    });
  });

  it('needs a response', () => {
    expect(readPage({}, fullCursor, 5)).toHaveProperty('error');
  });
});

describe('representative terminals', () => {
  const organizations = [
    { id: '0', name: 'All', parent: null, active: true },
    { id: 'North', name: 'North', parent: '0', active: true },
    { id: 'O1', name: 'Shop', parent: 'North', active: true },
    { id: 'O2', name: 'Other shop', parent: '0', active: true },
  ];
  const server: Definitions['servers'][number] = {
    id: 'S',
    key: 'Store',
    name: 'Store',
    description: '',
    type: 'STORE',
    url: 'http://127.0.0.1:1/openbravo',
    priority: 1,
    allOrganizations: false,
    organizations: ['North'],
    allServices: true,
    definedServices: 'only',
    services: [],
    active: true,
  };
  const terminals = [
    terminal('T1', 'P1'),
    terminal('T2', 'P1'),
    terminal('T3', 'P2'),
    { ...terminal('T4', 'P3'), active: false },
    { ...terminal('T5', 'P4'), organization: 'O2' },
  ];

  it('are one for each price list of the served organizations', () => {
    const definitions = definitionsOf({ organizations, servers: [server], terminals });
    expect(representatives(definitions, 'Store').map(({ id }) => id)).toEqual(['T1', 'T3']);
  });

  it('are taken from everywhere by a server for all organizations', () => {
    const servers = [{ ...server, allOrganizations: true }];
    const definitions = definitionsOf({ organizations, servers, terminals });
    expect(representatives(definitions, 'Store').map(({ id }) => id)).toEqual(['T1', 'T3', 'T5']);
  });

  it('are found in a tree with a ring', () => {
    const ring = [{ id: 'O1', name: 'Shop', parent: 'O1', active: true }];
    const definitions = definitionsOf({ organizations: ring, servers: [server], terminals });
    expect(representatives(definitions, 'Store')).toEqual([]);
  });
});

function terminal(id: string, priceList: string): Terminal {
  return {
    id,
    searchKey: `${id}-key`,
    name: id,
    client: 'C',
    organization: 'O1',
    priceList,
    docNoPrefix: id,
    returnDocNoPrefix: null,
    quotationDocNoPrefix: null,
    currency: { id: '102', isoCode: 'EUR', precision: 2 },
    config: {},
    active: true,
  };
}
