import type { Estate } from '../../contract/estate.ts';

/** A row of a model in the wire's shape. */
export type Row = Estate['models'][string][number]['rows'][number];

/** The price lists of the demo shop. */
export const LISTS = {
  retail: { key: 'retail', name: 'Retail', priceIncludesTax: true },
  wholesale: { key: 'wholesale', name: 'Wholesale', priceIncludesTax: false },
} as const;
export type ListKey = keyof typeof LISTS;

/** The euro, by its id in the field. */
export const EURO = { id: '102', isoCode: 'EUR', precision: 2 } as const;

/** When the rows of the office were last changed. */
export const LOADED = '2024-01-01T00:00:00.000Z';

/** What most rows begin with. */
export function standard(id: string, identifier: string): Row {
  return { id, _identifier: identifier, active: true };
}
