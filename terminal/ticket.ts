import type { TaxedDocument, Taxed, TaxRule } from '../server/core/tax.ts';
import { taxDocument } from '../server/core/tax.ts';
import type { Cart, CartLine } from './cart.ts';
import type { Catalogue, CatalogueProduct, CatalogueTax, Customer } from './catalogue.ts';
import { taxFor } from './catalogue.ts';
import type { Discount } from './discounts.ts';
import { faultOf, spread, takenOff } from './discounts.ts';
import type { AppliedRule, SaleContext } from './price-rules.ts';
import { amountOf, applyRules } from './price-rules.ts';
import { QUANTITY_SCALE } from './scales.ts';
import type { SellingList } from './selling-list.ts';
import { listFor } from './selling-list.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** A product as a ticket names it, whether or not the till still has it. */
export interface SoldProduct {
  id: string;
  name: string;
  searchKey: string;
  uOM: string;
}

/** The tax of a line as a ticket names it. */
export interface TicketTax extends TaxRule {
  name: string;
  taxBase: string | null;
  cascade: boolean;
  lineNo: number;
}

/** A line of a ticket. Amounts are minor units; all of them are negative on a return. */
export interface TicketLine {
  id: string;
  product: SoldProduct;
  tax: TicketTax;
  /** At QUANTITY_SCALE. */
  quantity: number;
  /** At PRICE_SCALE, before discounts. */
  unitPrice: number;
  listPrice: number;
  /** Quantity × price, before discounts, in the terms of the prices. */
  amountMinor: number;
  discounts: Discount[];
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
  /** Of a sale: one for each line of the cart, in its order. */
  lines: TicketLine[];
  totals: TaxedDocument;
  priceListId: string;
  priceIncludesTax: boolean;
  /** When it was done, epoch ms. */
  atMs: number;
}

/** Why a cart cannot be sold. */
export interface TicketFault {
  code:
    | 'emptyBasket'
    | 'unknownProduct'
    | 'unknownCustomer'
    | 'noPrice'
    | 'noTax'
    | 'badQuantity'
    | 'badDiscount';
  message: string;
}

export interface TicketHead {
  id: string;
  documentNo: string;
  atMs: number;
}

/** What a cart is priced with. */
export interface PricingParts {
  catalogue: Catalogue;
  settings: TerminalSettings;
  /** Local: `yyyy-MM-dd` and `HH:mm:ss`. */
  day: string;
  time: string;
  nextId: () => string;
}

type UntaxedLine = Omit<TicketLine, 'taxed'>;

/**
 * Prices a cart: for each line the price of the customer's list, then the price rules, then the
 * cashier's discount on the line, then its share of the discount on the ticket; the tax is computed on
 * what is left. Pure but for the ids of the lines.
 */
export function saleOf(head: TicketHead, cart: Cart, parts: PricingParts): Ticket | TicketFault {
  const { catalogue, settings } = parts;
  if (cart.lines.length === 0) return fault('emptyBasket', 'There is nothing in the basket.');
  const customerId = cart.customerId ?? settings.terminal.businessPartner;
  const customer = catalogue.customers.get(customerId);
  if (customer === undefined) {
    return fault('unknownCustomer', `This till knows no customer ${customerId}.`);
  }
  const list = listFor(customer, catalogue, settings);
  const context: SaleContext = {
    partnerId: customer.row.id,
    partnerCategoryId: customer.row.businessPartnerCategory ?? null,
    priceListId: list.id,
    day: parts.day,
    time: parts.time,
    precision: settings.currency.obposPosprecision,
  };
  const lines: UntaxedLine[] = [];
  for (const each of cart.lines) {
    const line = lineOf(each, { ...parts, customer, list, context });
    if ('code' in line) return line;
    lines.push(line);
  }
  const objection = takeOffTicket(cart, lines, catalogue);
  if (objection !== null) return objection;
  const { priceIncludesTax } = list;
  const totals = taxDocument(
    lines.map((line) => ({ rule: line.tax, amountMinor: leftOf(line) })),
    priceIncludesTax,
  );
  return {
    ...head,
    ...{ kind: 'sale', customer, totals, priceIncludesTax, priceListId: list.id },
    lines: lines.map((line, index) => ({ ...line, taxed: totals.lines[index] as Taxed })),
  };
}

