import type { ModelDeclaration } from '../../core/model.ts';
import type { PageQuery, ScopeSelector } from '../../storage/port.ts';
import type { QueryParameters } from '../module.ts';
import { rowFilters } from './filters.ts';
import { readLastUpdated } from './last-updated.ts';
import { readOrder } from './ordering.ts';
import { readPaging } from './paging.ts';
import type { Refusal } from './refusal.ts';
import { isRefusal } from './refusal.ts';

/** The page that a till asks for, in the words of storage; `startRow` is what it has already. */
export interface WantedPage {
  query: PageQuery;
  startRow: number;
}

/** Turns a till's parameters into a page query: pure, and total over any JSON. */
export function readPageQuery(
  model: ModelDeclaration,
  parameters: QueryParameters,
  at: { scope: ScopeSelector; nowMs: number },
): WantedPage | Refusal {
  const paging = readPaging(parameters);
  if (isRefusal(paging)) return paging;
  const changedAfterMs = readLastUpdated(parameters['lastUpdated'], at.nowMs);
  if (isRefusal(changedAfterMs)) return changedAfterMs;
  const filters = rowFilters(model, parameters['remoteFilters']);
  if (isRefusal(filters)) return filters;
  const order = readOrder(model, parameters);
  if (isRefusal(order)) return order;
  const { limit, offset, count } = paging;
  return {
    query: { model: model.name, scope: at.scope, changedAfterMs, filters, order, limit, offset },
    startRow: count,
  };
}
