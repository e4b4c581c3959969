import type { Json, JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { toScaled } from '../server/core/money.ts';
import type { Taxed } from '../server/core/tax.ts';
import { RATE_SCALE } from '../server/core/tax.ts';
import type { Catalogue, Customer } from './catalogue.ts';
import type { Discount } from './discounts.ts';
import { totalsOf } from './returns.ts';
import { PRICE_SCALE, QUANTITY_SCALE } from './scales.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import type { Ticket, TicketLine, TicketTax } from './ticket.ts';

/** A ticket that was read back from its record or from a server's receipt, with how it was paid. */
export interface Receipt {
  ticket: Ticket;
  payments: { name: string; amountMinor: number }[];
  changeMinor: number;
}

/** What receipts are read with. */
export interface ReceiptParts {
  settings: TerminalSettings;
  catalogue: Pick<Catalogue, 'customers' | 'products'>;
}

/** Reads the record that a till sent. */
export function receiptOfRecord(record: JsonObject, parts: ReceiptParts): Receipt {
  const money = moneyReader(parts.settings);
  const partner = objectOf(record['bp']);
  const isReturn = Number(record['orderType'] ?? 0) === 1;
  const priceIncludesTax = record['priceIncludesTax'] !== false;
  const lines = objectsOf(record['lines']).map((line): TicketLine => {
    const product = objectOf(line['product']);
    const taxed = taxedOf(money(line['lineGrossAmount']), money(line['taxAmount']));
    return {
      id: textOf(line['id']),
      product: {
        id: textOf(product['id']),
        name: textOf(product['_identifier']),
        searchKey: textOf(product['searchkey']),
        uOM: textOf(line['uOM']),
      },
      tax: taxOf(textOf(line['tax']), objectOf(objectOf(line['taxLines'])[textOf(line['tax'])])),
      ...pricesOf(line['qty'], line['price'], line['listPrice']),
      ...amountsOf(objectsOf(line['promotions']), taxed, { money, priceIncludesTax }),
      original: originalOf(line),
    };
  });
  return {
    ticket: {
      id: textOf(record['id']),
      kind: isReturn ? 'return' : 'sale',
      documentNo: textOf(record['documentNo']),
      customer: customerFor(textOf(partner['id']), textOf(partner['name']), parts),
      lines,
      totals: totalsOf(lines),
      priceListId: textOf(record['priceList']),
      priceIncludesTax,
      atMs: Number(record['created'] ?? 0),
    },
    payments: paymentsOf(record['payments'], money),
    changeMinor: money(record['change']),
  };
}

/** Reads what a server's PaidReceipts says of a ticket; the customer's name is in the search only. */
export function receiptOfServer(
  row: JsonObject,
  customerName: string,
  parts: ReceiptParts,
): Receipt {
  const money = moneyReader(parts.settings);
  const priceIncludesTax = row['priceIncludesTax'] !== false;
  const rates = new Map(objectsOf(row['receiptTaxes']).map((tax) => [textOf(tax['taxid']), tax]));
  const lines = objectsOf(row['receiptLines']).map((line): TicketLine => {
    const taxes = objectsOf(line['taxes']);
    const [tax] = taxes;
    const taxId = textOf(tax?.['taxId']);
    const known = parts.catalogue.products.get(textOf(line['id']));
    // The line's own taxes tell its gross, also where all of it was discounted.
    const taxMinor = taxes.reduce((total, each) => total + money(each['taxAmount']), 0);
    const netMinor = money(tax?.['taxableAmount']);
    const taxed =
      tax === undefined
        ? taxedOf(money(line['linegrossamount']), 0)
        : taxedOf(netMinor + taxMinor, taxMinor);
    return {
      id: textOf(line['lineId']),
      product: {
        id: textOf(line['id']),
        name: textOf(line['name']),
        searchKey: known?.row.searchkey ?? '',
        uOM: textOf(line['uOM']) || (known?.row.uOM ?? ''),
      },
      tax: taxOf(taxId, { name: tax?.['identifier'], rate: tax?.['taxRate'], ...rates.get(taxId) }),
      ...pricesOf(line['quantity'], line['unitPrice'], line['unitPrice']),
      ...amountsOf(objectsOf(line['promotions']), taxed, { money, priceIncludesTax }),
      original: null,
    };
  });
  const { documentTypeForReturns } = parts.settings.terminal.terminalType;
  return {
    ticket: {
      id: textOf(row['orderid']),
      kind: row['documentType'] === documentTypeForReturns ? 'return' : 'sale',
      documentNo: textOf(row['documentNo']),
      customer: customerFor(textOf(row['bp']), customerName, parts),
      lines,
      totals: totalsOf(lines),
      priceListId: textOf(row['priceList']),
      priceIncludesTax,
      atMs: Date.parse(textOf(row['orderDate'])) || 0,
    },
    payments: paymentsOf(row['receiptPayments'], money),
    changeMinor: 0,
  };
}

/** How much of each line a return took back, at QUANTITY_SCALE, by the line that it was sold on. */
export function takenByRecord(record: JsonObject, ticketId: string): Map<string, number> {
  const taken = new Map<string, number>();
  for (const line of objectsOf(record['lines'])) {
    if (line['originalOrderId'] !== ticketId) continue;
    const lineId = textOf(line['originalOrderLineId']);
    taken.set(lineId, (taken.get(lineId) ?? 0) - scaled(line['qty'], QUANTITY_SCALE));
  }
  return taken;
}

function amountsOf(
  promotions: readonly JsonObject[],
  taxed: Taxed,
  {
    money,
    priceIncludesTax,
  }: { money: (value: Json | undefined) => number; priceIncludesTax: boolean },
): Pick<TicketLine, 'amountMinor' | 'discounts' | 'taxed'> {
  const discounts = promotions.map((promotion): Discount => {
    const name = textOf(promotion['name']);
    return {
      ruleId: textOf(promotion['ruleId']),
      discountType: textOf(promotion['discountType']),
      name,
      identifier: textOf(promotion['identifier']) || name,
      isManual: promotion['manual'] === true,
      amountMinor: money(promotion['amt']),
    };
  });
  const leftMinor = priceIncludesTax ? taxed.grossMinor : taxed.netMinor;
  const amountMinor = discounts.reduce((total, each) => total + each.amountMinor, leftMinor);
  return { amountMinor, discounts, taxed };
}

function pricesOf(quantity: Json | undefined, price: Json | undefined, list: Json | undefined) {
  return {
    quantity: scaled(quantity, QUANTITY_SCALE),
    unitPrice: scaled(price, PRICE_SCALE),
    listPrice: scaled(list, PRICE_SCALE),
  };
}

function taxOf(id: string, tax: JsonObject): TicketTax {
  return {
    id,
    rate: scaled(tax['rate'], RATE_SCALE),
    perDocument: tax['docTaxAmount'] === 'D',
    name: textOf(tax['name']),
    taxBase: typeof tax['taxBase'] === 'string' ? tax['taxBase'] : null,
    cascade: tax['cascade'] === true,
    lineNo: Number(tax['lineNo'] ?? 10),
  };
}

function taxedOf(grossMinor: number, taxMinor: number): Taxed {
  return { grossMinor, taxMinor, netMinor: grossMinor - taxMinor };
}

function originalOf(line: JsonObject): TicketLine['original'] {
  const [ticketId, lineId] = [line['originalOrderId'], line['originalOrderLineId']];
  return typeof ticketId === 'string' && typeof lineId === 'string' ? { ticketId, lineId } : null;
}

/** The customer as the till knows them; else under the name on the ticket. */
function customerFor(id: string, name: string, { catalogue, settings }: ReceiptParts): Customer {
  const known = catalogue.customers.get(id || settings.terminal.businessPartner);
  return known ?? { row: { id, name }, billTo: undefined, shipTo: undefined };
}

function paymentsOf(payments: Json | undefined, money: (value: Json | undefined) => number) {
  return objectsOf(payments).map((payment) => ({
    name: textOf(payment['name']) || textOf(payment['kind']),
    amountMinor: money(payment['amount']),
  }));
}

function moneyReader({ currency }: TerminalSettings): (value: Json | undefined) => number {
  return (value) => scaled(value, currency.obposPosprecision);
}

/** 0 for what is no number: a receipt is shown as far as it can be read. */
function scaled(value: Json | undefined, scale: number): number {
  const isNumber = typeof value === 'number' || typeof value === 'string';
  return isNumber ? (toScaled(value, scale) ?? 0) : 0;
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
