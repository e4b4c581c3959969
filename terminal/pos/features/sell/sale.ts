import type { Cart, CartLine, ManualDiscount } from '../../../cart.ts';
import { addToCart, EMPTY_CART } from '../../../cart.ts';

/** What a cashier does to the cart. */
export type SaleAction =
  | { kind: 'add'; productId: string; quantity: number }
  | { kind: 'change'; key: string; quantity: number; discount: ManualDiscount | null }
  /** One piece more or less; the last one takes the line away. */
  | { kind: 'step'; key: string; by: number }
  | { kind: 'remove'; key: string }
  | { kind: 'discount'; discount: ManualDiscount | null }
  | { kind: 'customer'; customerId: string | null }
  | { kind: 'take'; cart: Cart }
  | { kind: 'clear' };

/** The cart after it. Quantities are at QUANTITY_SCALE. */
export function saleReducer(cart: Cart, action: SaleAction): Cart {
  switch (action.kind) {
    case 'add': {
      const { productId, quantity } = action;
      return addToCart(cart, { key: nextKey(cart), productId, quantity });
    }
    case 'change': {
      const { quantity, discount } = action;
      return withLine(cart, action.key, (line) => ({ ...line, quantity, discount }));
    }
    case 'step':
      return withLine(cart, action.key, (line) => ({
        ...line,
        quantity: line.quantity + action.by,
      }));
    case 'remove':
      return { ...cart, lines: cart.lines.filter(({ key }) => key !== action.key) };
    case 'discount':
      return { ...cart, discount: action.discount };
    case 'customer':
      return { ...cart, customerId: action.customerId };
    case 'take':
      return action.cart;
    case 'clear':
      return EMPTY_CART;
  }
}

function withLine(cart: Cart, key: string, change: (line: CartLine) => CartLine): Cart {
  const lines = cart.lines.map((line) => (line.key === key ? change(line) : line));
  return { ...cart, lines: lines.filter(({ quantity }) => quantity > 0) };
}

function nextKey({ lines }: Cart): string {
  return String(Math.max(0, ...lines.map(({ key }) => Number(key))) + 1);
}
