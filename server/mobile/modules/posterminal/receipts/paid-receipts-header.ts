import type { Json, JsonObject } from '../../../../contract/json.ts';
import { isJsonObject } from '../../../../contract/json.ts';
import type { TicketHead, TicketQuery } from '../../../../storage/port.ts';
import type { QueryHandler } from '../../../module.ts';
import { badRequest } from '../../../query/model-query.ts';
import { readPaging } from '../../../query/paging.ts';
import type { Refusal } from '../../../query/refusal.ts';
import { isRefusal, quoted, refuse } from '../../../query/refusal.ts';
import { terminalOf } from '../../../query/scope.ts';
import { flagOf, textOf } from '../read-json.ts';
import type { Reader } from './ticket-head.ts';
import { MOST_TICKETS, dayBound, headerRow, readerFor } from './ticket-head.ts';

/** `PaidReceiptsHeader {filters, _limit}`: the tickets that fit, newest first. */
export const paidReceiptsHeader: QueryHandler = async (parameters, context) => {
  const terminal = terminalOf(parameters, context);
  if (isRefusal(terminal)) return badRequest(terminal);
  const paging = readPaging(parameters);
  if (isRefusal(paging)) return badRequest(paging);
  const reader = readerFor(terminal);
  const query = readFilters(parameters['filters'], reader);
  if (isRefusal(query)) return badRequest(query);
  const heads = await context.storage.findTickets({
    ...query,
    limit: Math.min(paging.limit, MOST_TICKETS),
    offset: paging.offset,
  });
  return { ok: true, data: heads.map((head) => headerRow(head, reader)) };
};

function readFilters(
  given: Json | undefined,
  reader: Reader,
): Omit<TicketQuery, 'limit' | 'offset'> | Refusal {
  const filters = given ?? {};
  if (!isJsonObject(filters)) {
    return refuse(`"filters" is ${quoted(filters)}; it must be an object.`);
  }
  const fromIso = dayBound('filters.startDate', filters['startDate'], 0);
  if (isRefusal(fromIso)) return fromIso;
  const untilIso = dayBound('filters.endDate', filters['endDate'], 1);
  if (isRefusal(untilIso)) return untilIso;
  const text = textOf(filters, 'filterText')?.trim();
  const organization = textOf(filters, 'organization');
  return {
    documentKinds: documentKinds(filters, reader),
    ...(text !== undefined && text !== '' && { text }),
    // The till's own organization; any till of the store may look a ticket up.
    ...(organization !== null && organization !== '' && { organization }),
    ...(fromIso !== undefined && { fromIso }),
    ...(untilIso !== undefined && { untilIso }),
  };
}

/** The flags choose one kind; else the document types do; else everything that was paid. */
function documentKinds(filters: JsonObject, reader: Reader): TicketHead['documentKind'][] {
  if (flagOf(filters, 'isQuotation')) return ['quotation'];
  if (flagOf(filters, 'isLayaway')) return ['layaway'];
  if (flagOf(filters, 'isReturn')) return ['return'];
  const listed = filters['documentType'];
  const { sale, return: returns } = reader.documentTypes;
  const types = Array.isArray(listed) && listed.length > 0 ? listed : [sale, returns];
  const kinds = (['sale', 'return', 'quotation'] as const).filter((kind) =>
    types.includes(reader.documentTypes[kind]),
  );
  return kinds.length > 0 ? kinds : ['sale', 'return'];
}
