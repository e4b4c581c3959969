import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFINITION_SCHEMAS } from '../../../server/contract/definitions.ts';
import type { ModelDeclaration } from '../../../server/core/model.ts';
import { keyOf, toModelRow } from '../../../server/core/model.ts';
import { models } from '../../support/mobile/shop.ts';

const model: ModelDeclaration = {
  name: 'Thing',
  service: 'x.Thing',
  properties: { id: 'key', name: 'text', price: 'number', flag: 'yesNo', active: 'boolean' },
  scope: 'shared',
  order: ['price'],
  searchable: [],
};
const descending = { ...model, order: ['-price'] };

const sortKey = (of: ModelDeclaration, price: number): string => {
  const row = toModelRow(of, { id: 'x', price });
  if ('reason' in row) throw new Error(row.reason);
  return row.sortKey;
};

describe('toModelRow', () => {
  it('completes what is missing with null and keeps what it does not know', () => {
    const row = toModelRow(model, { id: 'a', extra: [1] });
    expect(row).toMatchObject({ id: 'a', scope: '', active: true });
    expect(JSON.parse('json' in row ? row.json : '')).toEqual({
      ...{ id: 'a', name: null, price: null, flag: null, active: null },
      extra: [1],
    });
  });

  it('says what is wrong with a row', () => {
    expect(toModelRow(model, { name: 'a' })).toMatchObject({ id: null });
    expect(toModelRow(model, { id: 'a', price: '1' })).toMatchObject({
      reason: '"price" is not of type number',
    });
    expect(toModelRow(model, { id: 'a', flag: true })).toHaveProperty('reason');
  });

  it('makes numbers comparable as text, both ways', () => {
    const price = fc.double({ noNaN: true });
    fc.assert(
      fc.property(price, price, (one, other) => {
        const up = sortKey(model, one) < sortKey(model, other);
        const down = sortKey(descending, one) < sortKey(descending, other);
        expect([up, down]).toEqual([one < other, one > other]);
      }),
    );
  });

  it('makes texts comparable both ways, one that begins with another too', () => {
    const key = (order: string, name: string): string => {
      const row = toModelRow({ ...model, order: [order] }, { id: 'x', name });
      if ('reason' in row) throw new Error(row.reason);
      return row.sortKey;
    };
    const name = fc.stringMatching(/^[a-z ]{0,6}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(key('name', one) < key('name', other)).toBe(one < other);
        expect(key('-name', one) < key('-name', other)).toBe(one > other);
      }),
    );
  });

  it('puts a missing value behind all others', () => {
    const missing = toModelRow(model, { id: 'x' });
    const key = 'sortKey' in missing ? missing.sortKey : '';
    fc.assert(fc.property(fc.double({ noNaN: true }), (price) => sortKey(model, price) < key));
  });
});

describe('the declared models', () => {
  it('have names and services of their own, one key each, and order and search by what they have', () => {
    expect(new Set(models.map((one) => one.name)).size).toBe(models.length);
    expect(new Set(models.map((one) => one.service)).size).toBe(models.length);
    for (const one of models) {
      const types = Object.values(one.properties);
      expect(types.filter((type) => type === 'key')).toHaveLength(1);
      const named = [...one.order.map((name) => name.replace('-', '')), ...one.searchable];
      const columns = Object.keys(one.structure?.columns ?? {});
      for (const name of [...named, ...columns]) {
        expect(Object.keys(one.properties), `${one.name}.${name}`).toContain(name);
      }
      if (one.scopeProperty !== undefined) expect(one.properties).toHaveProperty(one.scopeProperty);
    }
  });

  it('have every member of the definitions, for servers only', () => {
    for (const [name, schema] of Object.entries(DEFINITION_SCHEMAS)) {
      const declared = models.find((one) => one.name === name)!;
      expect(Object.keys(declared.properties).toSorted()).toEqual(
        Object.keys(schema.shape).toSorted(),
      );
      expect(declared).toMatchObject({ service: `backroom.master.${name}`, serversOnly: true });
      expect(keyOf(declared)).toBe('id');
    }
  });
});
