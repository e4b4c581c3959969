import type { JsonObject } from '../../../contract/json.ts';
import type { QueryHandler } from '../../module.ts';
import { badRequest } from '../../query/model-query.ts';
import { textParameter } from '../../query/parameter.ts';
import { isRefusal, refuse } from '../../query/refusal.ts';
import { terminalOf } from '../../query/scope.ts';
import { numberOf, objectsOf, textOf, yesNoOf } from './read-json.ts';

const AMOUNTS = ['netSales', 'grossSales', 'netReturns', 'grossReturns', 'totalRetailTransactions'];

/**
 * `master.Cashup` and `CashupSynchronized`: the newest cash-up of the till, so that a replaced till
 * goes on with it, or no row, upon which the till opens one. `isprocessed` "N" asks for an open one.
 */
export const cashup: QueryHandler = async (parameters, context) => {
  const terminal = terminalOf(parameters, context);
  if (isRefusal(terminal)) return badRequest(terminal);
  if (terminal === undefined) return badRequest(refuse('name the till in "pos".'));
  const newest = await context.storage.newestCashup(terminal.id);
  const wanted = textParameter(parameters, 'isprocessed');
  const state = newest?.processed === true ? 'Y' : 'N';
  if (newest === undefined || (wanted !== undefined && wanted !== state)) {
    return { ok: true, data: [] };
  }
  return { ok: true, data: [cashupRow(newest.record, terminal.id, state)] };
};

function cashupRow(record: JsonObject, terminal: string, isprocessed: 'Y' | 'N'): JsonObject {
  return {
    id: textOf(record, 'id'),
    userId: textOf(record, 'userId'),
    posterminal: textOf(record, 'posterminal') ?? terminal,
    creationDate: toTheMinute(textOf(record, 'creationDate')),
    ...Object.fromEntries(AMOUNTS.map((name) => [name, numberOf(record, name)])),
    isprocessed,
    isbeingprocessed: yesNoOf(record, 'isbeingprocessed'),
    cashPaymentMethodInfo: objectsOf(record, 'cashPaymentMethodInfo'),
    cashTaxInfo: objectsOf(record, 'cashTaxInfo'),
    cashMgmInfo: objectsOf(record, 'cashMgmInfo'),
  };
}

/** `yyyy-MM-ddTHH:mmZ`, as the client reads it back. */
function toTheMinute(iso: string | null): string | null {
  const ms = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(ms) ? null : `${new Date(ms).toISOString().slice(0, 16)}Z`;
}
