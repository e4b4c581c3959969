import { describe, expect, it } from 'vitest';
import type { Estate } from '../../../../server/contract/estate.ts';
import { estateSchema } from '../../../../server/contract/estate.ts';
import { diffEstates } from '../../../../server/core/estate/diff-estates.ts';

const central = {
  ...{ id: 'S', key: 'Central', name: 'Central', type: 'MAIN' },
  ...{ url: 'https://central.example/openbravo', priority: 10 },
};
const anna = { id: 'U', userName: 'anna', name: 'Anna', role: 'cashier', organization: '0' };
const loyalty = { name: 'Points', module: 'm', routingType: 'Failover', timeoutMs: 1_000 };

function estate(parts: Record<string, unknown> = {}): Estate {
  return estateSchema.parse({
    organizations: [{ id: '0', name: 'All', parent: null }],
    servers: [central],
    ...parts,
  });
}

describe('the difference of two estates', () => {
  it('is none where only the order or a default differs', () => {
    const two = [central, { ...central, id: 'T', key: 'Backup' }];
    const before = estate({ servers: two });
    const after = estate({ servers: two.toReversed(), estate: 1, users: [] });
    expect(diffEstates(before, after)).toEqual([]);
  });

  it('names what was added, removed and changed, row by row', () => {
    const before = estate({
      services: [loyalty],
      models: { Product: [{ priceList: 'L', rows: [{ id: 'P', _identifier: 'Tea', price: 1 }] }] },
    });
    const after = estate({
      servers: [{ ...central, priority: 30, active: false }],
      users: [anna],
      models: { Product: [{ priceList: 'L', rows: [{ id: 'P', _identifier: 'Tea', price: 2 }] }] },
    });
    expect(diffEstates(before, after)).toEqual([
      {
        ...{ kind: 'server', id: 'S', name: 'Central', change: 'changed' },
        fields: [
          { field: 'priority', before: 10, after: 30 },
          { field: 'active', before: true, after: false },
        ],
      },
      { kind: 'service', id: 'Points', name: 'Points', change: 'removed', fields: [] },
      { kind: 'user', id: 'U', name: 'anna', change: 'added', fields: [] },
      {
        ...{ kind: 'Product', id: 'P', name: 'Tea', change: 'changed' },
        fields: [{ field: 'price', before: 1, after: 2 }],
      },
    ]);
  });

  it('tells rows of one model apart by their price list', () => {
    const row = { id: 'P', _identifier: 'Tea' };
    const before = estate({ models: { Product: [{ priceList: 'L', rows: [row] }] } });
    const after = estate({ models: { Product: [{ priceList: 'M', rows: [row] }] } });
    expect(diffEstates(before, after).map(({ change }) => change)).toEqual(['removed', 'added']);
  });

  it('never shows a secret', () => {
    const before = estate({ users: [{ ...anna, pin: '1111' }] });
    const after = estate({ users: [{ ...anna, pin: '2222', password: 'a long word' }] });
    const [difference] = diffEstates(before, after);
    expect(difference?.fields).toEqual([
      { field: 'pin', before: '•••', after: '•••' },
      { field: 'password', before: null, after: '•••' },
    ]);
  });
});