/** What a line comes to after its discounts, minor units, before tax where prices exclude it. */
export function leftOf(line: Pick<TicketLine, 'amountMinor' | 'discounts'>): number {
  return line.discounts.reduce((left, { amountMinor }) => left - amountMinor, line.amountMinor);
}

interface LineParts extends PricingParts {
  customer: Customer;
  list: SellingList;
  context: SaleContext;
}

function lineOf(line: CartLine, parts: LineParts): UntaxedLine | TicketFault {
  const { catalogue, list, context, customer } = parts;
  const product = catalogue.products.get(line.productId);
  if (product === undefined) {
    return fault('unknownProduct', `This till knows no product ${line.productId}.`);
  }
  const name = product.row._identifier;
  if (!Number.isSafeInteger(line.quantity) || line.quantity <= 0) {
    return fault('badQuantity', `${line.quantity} is no quantity of ${name}.`);
  }
  const prices = list.pricesOf(product);
  if (prices === undefined) {
    return fault(
      'noPrice',
      `${name} has no price on ${list.name}, which ${customer.row.name} has.`,
    );
  }
  const tax = taxFor(catalogue, {
    taxCategory: product.row.taxCategory,
    partnerTaxCategory: customer.row.taxCategory ?? null,
    day: context.day,
  });
  if (tax === undefined)
    return fault('noTax', `There is no tax rate for ${name} on ${context.day}.`);
  const unitPrice = prices.standardPrice;
  const priced: UntaxedLine = {
    id: parts.nextId(),
    product: soldProduct(product),
    tax: ticketTax(tax),
    quantity: line.quantity,
    unitPrice,
    listPrice: prices.listPrice,
    amountMinor: amountOf(line.quantity, unitPrice, context),
    discounts: applyRules(
      catalogue.priceRules,
      {
        productId: product.row.id,
        categoryId: product.row.productCategory,
        quantity: line.quantity,
        unitPrice,
      },
      context,
    ).map(ruleDiscount),
    original: null,
  };
  return takeOffLine(line, priced, catalogue) ?? priced;
}

function takeOffLine(
  { discount }: CartLine,
  line: UntaxedLine,
  { manualRules }: Catalogue,
): TicketFault | null {
  if (discount === null) return null;
  const reason = faultOf(discount);
  if (reason !== null) return fault('badDiscount', `${line.product.name}: ${reason}`);
  const amountMinor = takenOff(discount, leftOf(line));
  if (amountMinor > 0) line.discounts.push({ ...manualRules[discount.kind], amountMinor });
  return null;
}

/** The discount on the ticket, shared over its lines. */
function takeOffTicket(
  { discount }: Cart,
  lines: readonly UntaxedLine[],
  { manualRules }: Catalogue,
): TicketFault | null {
  if (discount === null) return null;
  const reason = faultOf(discount);
  if (reason !== null) return fault('badDiscount', reason);
  spread(discount, lines.map(leftOf)).forEach((amountMinor, index) => {
    if (amountMinor > 0) {
      lines[index]?.discounts.push({ ...manualRules[discount.kind], amountMinor });
    }
  });
  return null;
}

function ruleDiscount({ rule: { row }, amountMinor }: AppliedRule): Discount {
  return {
    ruleId: row.id,
    discountType: row.discountType,
    name: row.printName ?? row.name,
    identifier: row.name,
    isManual: false,
    amountMinor,
  };
}

function soldProduct({ row }: CatalogueProduct): SoldProduct {
  return { id: row.id, name: row._identifier, searchKey: row.searchkey, uOM: row.uOM };
}

function ticketTax({ id, rate, perDocument, row }: CatalogueTax): TicketTax {
  return {
    ...{ id, rate, perDocument, name: row.name },
    taxBase: row.taxBase ?? null,
    cascade: row.cascade ?? false,
    lineNo: row.lineNo ?? 10,
  };
}

function fault(code: TicketFault['code'], message: string): TicketFault {
  return { code, message };
}

/** A number of pieces as a quantity. */
export function pieces(count: number): number {
  return count * 10 ** QUANTITY_SCALE;
}
