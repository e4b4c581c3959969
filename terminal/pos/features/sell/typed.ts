import { toScaled } from '../../../../server/core/money.ts';
import type { CatalogueProduct } from '../../../catalogue.ts';
import type { ProductSearch } from '../../../product-search.ts';
import { QUANTITY_SCALE } from '../../../scales.ts';
import { pieces } from '../../../ticket.ts';

/** What stands in the search box: "3*bread" is three of it. */
export interface Typed {
  text: string;
  /** At QUANTITY_SCALE; null where none was typed. */
  quantity: number | null;
}

const WITH_QUANTITY = /^(\d{1,5}(?:[.,]\d{1,3})?)\s*[*×]\s*(.*)$/;
const CODE = /^\d{6,}$/;

export function readTyped(input: string): Typed {
  const found = WITH_QUANTITY.exec(input.trim());
  if (found === null) return { text: input.trim(), quantity: null };
  const [, count = '', text = ''] = found;
  const quantity = toScaled(count.replace(',', '.'), QUANTITY_SCALE);
  return { text, quantity: quantity === null || quantity <= 0 ? null : quantity };
}

/**
 * What Enter adds: the product with the code; of a text the one that is marked in the list, else the
 * first. A code that no product has adds nothing: a scan must never ring up something like it.
 */
export function chosenBy(
  { text }: Typed,
  search: ProductSearch,
  found: readonly CatalogueProduct[],
  marked: number | null,
): CatalogueProduct | undefined {
  if (marked !== null) return found[marked];
  if (text === '') return undefined;
  return search.byCode(text) ?? (CODE.test(text) ? undefined : found[0]);
}

/** The quantity that is added where nobody said one. */
export const ONE = pieces(1);
