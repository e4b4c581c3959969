import type { OpenCashup } from './book.ts';
import { expectedMinor, totalsOf } from './book.ts';
import type { CashUpSoFar } from './pos-till.ts';
import { nameOf } from './tenders.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** An open cash-up as a screen shows it: every method of the terminal, whether or not it was used. */
export function cashUpSoFar(cashup: OpenCashup, { payments }: TerminalSettings): CashUpSoFar {
  const { openedAtMs, sales, returns } = cashup;
  return {
    openedAtMs,
    sales: { count: sales.count, grossMinor: sales.grossMinor },
    returns: { count: returns.count, grossMinor: returns.grossMinor },
    methods: payments.map((method) => {
      const { searchKey } = method.payment;
      const totals = totalsOf(cashup, searchKey);
      return {
        ...{ searchKey, name: nameOf(method), isCash: method.paymentMethod.iscash },
        ...totals,
        expectedMinor: expectedMinor(totals),
      };
    }),
  };
}
