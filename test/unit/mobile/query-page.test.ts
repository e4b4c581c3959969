import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../server/contract/json.ts';
import { LIMITS } from '../../../server/contract/limits.ts';
import { Product } from '../../../server/mobile/modules/posterminal/models/products.ts';
import { CLOCK_SKEW_OVERLAP_MS } from '../../../server/mobile/query/last-updated.ts';
import { pageEnvelope } from '../../../server/mobile/query/page-envelope.ts';
import { readPageQuery } from '../../../server/mobile/query/page-query.ts';
import { isRefusal } from '../../../server/mobile/query/refusal.ts';
import { NOW_MS, tillQuery } from '../../support/mobile/shop.ts';

const read = (parameters: JsonObject) =>
  readPageQuery(Product, parameters, { scope: { own: 'A' }, nowMs: NOW_MS });

function query(parameters: JsonObject) {
  const wanted = read(parameters);
  if (isRefusal(wanted)) throw new Error(wanted.refused);
  return { ...wanted.query, startRow: wanted.startRow };
}

function refusal(parameters: JsonObject): string {
  const wanted = read(parameters);
  if (!isRefusal(wanted)) throw new Error('it was taken');
  return wanted.refused;
}

const filter = (more: JsonObject): JsonObject => ({
  remoteFilters: [{ columns: ['searchkey'], operator: 'equals', value: 'x', ...more }],
});

describe('a query of a real till', () => {
  it('is a full load in the model’s own order', () => {
    expect(query(tillQuery({ _limit: 500 }))).toEqual({
      model: 'Product',
      scope: { own: 'A' },
      changedAfterMs: null,
      filters: [],
      order: [],
      limit: 500,
      offset: 0,
      startRow: 0,
    });
  });
});

