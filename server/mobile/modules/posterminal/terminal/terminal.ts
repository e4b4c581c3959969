import type { Terminal } from '../../../../contract/definitions.ts';
import type { Json, JsonObject } from '../../../../contract/json.ts';
import { isJsonObject } from '../../../../contract/json.ts';
import type { QueryHandler, ServiceContext } from '../../../module.ts';
import { badRequest } from '../../../query/model-query.ts';
import { isRefusal, refuse } from '../../../query/refusal.ts';
import { terminalOf } from '../../../query/scope.ts';
import { PriceList } from '../models/products.ts';
import { objectOf, objectsOf, overDefaults } from '../read-json.ts';
import type { Counters } from './counters.ts';
import { countersOf } from './counters.ts';
import { LIST_DEFAULTS, PAYMENT_DEFAULTS, TERMINAL_DEFAULTS } from './defaults.ts';

/**
 * `term.Terminal`: everything that a till must know of itself, as a list of one-key objects with
 * `terminal` first. Its definition's `config` is laid over the defaults, the identity and the
 * counters over both.
 */
export const terminalQuery: QueryHandler = async (parameters, context) => {
  const terminal = terminalOf(parameters, context);
  if (isRefusal(terminal)) return badRequest(terminal);
  if (terminal === undefined) {
    return badRequest(
      refuse('name the till in "pos" (its id) or "terminalName" (its search key).'),
    );
  }
  const config = isJsonObject(terminal.config) ? terminal.config : {};
  const [counters, pricelist] = await Promise.all([
    countersOf(terminal, config, context.storage),
    priceListOf(terminal, config, context),
  ]);
  return { ok: true, data: terminalAnswer(terminal, config, { counters, pricelist }) };
};

/** The answer's list: pure. A client stops its log-in where `terminal` is not first or a price list is missing. */
function terminalAnswer(
  terminal: Terminal,
  config: JsonObject,
  known: { counters: Counters; pricelist: JsonObject },
): Json[] {
  const row = terminalRow(terminal, config, known.counters);
  const answer: JsonObject = {
    terminal: row,
    pricelist: known.pricelist,
    pricelistversion: overDefaults({ id: null }, objectOf(config, 'pricelistversion')),
    businesspartner: overDefaults(
      { id: row['businessPartner'] ?? null },
      objectOf(config, 'businesspartner'),
    ),
    location: objectOf(config, 'location'),
    currency: {
      ...objectOf(config, 'currency'),
      id: terminal.currency.id,
      pricePrecision: terminal.currency.precision,
      obposPosprecision: terminal.currency.precision,
    },
    ...overDefaults(LIST_DEFAULTS, onlyMembers(config, LIST_DEFAULTS)),
    payments: objectsOf(config, 'payments').map((entry) => overDefaults(PAYMENT_DEFAULTS, entry)),
  };
  return Object.entries(answer).map(([name, value]) => ({ [name]: value }));
}

function terminalRow(terminal: Terminal, config: JsonObject, counters: Counters): JsonObject {
  return {
    ...overDefaults(TERMINAL_DEFAULTS, objectOf(config, 'terminal')),
    id: terminal.id,
    searchKey: terminal.searchKey,
    _identifier: terminal.name,
    client: terminal.client,
    organization: terminal.organization,
    priceList: terminal.priceList,
    currency: terminal.currency.id,
    currency$_identifier: terminal.currency.isoCode,
    docNoPrefix: terminal.docNoPrefix,
    quotationDocNoPrefix: terminal.quotationDocNoPrefix,
    returnDocNoPrefix: terminal.returnDocNoPrefix,
    ...counters,
  };
}

async function priceListOf(
  terminal: Terminal,
  config: JsonObject,
  { storage }: ServiceContext,
): Promise<JsonObject> {
  const id = terminal.priceList;
  const row = await storage.row(PriceList.name, id, id);
  return {
    name: row?.['name'] ?? id,
    priceIncludesTax: row?.['priceIncludesTax'] ?? true,
    ...objectOf(config, 'pricelist'),
    id,
  };
}

function onlyMembers(config: JsonObject, of: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([name]) => Object.hasOwn(of, name)));
}
