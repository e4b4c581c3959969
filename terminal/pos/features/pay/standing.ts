import { sum } from '../../../../server/core/money.ts';
import type { Tender } from '../../../cart.ts';
import type { PaymentMethod, TerminalSettings } from '../../../terminal-settings.ts';
import { nameOf } from '../../../tenders.ts';

/** A payment method as a button. */
export interface MethodButton {
  /** The method's search key. */
  method: string;
  name: string;
  isCash: boolean;
  /** The letter that chooses it. */
  letter: string;
}

/** The methods in the till's currency, each with a letter of its name that no other has. */
export function methodButtons(settings: TerminalSettings): MethodButton[] {
  const taken = new Set<string>();
  return settings.payments
    .filter(({ isocode }) => isocode === settings.terminal.currency$_identifier)
    .map((method: PaymentMethod) => {
      const name = nameOf(method);
      const letters = name.toLowerCase().match(/[a-z]/g) ?? [];
      const letter = letters.find((each) => !taken.has(each)) ?? '';
      taken.add(letter);
      return {
        ...{ name, letter, method: method.payment.searchKey },
        isCash: method.paymentMethod.iscash,
      };
    });
}

/** How a payment stands. Minor units. */
export interface Standing {
  tenderedMinor: number;
  /** 0 when all is paid. */
  remainingMinor: number;
  changeMinor: number;
}

export function standingOf(dueMinor: number, tenders: readonly Tender[]): Standing {
  const tenderedMinor = sum(tenders.map(({ amountMinor }) => amountMinor));
  return {
    tenderedMinor,
    remainingMinor: Math.max(0, dueMinor - tenderedMinor),
    changeMinor: Math.max(0, tenderedMinor - dueMinor),
  };
}

/**
 * The tenders with one more: all that remains where no amount was typed. Null where it cannot be taken:
 * no method is chosen, nothing remains, the amount is 0, or it is more than remains by a method that gives no change.
 */
export function withTender(
  tenders: readonly Tender[],
  added: { button: MethodButton | undefined; typedMinor: number | null },
  dueMinor: number,
): Tender[] | null {
  const { remainingMinor } = standingOf(dueMinor, tenders);
  const { button, typedMinor } = added;
  const amountMinor = typedMinor ?? remainingMinor;
  if (button === undefined || remainingMinor === 0 || amountMinor <= 0) return null;
  if (amountMinor > remainingMinor && !button.isCash) return null;
  const known = tenders.some(({ method }) => method === button.method);
  if (!known) return [...tenders, { method: button.method, amountMinor }];
  return tenders.map((tender) =>
    tender.method === button.method
      ? { ...tender, amountMinor: tender.amountMinor + amountMinor }
      : tender,
  );
}
