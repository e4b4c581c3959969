import type { ModelDeclaration } from '../../core/model.ts';
import type { QueryAnswer, QueryHandler } from '../module.ts';
import { readPageQuery } from './page-query.ts';
import type { Refusal } from './refusal.ts';
import { isRefusal } from './refusal.ts';
import { hasWholeModel } from './replicated.ts';
import { readScope, terminalOf } from './scope.ts';

const NO_ROWS = new TextEncoder().encode('[]');

/**
 * The handler of a model's service, made from the declaration alone: full loads, increments, pages
 * and searches. The page's bytes are passed on unparsed.
 */
export function modelQuery(model: ModelDeclaration): QueryHandler {
  return async (parameters, context) => {
    if (model.serversOnly === true && context.caller.kind !== 'server') {
      return { ok: false, httpStatus: 403, message: `${model.service} is for servers only.` };
    }
    // Before the page is read, so that a row written meanwhile is part of the next increment.
    const nowMs = context.system.clock.nowMs();
    const scope = readScope(model, parameters, context);
    if (isRefusal(scope)) return badRequest(scope);
    const wanted = readPageQuery(model, parameters, {
      scope: scope === 'nothing' ? { own: '' } : scope,
      nowMs,
    });
    if (isRefusal(wanted)) return badRequest(wanted);
    const till = terminalOf(parameters, context);
    const priceList = isRefusal(till) ? undefined : till?.priceList;
    if (!(await hasWholeModel(model, priceList, context))) return stillLoading(model);
    const page =
      scope === 'nothing'
        ? { rows: NO_ROWS, count: 0 }
        : await context.storage.pageOfModel(wanted.query);
    return { ok: true, ...page, startRow: wanted.startRow, lastUpdatedMs: nowMs };
  };
}

/** A till tries another server, or this one again. */
function stillLoading(model: ModelDeclaration): QueryAnswer {
  const message = `This server is still loading ${model.name} from its main server; try again in a moment.`;
  return { ok: false, httpStatus: 503, message };
}

/** The answer to a query that is malformed. */
export function badRequest(refusal: Refusal): QueryAnswer {
  return { ok: false, httpStatus: 400, message: refusal.refused };
}
