import { toScaled } from '../server/core/money.ts';
import type { JsonObject } from '../server/contract/json.ts';
import type { TaxRule } from '../server/core/tax.ts';
import { RATE_SCALE } from '../server/core/tax.ts';
import type { ManualRules } from './discounts.ts';
import { manualRulesOf } from './discounts.ts';

import type { PriceRule } from './price-rules.ts';
import { priceRulesOf } from './price-rules.ts';
import type {
  BusinessPartnerRow,
  DiscountFilterName,
  LocationRow,
  PriceListRow,
  ProductPriceRow,
  ProductRow,
  TaxRateRow,
} from './master-rows.ts';
import {
  DISCOUNT_FILTERS,
  isBusinessPartnerRow,
  isCategoryRow,
  isCountryRow,
  isDiscountRow,
  isLocationRow,
  isPriceListRow,
  isProductPriceRow,
  isProductRow,
  isReturnReasonRow,
  isTaxRateRow,
} from './master-rows.ts';
import { PRICE_SCALE } from './scales.ts';

/** Every row that a till has loaded, by model name. */
export type MasterRows = ReadonlyMap<string, readonly JsonObject[]>;

/** Prices of one piece, at {@link PRICE_SCALE}. */
export interface Prices {
  standardPrice: number;
  listPrice: number;
}

export interface CatalogueProduct extends Prices {
  row: ProductRow;
}

/** A price list other than the terminal's. */
export interface PriceList {
  row: PriceListRow;
  /** By product. */
  prices: ReadonlyMap<string, ProductPriceRow>;
}

/** A tax rate that a line may bear. */
export interface CatalogueTax extends TaxRule {
  row: TaxRateRow;
}

export interface Customer {
  row: BusinessPartnerRow;
  billTo: LocationRow | undefined;
  shipTo: LocationRow | undefined;
}

interface Named {
  id: string;
  name: string;
}

/** The master data as a till sells from it. */
export interface Catalogue {
  products: ReadonlyMap<string, CatalogueProduct>;
  /** Price lists that customers may have, beside the terminal's own; by id. */
  priceLists: ReadonlyMap<string, PriceList>;
  /** Those with products of their own, in the order for display. */
  categories: readonly Named[];
  /** Grows when the till makes a customer or finds one at a server. */
  customers: Map<string, Customer>;
  /** Newest first. */
  taxes: readonly CatalogueTax[];
  priceRules: readonly PriceRule[];
  /** What the estate calls discounts that a cashier gives. */
  manualRules: ManualRules;
  returnReasons: readonly Named[];
  countries: readonly Named[];
}

/** Makes the catalogue. A row that is not understood is left out and counted in `refused`. */
export function catalogueOf(rows: MasterRows): { catalogue: Catalogue; refused: number } {
  let refused = 0;
  const read = <Row>(model: string, fits: (row: unknown) => row is Row): Row[] => {
    const found: Row[] = [];
    for (const row of rows.get(model) ?? []) {
      if (fits(row)) found.push(row);
      else refused += 1;
    }
    return found;
  };
  const filters = (Object.keys(DISCOUNT_FILTERS) as DiscountFilterName[]).map((name) => {
    const listed = filterOf(DISCOUNT_FILTERS[name]);
    return [name, (rows.get(name) ?? []).flatMap(listed)] as const;
  });
  const discounts = read('Discount', isDiscountRow);
  const products = productsOf(read('Product', isProductRow));
  const sold = new Set([...products.values()].map(({ row }) => row.productCategory));
  const catalogue: Catalogue = {
    products,
    priceLists: priceListsOf(
      read('PriceList', isPriceListRow),
      read('ProductPrice', isProductPriceRow),
    ),
    categories: read('Category', isCategoryRow).filter(({ id }) => sold.has(id)),
    customers: customersOf(
      read('BusinessPartner', isBusinessPartnerRow),
      read('BPLocation', isLocationRow),
    ),
    taxes: read('TaxRate', isTaxRateRow).flatMap(taxOf).toSorted(newestFirst),
    priceRules: priceRulesOf(discounts, new Map(filters)),
    manualRules: manualRulesOf(discounts),
    returnReasons: read('ReturnReason', isReturnReasonRow),
    countries: read('Country', isCountryRow).map(({ id, _identifier }) => ({
      id,
      name: _identifier,
    })),
  };
  return { catalogue, refused };
}

