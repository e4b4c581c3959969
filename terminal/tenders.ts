import { sum } from '../server/core/money.ts';
import type { Tender } from './cart.ts';
import type { PaymentMethod, TerminalSettings } from './terminal-settings.ts';
import { cashMethod } from './terminal-settings.ts';

/** A payment of a ticket. */
export interface Payment {
  method: PaymentMethod;
  /** What stays: minor units, negative where it is paid back. */
  amountMinor: number;
}

/** How a ticket is paid. The payments add up to its gross. */
export interface Paid {
  payments: Payment[];
  /** Given back in cash, minor units: what was tendered beyond the gross. */
  changeMinor: number;
}

/** Why a ticket is not paid so. */
export interface TenderFault {
  code: 'unknownMethod' | 'badTender' | 'notCovered' | 'overTendered' | 'otherCurrency';
  message: string;
}

/**
 * Settles what is due with what was handed over. Change is given in cash, out of the cash that was
 * handed over: other methods can never be more than what is due. What is due nothing needs no tender.
 */
export function settle(
  dueMinor: number,
  tenders: readonly Tender[],
  settings: TerminalSettings,
): Paid | TenderFault {
  const handed = new Map<string, Payment>();
  for (const { method: key, amountMinor } of tenders) {
    const found = methodOf(key, settings);
    if ('code' in found) return found;
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) {
      return fault('badTender', `${amountMinor} is no amount that can be handed over.`);
    }
    const known = handed.get(key);
    handed.set(key, { ...found, amountMinor: amountMinor + (known?.amountMinor ?? 0) });
  }
  const payments = [...handed.values()];
  const overMinor = sum(payments.map((each) => each.amountMinor)) - dueMinor;
  if (overMinor < 0) {
    return fault('notCovered', `${written(-overMinor, settings)} is still to be paid.`);
  }
  const cash = payments.find(({ method }) => method.paymentMethod.iscash);
  if (overMinor > (cash?.amountMinor ?? 0)) {
    return fault(
      'overTendered',
      `More than is due can be handed over in cash only; ${written(overMinor, settings)} is too much.`,
    );
  }
  if (cash !== undefined) cash.amountMinor -= overMinor;
  return {
    payments: payments.filter(({ amountMinor }) => amountMinor > 0),
    changeMinor: overMinor,
  };
}

/** Pays back what a return comes to, by one method that may be paid back with. `grossMinor` is not positive. */
export function payBack(
  grossMinor: number,
  key: string,
  settings: TerminalSettings,
): Paid | TenderFault {
  const found = methodOf(key, settings);
  if ('code' in found) return found;
  const { method } = found;
  if (!method.paymentMethod.refundable) {
    return fault('badTender', `Nothing can be paid back with ${nameOf(method)}.`);
  }
  const payments = grossMinor === 0 ? [] : [{ method, amountMinor: grossMinor }];
  return { payments, changeMinor: 0 };
}

/** The exact amount by one method; by cash where the terminal has no such method. */
export function exactly(
  dueMinor: number,
  key: string | undefined,
  settings: TerminalSettings,
): Tender[] {
  const known = settings.payments.find(({ payment }) => payment.searchKey === key);
  const { searchKey } = (known ?? cashMethod(settings)).payment;
  return dueMinor > 0 ? [{ method: searchKey, amountMinor: dueMinor }] : [];
}

/** What people call a payment method. */
export function nameOf({ payment }: PaymentMethod): string {
  return payment.commercialName ?? payment.searchKey;
}

function methodOf(
  key: string,
  settings: TerminalSettings,
): { method: PaymentMethod } | TenderFault {
  const method = settings.payments.find(({ payment }) => payment.searchKey === key);
  if (method === undefined)
    return fault('unknownMethod', `This till has no payment method ${key}.`);
  if (method.isocode === settings.terminal.currency$_identifier) return { method };
  return fault(
    'otherCurrency',
    `${nameOf(method)} is in ${method.isocode}; this till takes ${settings.terminal.currency$_identifier} only.`,
  );
}

function written(minor: number, { terminal, currency }: TerminalSettings): string {
  const precision = currency.obposPosprecision;
  const units = (minor / 10 ** precision).toFixed(precision);
  return `${units} ${terminal.currency$_identifier}`;
}

function fault(code: TenderFault['code'], message: string): TenderFault {
  return { code, message };
}
