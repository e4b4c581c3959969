import type { Terminal } from '../../contract/definitions.ts';
import type { ModelDeclaration } from '../../core/model.ts';
import { placeOf, preference } from '../../core/preferences.ts';
import type { ScopeSelector } from '../../storage/port.ts';
import type { QueryParameters, ServiceContext } from '../module.ts';
import type { Refusal } from './refusal.ts';
import { isRefusal, refuse } from './refusal.ts';
import { namedTerminal } from './terminal.ts';

/** Whether tills keep the prices of other price lists than their own. */
const MULTI_PRICE_LIST = 'OBPOS_EnableMultiPriceList';

/** What a query of the model may see. `nothing`: the model is switched off for this till. */
export function readScope(
  model: ModelDeclaration,
  parameters: QueryParameters,
  context: ServiceContext,
): ScopeSelector | 'nothing' | Refusal {
  const terminal = terminalOf(parameters, context);
  if (isRefusal(terminal)) return terminal;
  if (model.scope === 'shared') return { own: '' };
  if (terminal === undefined) {
    return refuse(
      `${model.name} depends on the till's price list; name the till in "pos" (its id) or "terminalName" (its search key).`,
    );
  }
  if (model.scope === 'ownPriceList') return { own: terminal.priceList };
  const multiple = preference(context.definitions, MULTI_PRICE_LIST, placeOf(terminal));
  return multiple === 'Y' ? { others: terminal.priceList } : 'nothing';
}

/** The till of a request: the one it names, else the one the session belongs to. */
export function terminalOf(
  parameters: QueryParameters,
  context: ServiceContext,
): Terminal | undefined | Refusal {
  const { definitions, caller } = context;
  const named = context.terminal ?? namedTerminal(parameters, definitions);
  if (named !== undefined || caller.kind !== 'user') return named;
  return definitions.terminals.find((row) => row.id === caller.terminal);
}
