import type { JsonObject } from '../server/contract/json.ts';
import { fromScaled, multiplyDivide } from '../server/core/money.ts';
import { RATE_SCALE } from '../server/core/tax.ts';
import type { Customer } from './catalogue.ts';
import { PRICE_SCALE, QUANTITY_SCALE } from './scales.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { returnPrefix } from './terminal-settings.ts';
import type { Paid, Payment } from './tenders.ts';
import { nameOf } from './tenders.ts';
import type { Ticket, TicketLine, TicketTax } from './ticket.ts';

/** A tax rate of the whole, at RATE_SCALE. */
const WHOLE_RATE = 100 * 10 ** RATE_SCALE;

/** What an order record says beyond its ticket. */
export interface OrderContext {
  settings: TerminalSettings;
  userId: string;
  cashupId: string;
  /** How it is paid, in full. */
  paid: Paid;
  /** Ids of the payments. */
  nextId: () => string;
  /** UTC less local time, minutes. */
  timezoneOffset: number;
}

/** The record of OrderLoader: decimals as the wire has them. */
export function orderRecord(ticket: Ticket, context: OrderContext): JsonObject {
  const { settings } = context;
  const { terminal } = settings;
  const money = moneyOf(settings);
  const isReturn = ticket.kind === 'return';
  const orderedAt = new Date(ticket.atMs).toISOString();
  return {
    id: ticket.id,
    client: terminal.client,
    organization: terminal.organization,
    createdBy: context.userId,
    salesRepresentative: context.userId,
    posTerminal: terminal.id,
    warehouse: terminal.warehouse,
    priceList: ticket.priceListId,
    currency: terminal.currency,
    documentType: isReturn
      ? terminal.terminalType.documentTypeForReturns
      : terminal.terminalType.documentType,
    documentNo: ticket.documentNo,
    documentnoPrefix: terminal.docNoPrefix,
    returnnoPrefix: returnPrefix(settings),
    orderType: isReturn ? 1 : 0,
    orderDate: orderedAt,
    creationDate: orderedAt,
    created: ticket.atMs,
    timezoneOffset: context.timezoneOffset,
    loaded: null,
    obposAppCashup: context.cashupId,
    isQuotation: false,
    isLayaway: false,
    isPaid: true,
    paidOnCredit: false,
    generateInvoice: false,
    generateShipment: true,
    isbeingprocessed: 'Y',
    hasbeenpaid: 'Y',
    priceIncludesTax: ticket.priceIncludesTax,
    bp: partnerOf(ticket.customer),
    qty: fromScaled(totalQuantity(ticket), QUANTITY_SCALE),
    gross: money(ticket.totals.grossMinor),
    net: money(ticket.totals.netMinor),
    ...paymentsOf(ticket, context),
    taxes: Object.fromEntries(
      ticket.totals.rates.map((rate) => [
        rate.rule.id,
        taxOf(taxOfRule(ticket, rate.rule.id), rate.netMinor, rate.taxMinor, money),
      ]),
    ),
    lines: ticket.lines.map((line) => lineOf(line, ticket, context)),
    approvals: [],
  };
}

/** Minor units as the wire's decimals, in the terminal's currency. */
export function moneyOf({ currency }: TerminalSettings): (minor: number) => number {
  return (minor) => fromScaled(minor, currency.obposPosprecision);
}

function partnerOf({ row, billTo, shipTo }: Customer): JsonObject {
  return {
    id: row.id,
    name: row.name,
    searchKey: row.searchKey ?? null,
    businessPartnerCategory: row.businessPartnerCategory ?? null,
    paymentMethod: row.paymentMethod ?? null,
    paymentTerms: row.paymentTerms ?? null,
    invoiceTerms: row.invoiceTerms ?? null,
    locId: billTo?.id ?? null,
    locName: billTo?.name ?? null,
    shipLocId: shipTo?.id ?? null,
    shipLocName: shipTo?.name ?? null,
  };
}