describe('_limit, _offset and _count', () => {
  it('are numbers, digits, or a number for each query of the model', () => {
    expect(query({ _limit: '20', _offset: '40', _count: 40 })).toMatchObject({
      ...{ limit: 20, offset: 40, startRow: 40 },
    });
    expect(query({ _limit: [10, 10], _offset: [30, 30] })).toMatchObject({ limit: 20, offset: 60 });
    expect(query({ _limit: [10, 10], _offset: 30 })).toMatchObject({ limit: 20, offset: 60 });
    expect(query({})).toMatchObject({ limit: LIMITS.rowsPerPage, offset: 0, startRow: 0 });
    expect(query({ _count: true })).toMatchObject({ startRow: 0 });
  });

  it.each<[string, Json]>([
    ['_limit', -1],
    ['_limit', 0],
    ['_limit', 1.5],
    ['_limit', 'ten'],
    ['_limit', {}],
    ['_limit', []],
    ['_limit', [60_000, 60_000]],
    ['_limit', LIMITS.rowsPerPage + 1],
    ['_offset', -1],
    ['_offset', 1e300],
    ['_offset', LIMITS.largestOffset + 1],
    ['_count', -1],
  ])('refuse %s %j with the name and the bounds', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^"${name}" is .*whole number from`));
  });
});

describe('lastUpdated', () => {
  it.each([undefined, null, '', 'null', 'undefined'])('%j is a full load', (lastUpdated) => {
    expect(query({ lastUpdated }).changedAfterMs).toBeNull();
  });

  it('looks back an overlap, and never relies on a clock that is ahead', () => {
    const since = NOW_MS - 60 * 60_000;
    expect(query({ lastUpdated: since }).changedAfterMs).toBe(since - CLOCK_SKEW_OVERLAP_MS);
    expect(query({ lastUpdated: String(since) }).changedAfterMs).toBe(
      since - CLOCK_SKEW_OVERLAP_MS,
    );
    expect(query({ lastUpdated: NOW_MS + 1e9 }).changedAfterMs).toBe(
      NOW_MS - CLOCK_SKEW_OVERLAP_MS,
    );
    expect(query({ lastUpdated: 1 }).changedAfterMs).toBe(0);
  });

  it.each<Json>(['yesterday', -1, 1.5, 1e300, true, [], {}])('refuses %j', (lastUpdated) => {
    expect(refusal({ lastUpdated })).toMatch(/^"lastUpdated" is .*milliseconds since 1970/);
  });
});

describe('remoteFilters', () => {
  it('become filters of the declared types', () => {
    const remoteFilters = [
      { columns: ['_filter'], operator: 'filter', value: 'bread' },
      { columns: [], operator: 'filter', value: 'roll' },
      { columns: 'product.productCategory', operator: 'contains', value: 'C1', isId: true },
      { columns: ['bestseller'], operator: 'equals', value: 'true', boolean: true },
      { columns: ['listPrice'], operator: 'lessThan', value: '2.50', fieldType: 'Number' },
      { columns: ['brand'], operator: 'equals', value: '__all__' },
      { columns: ['searchkey'], operator: 'startsWith', value: 'A', params: [] },
    ];
    expect(query({ remoteFilters }).filters).toEqual([
      { properties: ['_identifier'], operator: 'contains', value: 'bread' },
      { properties: ['_identifier'], operator: 'contains', value: 'roll' },
      { properties: ['productCategory'], operator: 'equals', value: 'C1' },
      { properties: ['bestseller'], operator: 'equals', value: true },
      { properties: ['listPrice'], operator: 'lessThan', value: 2.5 },
      { properties: ['searchkey'], operator: 'startsWith', value: 'A' },
    ]);
  });

  it.each<[JsonObject, RegExp]>([
    [filter({ columns: ['password'] }), /cannot be searched by the column "password"; its columns/],
    [filter({ columns: ['__proto__'] }), /cannot be searched by the column/],
    [filter({ columns: [7] }), /cannot be searched by the column 7/],
    [filter({ columns: {} }), /must name its "columns"/],
    [filter({ operator: 'matches' }), /operator "matches"; it must be one of equals, notEquals/],
    [filter({ operator: 'constructor' }), /operator "constructor"/],
    [filter({ operator: undefined }), /operator missing/],
    [filter({ value: null }), /value null/],
    [filter({ value: 'x'.repeat(1001) }), /longer than 1000/],
    [filter({ columns: ['listPrice'], value: 'cheap' }), /which is not of type number/],
    [filter({ columns: ['bestseller'], value: 'perhaps' }), /which is not of type boolean/],
    [{ remoteFilters: 'all' }, /must be a list/],
    [{ remoteFilters: [1] }, /filter 1 of "remoteFilters" must be an object/],
    [{ remoteFilters: Array.from({ length: 31 }, () => ({})) }, /at most 30/],
  ])('refuse %j', (parameters, message) => {
    expect(refusal(parameters)).toMatch(message);
  });
});

describe('the order', () => {
  it('is read from a clause or from a list', () => {
    const order = [
      { property: 'listPrice', descending: true },
      { property: '_identifier', descending: false },
    ];
    expect(query({ orderByClause: 'product.listPrice DESC, _filter' }).order).toEqual(order);
    const orderByProperties = [{ property: 'listPrice', sorting: 'desc' }, '_identifier'];
    expect(query({ orderByProperties }).order).toEqual(order);
  });

  it.each<[JsonObject, RegExp]>([
    [{ orderByClause: 'listPrice; drop table record' }, /cannot be ordered by "listPrice;"/],
    [{ orderByClause: 'listPrice sideways' }, /"asc" or "desc", not "sideways"/],
    [{ orderByClause: 'listPrice desc nulls last' }, /"asc" or "desc"/],
    [{ orderByClause: 5 }, /must be text/],
    [{ orderByProperties: 'name' }, /must be a list/],
    [{ orderByClause: 'a,b,c,d,e,f' }, /at most 5/],
  ])('is refused in %j', (parameters, message) => {
    expect(refusal(parameters)).toMatch(message);
  });
});

describe('any JSON', () => {
  it('is taken within the limits or refused, and never throws', () => {
    const names = ['_limit', '_offset', '_count', 'lastUpdated', 'remoteFilters'];
    const more = ['orderByClause', 'orderByProperties', 'parameters'];
    const parameters = fc.dictionary(fc.constantFrom(...names, ...more), fc.jsonValue());
    fc.assert(
      fc.property(parameters, (given) => {
        const wanted = read(given);
        if (isRefusal(wanted)) return;
        expect(wanted.query.limit).toBeGreaterThan(0);
        expect(wanted.query.limit).toBeLessThanOrEqual(LIMITS.rowsPerPage);
        expect(wanted.query.offset).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('pageEnvelope', () => {
  const envelope = (rows: string, count: number, startRow = 0) =>
    (
      JSON.parse(
        pageEnvelope({ rows: Buffer.from(rows), count, startRow, lastUpdatedMs: 5 }).toString(),
      ) as { response: JsonObject }
    ).response;

  it('counts the rows of earlier pages, and names the total only where it is 0', () => {
    expect(envelope('[{"id":"ä"},{"id":"b"}]', 2, 10)).toEqual({
      data: [{ id: 'ä' }, { id: 'b' }],
      startRow: 10,
      endRow: 11,
      status: 0,
      lastUpdated: 5,
    });
    expect(envelope('[]', 0)).toMatchObject({ endRow: -1, totalRows: 0 });
    expect(envelope('[]', 0, 10)).not.toHaveProperty('totalRows');
  });
});
