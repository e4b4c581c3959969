import type { TaxedDocument, Taxed } from '../server/core/tax.ts';
import { taxDocument } from '../server/core/tax.ts';
import type { Catalogue, CatalogueProduct, CatalogueTax, Customer } from './catalogue.ts';
import { taxFor } from './catalogue.ts';
import type { AppliedRule, SaleContext } from './price-rules.ts';
import { amountOf, applyRules } from './price-rules.ts';
import { QUANTITY_SCALE } from './scales.ts';

/** What is put on the counter. */
export interface BasketLine {
  productId: string;
  /** At QUANTITY_SCALE. */
  quantity: number;
}

/** A line of a ticket. Amounts are minor units; all of them are negative on a return. */
export interface TicketLine {
  id: string;
  product: CatalogueProduct;
  /** At QUANTITY_SCALE. */
  quantity: number;
  /** Quantity × price, before discounts. */
  amountMinor: number;
  discounts: AppliedRule[];
  tax: CatalogueTax;
  /** After discounts. */
  taxed: Taxed;
  /** Of a return: the line that it takes back. */
  original: { ticketId: string; lineId: string } | null;
}

/** What was sold, or taken back, to whom, for how much. */
export interface Ticket {
  id: string;
  kind: 'sale' | 'return';
  documentNo: string;
  customer: Customer;
  lines: TicketLine[];
  totals: TaxedDocument;
  priceIncludesTax: boolean;
  /** When it was done, epoch ms. */
  atMs: number;
}

/** Why a basket cannot be sold. */
export interface TicketFault {
  code: 'emptyBasket' | 'unknownProduct' | 'noTax' | 'badQuantity';
  message: string;
}

export interface TicketHead {
  id: string;
  documentNo: string;
  customer: Customer;
  priceIncludesTax: boolean;
  atMs: number;
}

/**
 * Prices a basket: lines of the same product are put together, discounts are taken off, then the tax is
 * computed on what is left. Pure but for the ids of the lines.
 */
export function saleOf(
  head: TicketHead,
  basket: readonly BasketLine[],
  parts: { catalogue: Catalogue; context: SaleContext; nextId: () => string },
): Ticket | TicketFault {
  if (basket.length === 0) return fault('emptyBasket', 'There is nothing in the basket.');
  const lines: Omit<TicketLine, 'taxed'>[] = [];
  for (const { productId, quantity } of together(basket)) {
    const line = lineOf(head, productId, quantity, parts);
    if ('code' in line) return line;
    lines.push(line);
  }
  return ticketOf('sale', head, lines);
}

/**
 * Takes back lines of a ticket whole, at the price and with the discounts they were sold: the exact
 * mirror. `lineIds` are lines of the original.
 */
export function returnOf(
  head: Omit<TicketHead, 'priceIncludesTax' | 'customer'>,
  original: Ticket,
  lineIds: readonly string[],
  nextId: () => string,
): Ticket | TicketFault {
  const lines = original.lines
    .filter((line) => lineIds.includes(line.id))
    .map((line) => ({
      id: nextId(),
      product: line.product,
      tax: line.tax,
      quantity: -line.quantity,
      amountMinor: -line.amountMinor,
      discounts: line.discounts.map(({ rule, amountMinor }) => ({
        rule,
        amountMinor: -amountMinor,
      })),
      original: { ticketId: original.id, lineId: line.id },
    }));
  if (lines.length === 0) return fault('emptyBasket', 'There is nothing to take back.');
  const { customer, priceIncludesTax } = original;
  return ticketOf('return', { ...head, customer, priceIncludesTax }, lines);
}

/** What a line comes to after its discounts, minor units, before tax where prices exclude it. */
function discounted(line: Pick<TicketLine, 'amountMinor' | 'discounts'>): number {
  return line.discounts.reduce((left, { amountMinor }) => left - amountMinor, line.amountMinor);
}

function ticketOf(
  kind: Ticket['kind'],
  head: TicketHead,
  lines: readonly Omit<TicketLine, 'taxed'>[],
): Ticket {
  const totals = taxDocument(
    lines.map((line) => ({ rule: line.tax, amountMinor: discounted(line) })),
    head.priceIncludesTax,
  );
  return {
    ...head,
    kind,
    totals,
    lines: lines.map((line, index) => ({ ...line, taxed: totals.lines[index] as Taxed })),
  };
}

function lineOf(
  head: TicketHead,
  productId: string,
  quantity: number,
  parts: { catalogue: Catalogue; context: SaleContext; nextId: () => string },
): Omit<TicketLine, 'taxed'> | TicketFault {
  const { catalogue, context, nextId } = parts;
  const product = catalogue.products.get(productId);
  if (product === undefined) {
    return fault('unknownProduct', `This till knows no product ${productId}.`);
  }
  if (!Number.isSafeInteger(quantity) || quantity <= 0) {
    return fault('badQuantity', `${quantity} is no quantity of ${product.row._identifier}.`);
  }
  const tax = taxFor(catalogue, {
    taxCategory: product.row.taxCategory,
    partnerTaxCategory: head.customer.row.taxCategory ?? null,
    day: context.day,
  });
  if (tax === undefined) {
    return fault('noTax', `There is no tax rate for ${product.row._identifier} on ${context.day}.`);
  }
  const priced = {
    productId,
    categoryId: product.row.productCategory,
    quantity,
    unitPrice: product.standardPrice,
  };
  return {
    id: nextId(),
    product,
    quantity,
    amountMinor: amountOf(quantity, product.standardPrice, context),
    discounts: applyRules(catalogue.priceRules, priced, context),
    tax,
    original: null,
  };
}

function together(basket: readonly BasketLine[]): BasketLine[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of basket) {
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

function fault(code: TicketFault['code'], message: string): TicketFault {
  return { code, message };
}

/** A number of pieces as a quantity. */
export function pieces(count: number): number {
  return count * 10 ** QUANTITY_SCALE;
}
