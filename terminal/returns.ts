import { multiplyDivide, sum } from '../server/core/money.ts';
import type { Taxed, TaxedDocument } from '../server/core/tax.ts';
import type { Ticket, TicketHead, TicketLine } from './ticket.ts';

/** A line to take back, in part or whole. */
export interface TakenLine {
  lineId: string;
  /** At QUANTITY_SCALE, above 0. */
  quantity: number;
  /** What was taken back of it before, at QUANTITY_SCALE. */
  takenBefore: number;
}

/** Why lines cannot be taken back. */
export interface ReturnFault {
  code: 'emptyBasket' | 'notReturnable';
  message: string;
}

/**
 * Takes back lines of a sale at the price and with the discounts at which they were sold. What was
 * given back after each return is the whole rounded at that quantity, so returns in parts never give
 * back more than was paid, and all parts together exactly that.
 */
export function returnOf(
  head: TicketHead,
  original: Pick<Ticket, 'id' | 'kind' | 'customer' | 'priceListId' | 'priceIncludesTax' | 'lines'>,
  wanted: readonly TakenLine[],
  nextId: () => string,
): Ticket | ReturnFault {
  if (wanted.length === 0) return fault('emptyBasket', 'There is nothing to take back.');
  const lines: TicketLine[] = [];
  for (const each of wanted) {
    const line = original.lines.find(({ id }) => id === each.lineId);
    if (line === undefined || original.kind !== 'sale') {
      return fault('notReturnable', `The ticket was not sold with a line ${each.lineId}.`);
    }
    const { quantity, takenBefore } = each;
    const isPart = Number.isSafeInteger(quantity) && quantity > 0;
    if (!isPart || takenBefore + quantity > line.quantity) {
      return fault('notReturnable', `So much of ${line.product.name} cannot be taken back.`);
    }
    lines.push(takenBack(line, each, original, nextId()));
  }
  const { customer, priceIncludesTax, priceListId } = original;
  const totals = totalsOf(lines);
  return { ...head, kind: 'return', customer, priceIncludesTax, priceListId, lines, totals };
}

/** Takes back everything of a sale of which nothing was taken back before. */
export function wholeOf({ lines }: Pick<Ticket, 'lines'>): TakenLine[] {
  return lines.map(({ id, quantity }) => ({ lineId: id, quantity, takenBefore: 0 }));
}

/** The totals of lines whose tax is computed already. */
export function totalsOf(lines: readonly Pick<TicketLine, 'tax' | 'taxed'>[]): TaxedDocument {
  const byRule = new Map<string, Pick<TicketLine, 'tax' | 'taxed'>[]>();
  for (const line of lines) {
    byRule.set(line.tax.id, [...(byRule.get(line.tax.id) ?? []), line]);
  }
  const rates = [...byRule.values()].flatMap((those) => {
    const [first] = those;
    return first === undefined
      ? []
      : [{ rule: first.tax, ...added(those.map(({ taxed }) => taxed)) }];
  });
  return { lines: lines.map(({ taxed }) => taxed), rates, ...added(rates) };
}

function takenBack(
  line: TicketLine,
  { quantity, takenBefore }: TakenLine,
  { id: ticketId, priceIncludesTax }: Pick<Ticket, 'id' | 'priceIncludesTax'>,
  id: string,
): TicketLine {
  const untilNow = takenUntil(line, takenBefore);
  const then = takenUntil(line, takenBefore + quantity);
  const taxed: Taxed = {
    netMinor: untilNow.netMinor - then.netMinor,
    taxMinor: untilNow.taxMinor - then.taxMinor,
    grossMinor: untilNow.grossMinor - then.grossMinor,
  };
  const discounts = line.discounts.map((discount, index) => ({
    ...discount,
    amountMinor: (untilNow.off[index] ?? 0) - (then.off[index] ?? 0),
  }));
  const leftMinor = priceIncludesTax ? taxed.grossMinor : taxed.netMinor;
  return {
    ...line,
    ...{ id, taxed, discounts, quantity: -quantity },
    amountMinor: sum([leftMinor, ...discounts.map(({ amountMinor }) => amountMinor)]),
    original: { ticketId, lineId: line.id },
  };
}

/**
 * What a line comes to when so much of it has been taken back in all. The tax follows the gross, so
 * that neither net nor tax ever shrinks while more is taken back.
 */
function takenUntil({ taxed, discounts, quantity }: TicketLine, taken: number) {
  const partOf = (minor: number): number => multiplyDivide(minor, taken, quantity);
  const grossMinor = partOf(taxed.grossMinor);
  const taxMinor =
    taxed.grossMinor === 0 ? 0 : multiplyDivide(taxed.taxMinor, grossMinor, taxed.grossMinor);
  return {
    ...{ grossMinor, taxMinor, netMinor: grossMinor - taxMinor },
    off: discounts.map(({ amountMinor }) => partOf(amountMinor)),
  };
}

function added(parts: readonly Taxed[]): Taxed {
  return {
    netMinor: sum(parts.map((part) => part.netMinor)),
    taxMinor: sum(parts.map((part) => part.taxMinor)),
    grossMinor: sum(parts.map((part) => part.grossMinor)),
  };
}

function fault(code: ReturnFault['code'], message: string): ReturnFault {
  return { code, message };
}
