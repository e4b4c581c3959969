import type { JsonObject } from '../../../../contract/json.ts';
import type { TicketHead } from '../../../../storage/port.ts';
import type { QueryHandler } from '../../../module.ts';
import { badRequest } from '../../../query/model-query.ts';
import { textParameter } from '../../../query/parameter.ts';
import { isRefusal, refuse } from '../../../query/refusal.ts';
import { terminalOf } from '../../../query/scope.ts';
import { flagOf, idOf, objectOf, textOf } from '../read-json.ts';
import { receiptLines } from './lines.ts';
import { receiptPayments } from './payments.ts';
import { receiptTaxes } from './taxes.ts';
import type { Reader } from './ticket-head.ts';
import { readerFor, totalOf } from './ticket-head.ts';

/** `PaidReceipts {orderid}`: one ticket in full, made from what its till sent; no row where it is unknown. */
export const paidReceipts: QueryHandler = async (parameters, context) => {
  const terminal = terminalOf(parameters, context);
  if (isRefusal(terminal)) return badRequest(terminal);
  const id = textParameter(parameters, 'orderid') ?? textParameter(parameters, 'orderId');
  if (id === undefined) return badRequest(refuse('name the ticket in "orderid".'));
  const ticket = await context.storage.ticket(id);
  if (ticket === undefined) return { ok: true, data: [] };
  return { ok: true, data: [receiptOf(ticket.head, ticket.record, readerFor(terminal))] };
};

/** The receipt of a ticket: pure, and total over whatever the record holds. */
export function receiptOf(head: TicketHead, record: JsonObject, reader: Reader): JsonObject {
  const partner = objectOf(record, 'bp');
  const address = textOf(partner, 'shipLocId') ?? textOf(partner, 'locId');
  return {
    orderid: head.id,
    documentNo: head.documentNo,
    orderDate: head.orderedAt,
    creationDate: textOf(record, 'creationDate') ?? head.orderedAt,
    bp: head.businessPartner,
    bpLocId: address,
    bpBillLocId: textOf(partner, 'locId') ?? address,
    totalamount: totalOf(head, reader),
    documentType: textOf(record, 'documentType') ?? reader.documentTypes[head.documentKind],
    warehouse: idOf(record, 'warehouse'),
    description: textOf(record, 'description') ?? '',
    currency: idOf(record, 'currency'),
    priceList: idOf(record, 'priceList'),
    priceIncludesTax: record['priceIncludesTax'] !== false,
    posTerminal: head.terminal,
    salesRepresentative: idOf(record, 'salesRepresentative'),
    replacedorder: idOf(record, 'replacedorder'),
    // Comes back as the version check of the next change.
    loaded: head.updatedAt,
    isQuotation: head.documentKind === 'quotation',
    isLayaway: head.documentKind === 'layaway',
    iscancelled: head.cancelled,
    generateInvoice: flagOf(record, 'generateInvoice'),
    recordInImportEntry: false,
    receiptLines: receiptLines(record),
    receiptPayments: receiptPayments(record),
    receiptTaxes: receiptTaxes(record),
  };
}
