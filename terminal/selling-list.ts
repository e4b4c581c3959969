import type { Catalogue, CatalogueProduct, Customer, Prices } from './catalogue.ts';
import { pricesOn } from './catalogue.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** The price list that a customer buys from. */
export interface SellingList {
  id: string;
  name: string;
  priceIncludesTax: boolean;
  /** Undefined where the list has no price for the product. */
  pricesOf(product: CatalogueProduct): Prices | undefined;
}

/**
 * The customer's own price list where the till has loaded it and it is in the till's currency; else the
 * terminal's, as for sales to nobody in particular. An estate that does not sell from several lists
 * loads no other.
 */
export function listFor(
  customer: Customer,
  catalogue: Pick<Catalogue, 'priceLists'>,
  { terminal, pricelist }: TerminalSettings,
): SellingList {
  const own = catalogue.priceLists.get(customer.row.priceList ?? pricelist.id);
  const isNobody = customer.row.id === terminal.businessPartner;
  const counts = own !== undefined && own.row.m_pricelist_id !== pricelist.id && !isNobody;
  if (!counts || (own.row.c_currency_id ?? terminal.currency) !== terminal.currency) {
    const { id, priceIncludesTax } = pricelist;
    return { id, name: pricelist.name ?? id, priceIncludesTax, pricesOf: (product) => product };
  }
  return {
    id: own.row.m_pricelist_id,
    name: own.row.name,
    priceIncludesTax: own.row.priceIncludesTax ?? pricelist.priceIncludesTax,
    pricesOf: (product) => pricesOn(own, product.row.id),
  };
}