function paymentsOf(ticket: Ticket, { settings, paid, nextId }: OrderContext): JsonObject {
  const money = moneyOf(settings);
  const one = ({ method, amountMinor }: Payment): JsonObject => ({
    id: nextId(),
    kind: method.payment.searchKey,
    name: nameOf(method),
    amount: money(amountMinor),
    origAmount: money(amountMinor),
    paid: money(amountMinor),
    rate: method.rate,
    mulrate: method.mulrate,
    isocode: method.isocode,
    isCash: method.paymentMethod.iscash,
    date: new Date(ticket.atMs).toISOString(),
    paymentData: null,
  });
  return {
    payment: money(ticket.totals.grossMinor),
    change: money(paid.changeMinor),
    payments: paid.payments.map(one),
  };
}

function lineOf(line: TicketLine, ticket: Ticket, { settings }: OrderContext): JsonObject {
  const { product, taxed, tax, unitPrice } = line;
  const money = moneyOf(settings);
  const price = fromScaled(unitPrice, PRICE_SCALE);
  const listPrice = fromScaled(line.listPrice, PRICE_SCALE);
  const unitNet = ticket.priceIncludesTax
    ? multiplyDivide(unitPrice, WHOLE_RATE, WHOLE_RATE + tax.rate)
    : unitPrice;
  return {
    id: line.id,
    product: { id: product.id, _identifier: product.name, searchkey: product.searchKey },
    uOM: product.uOM,
    warehouse: { id: settings.terminal.warehouse },
    qty: fromScaled(line.quantity, QUANTITY_SCALE),
    price,
    priceList: listPrice,
    listPrice,
    standardPrice: price,
    grossListPrice: ticket.priceIncludesTax ? listPrice : 0,
    grossUnitPrice: ticket.priceIncludesTax ? price : 0,
    pricenet: fromScaled(unitNet, PRICE_SCALE),
    // Before discounts in the prices' own terms; `lineGrossAmount` is what the line comes to.
    ...(ticket.priceIncludesTax
      ? { gross: money(line.amountMinor), net: money(taxed.netMinor) }
      : { gross: money(taxed.grossMinor), net: money(line.amountMinor) }),
    lineGrossAmount: money(taxed.grossMinor),
    discountPercentage: 0,
    tax: tax.id,
    taxAmount: money(taxed.taxMinor),
    taxLines: { [tax.id]: taxOf(tax, taxed.netMinor, taxed.taxMinor, money) },
    promotions: promotionsOf(line, settings),
    ...(line.original !== null && {
      originalOrderId: line.original.ticketId,
      originalOrderLineId: line.original.lineId,
    }),
  };
}

/** What each discount took off, and what the line's price was before it. */
function promotionsOf(line: TicketLine, settings: TerminalSettings): JsonObject[] {
  const money = moneyOf(settings);
  return line.discounts.map(({ amountMinor, isManual, ...rule }) => ({
    ...rule,
    amt: money(amountMinor),
    actualAmt: money(amountMinor),
    displayedTotalAmount: money(amountMinor),
    basePrice: fromScaled(line.unitPrice, PRICE_SCALE),
    unitDiscount: fromScaled(unitDiscount(amountMinor, line, settings), PRICE_SCALE),
    manual: isManual,
    hidden: false,
  }));
}

function unitDiscount(
  amountMinor: number,
  line: TicketLine,
  { currency }: TerminalSettings,
): number {
  const perUnit = 10 ** (QUANTITY_SCALE + PRICE_SCALE - currency.obposPosprecision);
  return multiplyDivide(amountMinor, perUnit, line.quantity);
}

function taxOfRule(ticket: Ticket, ruleId: string): TicketTax {
  const line = ticket.lines.find(({ tax }) => tax.id === ruleId);
  if (line === undefined) throw new Error(`no line bears the tax ${ruleId}`);
  return line.tax;
}

function taxOf(
  { name, rate, perDocument, taxBase, cascade, lineNo }: TicketTax,
  netMinor: number,
  taxMinor: number,
  money: (minor: number) => number,
): JsonObject {
  return {
    name,
    rate: fromScaled(rate, RATE_SCALE),
    net: money(netMinor),
    amount: money(taxMinor),
    docTaxAmount: perDocument ? 'D' : 'L',
    ...{ taxBase, cascade, lineNo },
  };
}

function totalQuantity(ticket: Ticket): number {
  return ticket.lines.reduce((total, line) => total + line.quantity, 0);
}
