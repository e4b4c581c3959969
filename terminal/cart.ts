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
