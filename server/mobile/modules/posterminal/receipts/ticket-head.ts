import type { Terminal } from '../../../../contract/definitions.ts';
import type { JsonObject } from '../../../../contract/json.ts';
import { isJsonObject } from '../../../../contract/json.ts';
import { fromScaled, toScaled } from '../../../../core/money.ts';
import type { TicketHead } from '../../../../storage/port.ts';
import type { Refusal } from '../../../query/refusal.ts';
import { quoted, refuse } from '../../../query/refusal.ts';
import { objectOf, textOf } from '../read-json.ts';
import { TERMINAL_DEFAULTS } from '../terminal/defaults.ts';

/** Tickets of one answer, whatever `_limit` says: nobody reads more on a till's screen. */
export const MOST_TICKETS = 300;

/** Where the currency of a till is not known. */
const DEFAULT_PRECISION = 2;

/** What a ticket's row needs to know of the till that asks. */
export interface Reader {
  precision: number;
  documentTypes: Record<TicketHead['documentKind'], string>;
}

export function readerFor(terminal: Terminal | undefined): Reader {
  const config = isJsonObject(terminal?.config) ? terminal.config : {};
  const type = {
    ...objectOf(TERMINAL_DEFAULTS, 'terminalType'),
    ...objectOf(objectOf(config, 'terminal'), 'terminalType'),
  };
  const sale = textOf(type, 'documentType') ?? 'ORD';
  return {
    precision: terminal?.currency.precision ?? DEFAULT_PRECISION,
    documentTypes: {
      sale,
      layaway: sale,
      void: sale,
      return: textOf(type, 'documentTypeForReturns') ?? 'RET',
      quotation: textOf(type, 'documentTypeForQuotations') ?? 'QT',
    },
  };
}

/** The amount of a ticket as a JSON number. */
export function totalOf(head: TicketHead, reader: Reader): number {
  return fromScaled(head.grossMinor, reader.precision);
}

/** The row of PaidReceiptsHeader. */
export function headerRow(head: TicketHead, reader: Reader): JsonObject {
  return {
    id: head.id,
    documentNo: head.documentNo,
    orderDate: head.orderedAt,
    businessPartner: head.businessPartnerName ?? '',
    totalamount: totalOf(head, reader),
    documentTypeId: reader.documentTypes[head.documentKind],
    isLayaway: head.documentKind === 'layaway',
  };
}

/** An amount of a search in minor units; undefined where it is left empty. */
export function amountBound(
  name: string,
  value: unknown,
  reader: Reader,
): number | undefined | Refusal {
  if (value === undefined || value === null || value === '') return undefined;
  const minor =
    typeof value === 'number' || typeof value === 'string'
      ? toScaled(value, reader.precision)
      : null;
  return minor ?? refuse(`"${name}" is ${quoted(value)}; it must be an amount.`);
}

/**
 * The start of a day in the shop's time zone, which the server shares, as UTC ISO; `daysLater` 1 for
 * the end of it. Undefined where the date is left empty.
 */
export function dayBound(
  name: string,
  value: unknown,
  daysLater: 0 | 1,
): string | undefined | Refusal {
  if (value === undefined || value === null || value === '') return undefined;
  const parts = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})/.exec(value) : null;
  if (parts !== null) {
    const [year, month, day] = parts.slice(1).map(Number);
    const date = new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + daysLater);
    if (!Number.isNaN(date.getTime())) return date.toISOString();
  }
  return refuse(`"${name}" is ${quoted(value)}; it must be a date like 2026-03-31.`);
}
