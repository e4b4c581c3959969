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
    // Amounts of up to four decimals below a thousand million, as prices and positions are.
    const price = fc.integer({ min: -1e13, max: 1e13 }).map((scaled) => scaled / 10_000);
    fc.assert(
      fc.property(price, price, (one, other) => {
        if (one === other) return;
        expect(sortKey(model, one) < sortKey(model, other)).toBe(one < other);
        expect(sortKey(descending, one) < sortKey(descending, other)).toBe(one > other);
      }),
    );
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
