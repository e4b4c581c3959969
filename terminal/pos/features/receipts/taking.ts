import { multiplyDivide, sum } from '../../../../server/core/money.ts';
import type { ReceiptLine } from '../../../pos-till.ts';

/** How much of each line is taken back, at QUANTITY_SCALE. */
export type Taking = ReadonlyMap<string, number>;

/** With one piece more or less of a line; never more than is left of it. Parts go with the last piece. */
export function stepped(taking: Taking, line: ReceiptLine, by: number): Taking {
  const now = taking.get(line.lineId) ?? 0;
  const next = Math.min(line.returnableQuantity, Math.max(0, now + by));
  return new Map(taking).set(line.lineId, next);
}

/** All that is left of every line. */
export function everything(lines: readonly ReceiptLine[]): Taking {
  return new Map(lines.map(({ lineId, returnableQuantity }) => [lineId, returnableQuantity]));
}

export function wantedLines(taking: Taking): { lineId: string; quantity: number }[] {
  return [...taking].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
}

/** About what is paid back, minor units: the till itself says it to the cent. */
export function aboutMinor(taking: Taking, lines: readonly ReceiptLine[]): number {
  return sum(
    lines.map(({ lineId, quantity, grossMinor }) =>
      quantity <= 0 ? 0 : multiplyDivide(grossMinor, taking.get(lineId) ?? 0, quantity),
    ),
  );
}
