import type { Estate } from '../../contract/estate.ts';
import { priceOf, productIdOf } from './price.ts';
import type { ReplayTicket } from './tickets.ts';

/** The items of all tickets, each name once, in the order in which they are first sold. */
export function itemNames(tickets: readonly ReplayTicket[]): string[] {
  return [...new Set(tickets.flatMap((ticket) => ticket.items.map((item) => item.name)))];
}

/**
 * Adds a product for each item that the estate does not sell, with the fixed price of its name. A new
 * product is in all else like the first one of its price list, so it has its taxes and units.
 */
export function stockItems(estate: Estate, names: readonly string[]): Estate {
  const groups = (estate.models['Product'] ?? []).map((group) => {
    const [template] = group.rows;
    if (template === undefined) return group;
    const known = new Set(group.rows.map((row) => foldedName(row['_identifier'])));
    const missing = new Map(names.map((name) => [foldedName(name), name]));
    for (const name of known) missing.delete(name);
    const added = [...missing.values()].map((name) => productOf(template, name));
    return { ...group, rows: [...group.rows, ...added] };
  });
  return { ...estate, models: { ...estate.models, Product: groups } };
}

type ProductRow = Estate['models'][string][number]['rows'][number];

function productOf(template: ProductRow, name: string): ProductRow {
  const price = priceOf(foldedName(name)) / 100;
  return {
    ...template,
    id: productIdOf(foldedName(name)),
    _identifier: name,
    searchkey: productIdOf(foldedName(name)).slice(0, 8),
    uPCEAN: null,
    description: null,
    img: null,
    imgId: null,
    listPrice: price,
    standardPrice: price,
    currentStandardPrice: price,
  };
}

/** Names are one where they differ only in case and outer blanks. */
export function foldedName(name: unknown): string {
  return String(name).trim().toLowerCase();
}
