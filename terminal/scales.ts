/** Decimals of a unit price that count (docs/money.md). */
export const PRICE_SCALE = 6;

/** Decimals of a quantity that count: grams of a kilogram. */
export const QUANTITY_SCALE = 3;

/** Decimals of a percentage that count. */
export const PERCENT_SCALE = 6;