/** The rate for a product's tax category on a day (`yyyy-MM-dd`); undefined where none is in force. */
export function taxFor(
  catalogue: Pick<Catalogue, 'taxes'>,
  wanted: { taxCategory: string; partnerTaxCategory: string | null; day: string },
): CatalogueTax | undefined {
  return catalogue.taxes.find(
    ({ row }) =>
      row.taxCategory === wanted.taxCategory &&
      (row.businessPartnerTaxCategory ?? null) === wanted.partnerTaxCategory &&
      row.validFromDate.slice(0, 10) <= wanted.day,
  );
}

/** What a product costs on a price list; undefined where it has no price there. */
export function pricesOn(list: PriceList, productId: string): Prices | undefined {
  const row = list.prices.get(productId);
  return row === undefined ? undefined : scaledPrices(row.pricestd, row.pricelist ?? row.pricestd);
}

/** A customer made of the rows that a server gave for one. */
export function customerOf(row: BusinessPartnerRow, locations: readonly LocationRow[]): Customer {
  const customer: Customer = { row, billTo: undefined, shipTo: undefined };
  for (const location of locations) address(customer, location);
  return customer;
}

function filterOf([rule, listed]: readonly [string, string]) {
  return (row: JsonObject): { rule: string; listed: string }[] => {
    const [named, member] = [row[rule], row[listed]];
    return typeof named === 'string' && typeof member === 'string'
      ? [{ rule: named, listed: member }]
      : [];
  };
}

function productsOf(rows: readonly ProductRow[]): Map<string, CatalogueProduct> {
  const products = new Map<string, CatalogueProduct>();
  for (const row of rows) {
    const prices = scaledPrices(row.standardPrice, row.listPrice);
    if (prices !== undefined) products.set(row.id, { row, ...prices });
  }
  return products;
}

function scaledPrices(standard: number, list: number): Prices | undefined {
  const standardPrice = scaledPrice(standard);
  const listPrice = list === standard ? standardPrice : scaledPrice(list);
  return standardPrice === null || listPrice === null ? undefined : { standardPrice, listPrice };
}

const UNIT = 10 ** PRICE_SCALE;
/** Below this a double tells two decimals of PRICE_SCALE apart. */
const LARGEST_EXACT = 1e14;

/** As `toScaled`, by arithmetic where the double can only stand for that one decimal: fifty thousand prices are read before the first sale. */
function scaledPrice(value: number): number | null {
  const scaled = Math.round(value * UNIT);
  if (Math.abs(scaled) < LARGEST_EXACT && scaled / UNIT === value) return scaled;
  return toScaled(value, PRICE_SCALE);
}

function priceListsOf(
  lists: readonly PriceListRow[],
  prices: readonly ProductPriceRow[],
): Map<string, PriceList> {
  const byList = new Map<string, Map<string, ProductPriceRow>>();
  for (const row of lists) byList.set(row.m_pricelist_id, new Map());
  for (const row of prices) byList.get(row.m_pricelist_id)?.set(row.m_product_id, row);
  return new Map(
    lists.map((row) => [
      row.m_pricelist_id,
      { row, prices: byList.get(row.m_pricelist_id) ?? new Map<string, ProductPriceRow>() },
    ]),
  );
}

function taxOf(row: TaxRateRow): CatalogueTax[] {
  const rate = toScaled(row.rate, RATE_SCALE);
  const isForSales = row.salesPurchaseType !== 'P' && row.summaryLevel !== true;
  if (rate === null || !isForSales) return [];
  return [{ id: row.id, rate, perDocument: row.docTaxAmount === 'D', row }];
}

function newestFirst(a: CatalogueTax, b: CatalogueTax): number {
  const [one, other] = [a.row.validFromDate, b.row.validFromDate];
  return one === other ? 0 : one < other ? 1 : -1;
}

function customersOf(
  partners: readonly BusinessPartnerRow[],
  locations: readonly LocationRow[],
): Map<string, Customer> {
  const customers = new Map<string, Customer>();
  for (const row of partners) {
    customers.set(row.id, { row, billTo: undefined, shipTo: undefined });
  }
  for (const location of locations) {
    const customer = customers.get(location.bpartner);
    if (customer !== undefined) address(customer, location);
  }
  return customers;
}

/** The first address for each use counts. */
function address(customer: Customer, location: LocationRow): void {
  if (location.isBillTo) customer.billTo ??= location;
  if (location.isShipTo) customer.shipTo ??= location;
}
