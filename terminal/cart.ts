/** What is on the counter while it is being rung up. Plain data: it is kept, shown and priced as it is. */
export interface Cart {
  lines: CartLine[];
  /** Whoever buys; null: nobody in particular. */
  customerId: string | null;
  /** Off the whole ticket. */
  discount: ManualDiscount | null;
}

export interface CartLine {
  /** Names the line on the screen; stays when it is changed. */
  key: string;
  productId: string;
  /** At QUANTITY_SCALE, above 0. */
  quantity: number;
  /** Given by the cashier, after the discounts of the price rules. */
  discount: ManualDiscount | null;
}

export type ManualDiscount =
  /** At PERCENT_SCALE, above 0, at most the whole. */
  | { kind: 'percent'; percent: number }
  /** Minor units, above 0; never more than what is left of what it is taken off. */
  | { kind: 'amount'; amountMinor: number };

/** How a ticket is paid: one for each method, in the order in which they were given. */
export interface Tender {
  /** The payment method's search key. */
  method: string;
  /** What was handed over, minor units, above 0. Only cash may be more than what is due. */
  amountMinor: number;
}

export const EMPTY_CART: Cart = { lines: [], customerId: null, discount: null };

/**
 * The cart with so much more of a product: on its line, where one without a discount of its own is
 * there, since price rules count what stands on one line; else on a new last line with the key given.
 */
export function addToCart(
  cart: Cart,
  added: Pick<CartLine, 'key' | 'productId' | 'quantity'>,
): Cart {
  const { productId, quantity } = added;
  const known = cart.lines.find((line) => line.productId === productId && line.discount === null);
  const lines =
    known === undefined
      ? [...cart.lines, { ...added, discount: null }]
      : cart.lines.map((line) =>
          line === known ? { ...line, quantity: line.quantity + quantity } : line,
        );
  return { ...cart, lines };
}

/** A cart with these products; those of one kind are put together. */
export function cartOf(
  products: readonly { productId: string; quantity: number }[],
  customerId: string | null = null,
): Cart {
  return products.reduce<Cart>(
    (cart, product) => addToCart(cart, { key: String(cart.lines.length + 1), ...product }),
    { ...EMPTY_CART, customerId },
  );
}
