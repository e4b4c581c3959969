import type { Catalogue, CatalogueProduct } from '../../../catalogue.ts';
import type { ProductSearch } from '../../../product-search.ts';
import { productSearch } from '../../../product-search.ts';

/** A catalogue arranged for the screen. */
export interface Shelves {
  search: ProductSearch;
  /** Sold products by name. */
  all: readonly CatalogueProduct[];
  byCategory: ReadonlyMap<string, readonly CatalogueProduct[]>;
}

const known = new WeakMap<Catalogue, Shelves>();

/** Arranges a catalogue, once for each. */
export function shelvesOf(catalogue: Catalogue): Shelves {
  const arranged = known.get(catalogue) ?? arrange(catalogue);
  known.set(catalogue, arranged);
  return arranged;
}

function arrange(catalogue: Catalogue): Shelves {
  const all = [...catalogue.products.values()].filter(({ row }) => row.isGeneric !== true);
  const { compare } = new Intl.Collator();
  all.sort((a, b) => compare(a.row._identifier, b.row._identifier));
  const byCategory = new Map<string, CatalogueProduct[]>();
  for (const product of all) {
    const shelf = byCategory.get(product.row.productCategory);
    if (shelf === undefined) byCategory.set(product.row.productCategory, [product]);
    else shelf.push(product);
  }
  return { search: productSearch(catalogue), all, byCategory };
}
