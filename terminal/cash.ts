import type { JsonObject } from '../server/contract/json.ts';
import type { MethodTotals, OpenCashup } from './book.ts';
import { expectedMinor, totalsOf } from './book.ts';
import { moneyOf } from './order-record.ts';
import type { CashEvent, PaymentMethod, TerminalSettings } from './terminal-settings.ts';

/** Who does it, when. */
export interface CashContext {
  settings: TerminalSettings;
  userId: string;
  /** Epoch ms. */
  atMs: number;
  timezoneOffset: number;
}

/** The record of ProcessCashMgmt: cash put into the drawer or taken out. `amountMinor` is above 0. */
export function movementRecord(
  movement: {
    id: string;
    direction: 'deposit' | 'drop';
    amountMinor: number;
    event: CashEvent;
    method: PaymentMethod;
  },
  cashup: OpenCashup,
  context: CashContext,
): JsonObject {
  const { settings, userId, atMs, timezoneOffset } = context;
  const money = moneyOf(settings);
  const { event, method } = movement;
  return {
    id: movement.id,
    description: event.name,
    amount: money(movement.amountMinor),
    origAmount: money(movement.amountMinor),
    type: movement.direction,
    reasonId: event.id,
    paymentMethodId: method.payment.id,
    user: userId,
    userId,
    creationDate: new Date(atMs).toISOString(),
    timezoneOffset,
    isocode: method.isocode,
    glItem: null,
    cashup_id: cashup.id,
    posTerminal: settings.terminal.id,
    isbeingprocessed: 'N',
    defaultProcess: 'Y',
    extendedType: null,
  };
}

/** What was counted, and what of it stays for the next cash-up: minor units by search key. */
interface Count {
  /** A method that is absent was found as it should be. */
  counted: Readonly<Record<string, number>>;
  kept: Readonly<Record<string, number>>;
}

/** The record of ProcessCashClose. */
export function cashupRecord(cashup: OpenCashup, count: Count, context: CashContext): JsonObject {
  const { settings, userId, atMs, timezoneOffset } = context;
  const money = moneyOf(settings);
  const { sales, returns } = cashup;
  const at = new Date(atMs).toISOString();
  return {
    id: cashup.id,
    userId,
    posterminal: settings.terminal.id,
    posTerminal: settings.terminal.id,
    organization: settings.terminal.organization,
    creationDate: new Date(cashup.openedAtMs).toISOString(),
    cashUpDate: at,
    lastcashupeportdate: at,
    timezoneOffset,
    isprocessed: 'Y',
    isbeingprocessed: 'N',
    netSales: money(sales.netMinor),
    grossSales: money(sales.grossMinor),
    netReturns: money(returns.netMinor),
    grossReturns: money(returns.grossMinor),
    totalRetailTransactions: money(sales.grossMinor - returns.grossMinor),
    cashTaxInfo: cashup.taxes.map((tax) => ({
      id: tax.id,
      name: tax.name,
      amount: money(tax.amountMinor),
      orderType: String(tax.orderType),
      cashup_id: cashup.id,
    })),
    cashPaymentMethodInfo: settings.payments.map((method, index) =>
      methodInfo(method, cashup, count, { lineNo: (index + 1) * 10, money }),
    ),
    cashCloseInfo: settings.payments.map((method) => closeInfo(method, cashup, count, money)),
    cashMgmtIds: cashup.movementIds,
    ticketIds: cashup.ticketIds,
    approvals: null,
  };
}

function methodInfo(
  { payment, paymentMethod, rate, isocode }: PaymentMethod,
  cashup: OpenCashup,
  count: Count,
  { lineNo, money }: { lineNo: number; money: (minor: number) => number },
): JsonObject {
  const totals: MethodTotals = totalsOf(cashup, payment.searchKey);
  return {
    id: `${cashup.id.slice(0, 28)}${String(lineNo).padStart(4, '0')}`,
    paymentmethod_id: paymentMethod.id,
    paymentMethodId: paymentMethod.id,
    paymentTypeId: payment.id,
    searchKey: payment.searchKey,
    name: payment.commercialName ?? payment.searchKey,
    startingCash: money(totals.startingMinor),
    totalSales: money(totals.salesMinor),
    totalReturns: money(totals.returnsMinor),
    totalDeposits: money(totals.depositsMinor),
    totalDrops: money(totals.dropsMinor),
    totalCounted: money(count.counted[payment.searchKey] ?? expectedMinor(totals)),
    amountToKeep: money(count.kept[payment.searchKey] ?? 0),
    rate,
    isocode,
    cashup_id: cashup.id,
    lineNo,
  };
}

function closeInfo(
  { payment }: PaymentMethod,
  cashup: OpenCashup,
  { counted, kept }: Count,
  money: (minor: number) => number,
): JsonObject {
  const should = expectedMinor(totalsOf(cashup, payment.searchKey));
  const difference = money((counted[payment.searchKey] ?? should) - should);
  return {
    id: null,
    paymentTypeId: payment.id,
    expected: money(should),
    foreignExpected: money(should),
    difference,
    foreignDifference: difference,
    paymentMethod: { amountToKeep: money(kept[payment.searchKey] ?? 0) },
  };
}
