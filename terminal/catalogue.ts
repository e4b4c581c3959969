import { z } from 'zod';
import type { JsonObject } from '../server/contract/json.ts';
import { toScaled } from '../server/core/money.ts';
import type { TaxRule } from '../server/core/tax.ts';
import { RATE_SCALE } from '../server/core/tax.ts';
import type { PriceRule } from './price-rules.ts';
import { priceRulesOf } from './price-rules.ts';
import type {
  BusinessPartnerRow,
  DiscountFilterName,
  LocationRow,
  ProductRow,
  TaxRateRow,
} from './master-rows.ts';
import {
  businessPartnerRow,
  discountRow,
  DISCOUNT_FILTERS,
  locationRow,
  productRow,
  returnReasonRow,
  taxRateRow,
} from './master-rows.ts';
import { PRICE_SCALE } from './scales.ts';

/** Every row that a till has loaded, by model name. */
export type MasterRows = ReadonlyMap<string, readonly JsonObject[]>;

export interface CatalogueProduct {
  row: ProductRow;
  /** At {@link PRICE_SCALE}, of the terminal's price list. */
  standardPrice: number;
  listPrice: number;
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

/** The master data as a till sells from it. */
export interface Catalogue {
  products: ReadonlyMap<string, CatalogueProduct>;
  /** Grows when the till makes a customer. */
  customers: Map<string, Customer>;
  /** Newest first. */
  taxes: readonly CatalogueTax[];
  priceRules: readonly PriceRule[];
  returnReasons: readonly { id: string; name: string }[];
}

/** Makes the catalogue. A row that is not understood is left out and counted in `refused`. */
export function catalogueOf(rows: MasterRows): { catalogue: Catalogue; refused: number } {
  let refused = 0;
  const read = <Row>(model: string, schema: z.ZodType<Row>): Row[] =>
    (rows.get(model) ?? []).flatMap((row) => {
      const parsed = schema.safeParse(row);
      if (parsed.success) return [parsed.data];
      refused += 1;
      return [];
    });
  const products = read('Product', productRow).flatMap(productOf);
  const filters = (Object.keys(DISCOUNT_FILTERS) as DiscountFilterName[]).map(
    (name) => [name, read(name, filterRow(DISCOUNT_FILTERS[name]))] as const,
  );
  const catalogue: Catalogue = {
    products: new Map(products.map((product) => [product.row.id, product])),
    customers: customersOf(
      read('BusinessPartner', businessPartnerRow),
      read('BPLocation', locationRow),
    ),
    taxes: read('TaxRate', taxRateRow).flatMap(taxOf).toSorted(newestFirst),
    priceRules: priceRulesOf(read('Discount', discountRow), new Map(filters)),
    returnReasons: read('ReturnReason', returnReasonRow),
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

function filterRow([rule, listed]: readonly [string, string]): z.ZodType<{
  rule: string;
  listed: string;
}> {
  return z
    .record(z.string(), z.unknown())
    .transform((row) => ({ rule: row[rule], listed: row[listed] }))
    .pipe(z.object({ rule: z.string(), listed: z.string() }));
}

function productOf(row: ProductRow): CatalogueProduct[] {
  const standardPrice = toScaled(row.standardPrice, PRICE_SCALE);
  const listPrice = toScaled(row.listPrice, PRICE_SCALE);
  return standardPrice === null || listPrice === null ? [] : [{ row, standardPrice, listPrice }];
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
  const customers = new Map<string, Customer>(
    partners.map((row) => [row.id, { row, billTo: undefined, shipTo: undefined }]),
  );
  for (const location of locations) {
    const customer = customers.get(location.bpartner);
    if (customer === undefined) continue;
    if (location.isBillTo) customer.billTo ??= location;
    if (location.isShipTo) customer.shipTo ??= location;
  }
  return customers;
}
