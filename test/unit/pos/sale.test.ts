import { describe, expect, it } from 'vitest';
import type { Cart } from '../../../terminal/cart.ts';
import { EMPTY_CART } from '../../../terminal/cart.ts';
import type { SaleAction } from '../../../terminal/pos/features/sell/sale.ts';
import { saleReducer } from '../../../terminal/pos/features/sell/sale.ts';
import { pieces } from '../../../terminal/ticket.ts';

function after(...actions: SaleAction[]): Cart {
  return actions.reduce(saleReducer, EMPTY_CART);
}

const bread = { kind: 'add', productId: 'bread', quantity: pieces(1) } as const;
const milk = { kind: 'add', productId: 'milk', quantity: pieces(2) } as const;
const half = { kind: 'percent', percent: 50_000_000 } as const;

describe('the cart under a cashier’s hands', () => {
  it('puts what is added twice on one line', () => {
    const { lines } = after(bread, milk, bread);
    expect(lines.map(({ productId, quantity }) => [productId, quantity])).toEqual([
      ['bread', pieces(2)],
      ['milk', pieces(2)],
    ]);
  });

  it('gives a new line a key that no line has, also after one was removed', () => {
    const { lines } = after(bread, milk, { kind: 'remove', key: '1' }, bread);
    expect(lines.map(({ key }) => key)).toEqual(['2', '3']);
  });

  it('takes a line away with its last piece', () => {
    const { lines } = after(bread, { kind: 'step', key: '1', by: -pieces(1) });
    expect(lines).toEqual([]);
  });

  it('changes quantity and discount of the line that is named and of no other', () => {
    const { lines } = after(bread, milk, {
      ...{ kind: 'change', key: '2', quantity: pieces(5), discount: half },
    });
    expect(lines.map(({ quantity, discount }) => [quantity, discount])).toEqual([
      [pieces(1), null],
      [pieces(5), half],
    ]);
  });

  it('keeps customer and discount of the ticket until it is cleared', () => {
    const given = after(
      bread,
      { kind: 'customer', customerId: 'C1' },
      { kind: 'discount', discount: half },
      milk,
    );
    expect(given).toMatchObject({ customerId: 'C1', discount: half });
    expect(saleReducer(given, { kind: 'clear' })).toEqual(EMPTY_CART);
  });

  it('takes up a cart as it was put aside', () => {
    const aside = after(milk);
    expect(after(bread, { kind: 'take', cart: aside })).toEqual(aside);
  });
});
