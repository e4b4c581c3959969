import type { Catalogue, CatalogueProduct } from './catalogue.ts';
import { folded, textIndex } from './text-index.ts';

/** Finds products of a catalogue. */
export interface ProductSearch {
  /** The product with this barcode (EAN), else with this search key. */
  byCode(code: string): CatalogueProduct | undefined;
  /** The product with the code first, then those whose name, key or barcode holds every word. */
  find(text: string, limit: number): CatalogueProduct[];
}

const searches = new WeakMap<object, ProductSearch>();

/** The search over a catalogue, made when it is first asked for. */
export function productSearch(catalogue: Pick<Catalogue, 'products'>): ProductSearch {
  const known = searches.get(catalogue);
  if (known !== undefined) return known;
  const search = makeSearch(catalogue);
  searches.set(catalogue, search);
  return search;
}

/** Products that are only a heading for their variants are not sold. */
function makeSearch({ products }: Pick<Catalogue, 'products'>): ProductSearch {
  const sold = [...products.values()].filter(({ row }) => row.isGeneric !== true);
  const codes = new Map<string, CatalogueProduct>();
  for (const product of sold) addCode(codes, product.row.searchkey, product);
  // A barcode counts before another product's search key.
  for (const product of sold) {
    if (product.row.uPCEAN) codes.set(codeOf(product.row.uPCEAN), product);
  }
  const index = textIndex(sold, ({ row }) =>
    `${row._identifier} ${row.searchkey} ${row.uPCEAN ?? ''}`.trimEnd(),
  );
  const byCode = (code: string): CatalogueProduct | undefined => codes.get(codeOf(code));
  return {
    byCode,
    find(text, limit) {
      const exact = byCode(text);
      const found = index.find(text, limit);
      if (exact === undefined) return found;
      return [exact, ...found.filter((each) => each !== exact)].slice(0, limit);
    },
  };
}

function addCode(
  codes: Map<string, CatalogueProduct>,
  code: string,
  product: CatalogueProduct,
): void {
  const key = codeOf(code);
  if (key !== '' && !codes.has(key)) codes.set(key, product);
}

function codeOf(code: string): string {
  return folded(code.trim());
}
