import type { JsonObject } from '../../../../contract/json.ts';
import type { Storage, TicketHead, TicketQuery } from '../../../../storage/port.ts';
import type { QueryHandler } from '../../../module.ts';
import type { RemoteFilter } from '../../../query/filters.ts';
import { readRemoteFilters } from '../../../query/filters.ts';
import { badRequest } from '../../../query/model-query.ts';
import { readPaging } from '../../../query/paging.ts';
import type { Refusal } from '../../../query/refusal.ts';
import { isRefusal, quoted, refuse } from '../../../query/refusal.ts';
import { terminalOf } from '../../../query/scope.ts';
import { BusinessPartner } from '../models/customers.ts';
import type { Reader } from './ticket-head.ts';
import {
  MOST_TICKETS,
  amountBound,
  dayBound,
  headerRow,
  readerFor,
  totalOf,
} from './ticket-head.ts';

/** The kinds of document by the ids under which term.Terminal lists them. */
const ORDER_TYPES: Readonly<Record<string, TicketHead['documentKind']>> = {
  ORD: 'sale',
  RET: 'return',
  LAY: 'layaway',
  QT: 'quotation',
};

interface ReceiptSearch {
  query: Omit<TicketQuery, 'limit' | 'offset'>;
  /** A customer's id; the rows of others are dropped. */
  partnerId?: string;
}

/** `PaidReceiptsFilter {remoteFilters, _limit}`: the newer search, a filter for each column. */
export const paidReceiptsFilter: QueryHandler = async (parameters, context) => {
  const terminal = terminalOf(parameters, context);
  if (isRefusal(terminal)) return badRequest(terminal);
  const paging = readPaging(parameters);
  if (isRefusal(paging)) return badRequest(paging);
  const filters = readRemoteFilters(parameters['remoteFilters']);
  if (isRefusal(filters)) return badRequest(filters);
  const reader = readerFor(terminal);
  const search = readSearch(filters, reader);
  if (isRefusal(search)) return badRequest(search);
  const heads = await find(context.storage, search, {
    limit: Math.min(paging.limit, MOST_TICKETS),
    offset: paging.offset,
  });
  return { ok: true, data: heads.map((head) => filterRow(head, reader)) };
};

async function find(
  storage: Storage,
  { query, partnerId }: ReceiptSearch,
  bounds: { limit: number; offset: number },
): Promise<TicketHead[]> {
  if (partnerId === undefined) return storage.findTickets({ ...query, ...bounds });
  const customer = await storage.row(BusinessPartner.name, '', partnerId);
  const name = customer?.['name'];
  const heads = await storage.findTickets({
    ...(typeof name === 'string' && { text: name }),
    ...query,
    limit: MOST_TICKETS,
    offset: 0,
  });
  return heads
    .filter((head) => head.businessPartner === partnerId)
    .slice(bounds.offset, bounds.offset + bounds.limit);
}

function readSearch(filters: readonly RemoteFilter[], reader: Reader): ReceiptSearch | Refusal {
  const search: ReceiptSearch = { query: {} };
  for (const filter of filters) {
    const refusal = readColumn(search, filter, reader);
    if (refusal !== undefined) return refusal;
  }
  return search;
}

/** Adds one filter to the search. */
function readColumn(
  search: ReceiptSearch,
  { columns, value, operator }: RemoteFilter,
  reader: Reader,
): Refusal | undefined {
  const { query } = search;
  const column = typeof columns[0] === 'string' ? columns[0] : '';
  switch (column) {
    case 'documentNo':
      query.text = String(value);
      return undefined;
    case 'businessPartner':
      if (operator === 'equals') search.partnerId = String(value);
      else query.text ??= String(value);
      return undefined;
    case 'orderDateFrom':
      return keep(dayBound(column, value, 0), (bound) => (query.fromIso = bound));
    case 'orderDateTo':
      return keep(dayBound(column, value, 1), (bound) => (query.untilIso = bound));
    case 'totalamountFrom':
      return keep(amountBound(column, value, reader), (bound) => (query.grossFromMinor = bound));
    case 'totalamountTo':
      return keep(amountBound(column, value, reader), (bound) => (query.grossToMinor = bound));
    case 'orderType': {
      const kind = ORDER_TYPES[String(value)];
      if (kind === undefined) {
        return refuse(
          `"orderType" is ${quoted(value)}; it must be one of ${Object.keys(ORDER_TYPES).join(', ')}.`,
        );
      }
      query.documentKinds = [kind];
      return undefined;
    }
    default:
      return refuse(
        `PaidReceiptsFilter cannot search by the column ${quoted(column)}; its columns are documentNo, businessPartner, orderDateFrom, orderDateTo, totalamountFrom, totalamountTo, orderType.`,
      );
  }
}

function keep<Value>(
  read: Value | undefined | Refusal,
  put: (value: Value) => void,
): Refusal | undefined {
  if (isRefusal(read)) return read;
  if (read !== undefined) put(read);
  return undefined;
}

function filterRow(head: TicketHead, reader: Reader): JsonObject {
  const total = totalOf(head, reader);
  const types = Object.entries(ORDER_TYPES);
  return {
    ...headerRow(head, reader),
    businessPartner: head.businessPartner,
    businessPartnerName: head.businessPartnerName ?? '',
    orderDateFrom: head.orderedAt,
    orderDateTo: head.orderedAt,
    totalamountFrom: total,
    totalamountTo: total,
    orderType: types.find(([, kind]) => kind === head.documentKind)?.[0] ?? 'ORD',
    documentStatus: head.cancelled ? 'CL' : head.documentKind === 'quotation' ? 'UE' : 'CO',
  };
}
