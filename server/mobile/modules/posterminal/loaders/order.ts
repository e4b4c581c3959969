import { z } from 'zod';
import type { Terminal } from '../../../../contract/definitions.ts';
import type { JsonObject } from '../../../../contract/json.ts';
import { isJsonObject } from '../../../../contract/json.ts';
import type { Need, TicketChange, Understanding } from '../../../../core/change.ts';
import { decimal, flag, instant, name, optionalName, reference } from './fields.ts';
import { distinct, minorUnits, readerOf, UNKNOWN_TERMINAL } from './read.ts';

/** What a line says of an older ticket that it takes back or belongs to. */
const lineSchema = z.looseObject({
  /** The ticket that a returned line was sold on. */
  originalOrderId: optionalName,
  /** Lines that a service was sold for, possibly on another ticket. */
  relatedLines: z
    .unknown()
    .optional()
    .transform((value) => (Array.isArray(value) ? value.filter(isJsonObject) : [])),
});

/** The members of an order that are read; all others are kept in the record. */
const orderSchema = z.looseObject({
  id: name,
  documentNo: name,
  orderType: z.preprocess((value) => Number(value ?? 0), z.number()),
  isQuotation: flag,
  isLayaway: flag,
  organization: reference,
  bp: z
    .looseObject({ id: optionalName, locId: optionalName, shipLocId: optionalName })
    .nullish()
    .catch(null),
  gross: decimal,
  net: decimal,
  orderDate: instant,
  created: instant,
  creationDate: instant,
  obposAppCashup: reference,
  loaded: instant,
  /** The quotation or order that this one was made of. */
  oldId: reference,
  canceledorder: reference,
  originalOrderId: optionalName,
  lines: z.array(lineSchema).nullish().catch(null),
});
type Order = z.infer<typeof orderSchema>;

/**
 * OrderLoader: tickets of every document kind. A ticket makes its own id and contributes to its
 * cash-up; it comes after its customer, the customer's addresses and the tickets it refers to.
 */
export const readOrder = readerOf('ticket', orderSchema, (order, record, terminal) => {
  if (terminal === undefined) return { reason: UNKNOWN_TERMINAL };
  const change = ticketOf(order, record, terminal);
  if ('reason' in change) return change;
  const originals = originalsOf(order);
  const understanding: Understanding = {
    changes: [change],
    needs: needsOf(order, change, terminal),
    makes: distinct([order.id, order.obposAppCashup]),
    orderedAfter: distinct([
      ...[order.id, order.bp?.id ?? null, order.bp?.locId ?? null, order.bp?.shipLocId ?? null],
      ...[...originals, order.oldId, order.canceledorder, ...relatedOf(order)],
    ]),
  };
  return understanding;
});

function ticketOf(
  order: Order,
  record: JsonObject,
  terminal: Terminal,
): TicketChange | { reason: string } {
  const orderedAt = order.orderDate ?? order.created ?? order.creationDate;
  if (orderedAt === null) return { reason: 'it has no time ("orderDate" or "created")' };
  const grossMinor = minorUnits('gross', order.gross, terminal);
  if (typeof grossMinor !== 'number') return grossMinor;
  const netMinor = minorUnits('net', order.net, terminal);
  if (typeof netMinor !== 'number') return netMinor;
  return {
    kind: 'ticket',
    id: order.id,
    documentNo: order.documentNo,
    documentKind: documentKindOf(order),
    organization: order.organization ?? terminal.organization,
    businessPartner: order.bp?.id ?? null,
    orderedAt,
    grossMinor,
    netMinor,
    cashupId: order.obposAppCashup,
    loadedAt: order.loaded,
    record,
  };
}

/** `orderType` 0 sale, 1 return, 2 layaway, 3 void; the flags win, since a layaway may be typed as sale. */
function documentKindOf(order: Order): TicketChange['documentKind'] {
  if (order.isQuotation) return 'quotation';
  if (order.orderType === 3) return 'void';
  if (order.isLayaway || order.orderType === 2) return 'layaway';
  return order.orderType === 1 ? 'return' : 'sale';
}

/**
 * What a main might lack: a customer that a till made, and the ticket of a return. The customer whom
 * the terminal's settings name for sales to nobody in particular comes from the office and is not waited for.
 */
function needsOf(order: Order, change: TicketChange, terminal: Terminal): Need[] {
  const needs: Need[] = [];
  if (change.businessPartner !== null && change.businessPartner !== defaultPartnerOf(terminal)) {
    needs.push({ kind: 'record', model: 'BusinessPartner', id: change.businessPartner });
  }
  const tickets = [...originalsOf(order), order.canceledorder];
  for (const id of distinct(tickets)) if (id !== order.id) needs.push({ kind: 'ticket', id });
  return needs;
}

/** `businessPartner` of the terminal's settings, which may stand inside their `terminal` object. */
function defaultPartnerOf({ config }: Terminal): unknown {
  const nested = config['terminal'];
  const inner = isJsonObject(nested) ? nested['businessPartner'] : undefined;
  return inner ?? config['businessPartner'];
}

/** The tickets that a return takes back. */
function originalsOf(order: Order): string[] {
  const lines = (order.lines ?? []).map((line) => line.originalOrderId);
  return distinct([order.originalOrderId, ...lines]);
}

/** Tickets on which the lines were sold that a service belongs to. */
function relatedOf(order: Order): string[] {
  const related = (order.lines ?? []).flatMap((line) => line.relatedLines);
  return distinct(related.map((line) => optionalName.safeParse(line['orderId']).data ?? null));
}

const cancelSchema = z.looseObject({
  /** The layaway; where it is absent, the record is the layaway itself. */
  orderid: optionalName,
  id: optionalName,
  bp: orderSchema.shape.bp,
  obposAppCashup: reference,
});

/** CancelLayawayLoader: ends a layaway that is there. What is paid back counts in the cash-up. */
export const readCancelLayaway = readerOf('cancelled layaway', cancelSchema, (order, record) => {
  const ticketId = order.orderid ?? order.id;
  if (ticketId === null) return { reason: 'it names no layaway ("orderid")' };
  return {
    changes: [{ kind: 'ticketCancel', ticketId, record }],
    needs: [{ kind: 'ticket', id: ticketId }],
    makes: distinct([ticketId, order.id, order.obposAppCashup]),
    orderedAfter: distinct([ticketId, order.id, order.bp?.id ?? null]),
  };
});
