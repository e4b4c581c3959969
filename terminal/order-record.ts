import type { JsonObject } from '../server/contract/json.ts';
import { fromScaled, multiplyDivide } from '../server/core/money.ts';
import { RATE_SCALE } from '../server/core/tax.ts';
import type { CatalogueTax, Customer } from './catalogue.ts';
import { PRICE_SCALE, QUANTITY_SCALE } from './scales.ts';
import type { PaymentMethod, TerminalSettings } from './terminal-settings.ts';
import { returnPrefix } from './terminal-settings.ts';
import type { Ticket, TicketLine } from './ticket.ts';

/** What an order record says beyond its ticket. */
export interface OrderContext {
  settings: TerminalSettings;
  userId: string;
  cashupId: string;
  /** How it is paid: minor units, in full; the change is given back in the same method. */
  payment: { id: string; method: PaymentMethod; tenderedMinor: number };
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
    priceList: settings.pricelist.id,
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

function paymentsOf(ticket: Ticket, context: OrderContext): JsonObject {
  const { settings, payment } = context;
  const money = moneyOf(settings);
  const { method, tenderedMinor } = payment;
  const { grossMinor } = ticket.totals;
  const one: JsonObject = {
    id: payment.id,
    kind: method.payment.searchKey,
    name: method.payment.commercialName ?? method.payment.searchKey,
    amount: money(grossMinor),
    origAmount: money(grossMinor),
    paid: money(grossMinor),
    rate: method.rate,
    mulrate: method.mulrate,
    isocode: method.isocode,
    isCash: method.paymentMethod.iscash,
    date: new Date(ticket.atMs).toISOString(),
    paymentData: null,
  };
  return {
    payment: money(grossMinor),
    change: money(tenderedMinor - grossMinor),
    payments: grossMinor === 0 ? [] : [one],
  };
}

function lineOf(line: TicketLine, ticket: Ticket, { settings }: OrderContext): JsonObject {
  const { product, taxed, tax } = line;
  const money = moneyOf(settings);
  const price = fromScaled(product.standardPrice, PRICE_SCALE);
  const listPrice = fromScaled(product.listPrice, PRICE_SCALE);
  const unitNet = ticket.priceIncludesTax
    ? multiplyDivide(
        product.standardPrice,
        100 * 10 ** RATE_SCALE,
        100 * 10 ** RATE_SCALE + tax.rate,
      )
    : product.standardPrice;
  return {
    id: line.id,
    product: {
      id: product.row.id,
      _identifier: product.row._identifier,
      searchkey: product.row.searchkey,
    },
    uOM: product.row.uOM,
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
  return line.discounts.map(({ rule, amountMinor }) => ({
    ruleId: rule.row.id,
    discountType: rule.row.discountType,
    name: rule.row.printName ?? rule.row.name,
    identifier: rule.row.name,
    amt: money(amountMinor),
    actualAmt: money(amountMinor),
    displayedTotalAmount: money(amountMinor),
    basePrice: fromScaled(line.product.standardPrice, PRICE_SCALE),
    unitDiscount: fromScaled(unitDiscount(amountMinor, line, settings), PRICE_SCALE),
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

function taxOfRule(ticket: Ticket, ruleId: string): CatalogueTax {
  const line = ticket.lines.find(({ tax }) => tax.id === ruleId);
  if (line === undefined) throw new Error(`no line bears the tax ${ruleId}`);
  return line.tax;
}

function taxOf(
  { row, rate, perDocument }: CatalogueTax,
  netMinor: number,
  taxMinor: number,
  money: (minor: number) => number,
): JsonObject {
  return {
    name: row.name,
    rate: fromScaled(rate, RATE_SCALE),
    net: money(netMinor),
    amount: money(taxMinor),
    docTaxAmount: perDocument ? 'D' : 'L',
    taxBase: row.taxBase ?? null,
    cascade: row.cascade ?? false,
    lineNo: row.lineNo ?? 10,
  };
}

function totalQuantity(ticket: Ticket): number {
  return ticket.lines.reduce((total, line) => total + line.quantity, 0);
}
