import { describe, expect, it } from 'vitest';
import type { Estate } from '../../../server/contract/estate.ts';
import { priceOf } from '../../../server/cli/replay/price.ts';
import { itemNames, stockItems } from '../../../server/cli/replay/stock.ts';

const tea = { id: 'T', _identifier: 'Tea', standardPrice: 2.1, taxCategory: 'food', uPCEAN: '5' };
const estate: Estate = {
  organizations: [],
  servers: [],
  users: [],
  terminals: [],
  preferences: [],
  models: { Product: [{ priceList: 'P', rows: [tea] }], TaxRate: [{ rows: [] }] },
};

describe('the stock of a replay', () => {
  it('names each item once', () => {
    const ticket = (...names: string[]) => ({
      key: '1',
      atMs: null,
      items: names.map((name) => ({ name, quantity: 1 })),
    });
    expect(itemNames([ticket('Tea', 'Jam'), ticket('Jam', 'Bread')])).toEqual([
      'Tea',
      'Jam',
      'Bread',
    ]);
  });

  it('adds what is not sold yet, like the first product, with a price and an id of its name', () => {
    const [group] = stockItems(estate, ['tea ', 'Scone', 'scone']).models['Product'] ?? [];
    expect(group?.rows).toHaveLength(2);
    expect(group?.rows[0]).toEqual(tea);
    expect(group?.rows[1]).toMatchObject({
      _identifier: 'scone',
      taxCategory: 'food',
      uPCEAN: null,
      standardPrice: priceOf('scone') / 100,
    });
    const again = stockItems(estate, ['scone']).models['Product']?.[0]?.rows[1];
    expect(again).toEqual(group?.rows[1]);
  });
});

describe('the fixed price of an item', () => {
  it('is the same in every run, and within its bounds', () => {
    expect(priceOf('Bread')).toBe(priceOf('Bread'));
    for (const name of ['Bread', 'Scone', 'whole milk', 'Ä']) {
      expect(priceOf(name)).toBeGreaterThanOrEqual(95);
      expect(priceOf(name)).toBeLessThanOrEqual(840);
      expect(priceOf(name) % 5).toBe(0);
    }
  });
});
