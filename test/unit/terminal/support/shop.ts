import { buildDemoShop } from '../../../../server/cli/demo/shop.ts';
import type { Json, JsonObject } from '../../../../server/contract/json.ts';
import type { Catalogue } from '../../../../terminal/catalogue.ts';
import { catalogueOf } from '../../../../terminal/catalogue.ts';
import type { TerminalSettings } from '../../../../terminal/terminal-settings.ts';
import { readSettings } from '../../../../terminal/terminal-settings.ts';

export const estate = buildDemoShop({
  mainUrl: 'http://main.test/openbravo',
  mainKey: 'HQ',
  storeUrl: 'http://store.test/openbravo',
  storeKey: 'S1',
  tills: 1,
});

export const terminal = estate.terminals[0]!;

/** Those of the price lists that are not the till's own. */
const OTHER_LISTS = ['PriceList', 'ProductPrice'];

/** The rows that a till of the price list loads. */
export function rowsFor(model: string, priceList = terminal.priceList): JsonObject[] {
  const groups = estate.models[model] ?? [];
  const others = OTHER_LISTS.includes(model);
  return groups
    .filter((group) => group.priceList === undefined || (group.priceList === priceList) !== others)
    .flatMap((group) => group.rows as JsonObject[]);
}

/** What term.Terminal answers for a till. */
export function terminalAnswer(till = terminal, counters = { sale: 1, return: 1 }): Json[] {
  const config = till.config as JsonObject;
  const row = {
    ...(config['terminal'] as JsonObject),
    id: till.id,
    searchKey: till.searchKey,
    client: till.client,
    organization: till.organization,
    priceList: till.priceList,
    currency: till.currency.id,
    currency$_identifier: till.currency.isoCode,
    docNoPrefix: till.docNoPrefix,
    returnDocNoPrefix: till.returnDocNoPrefix,
    lastDocumentNumber: counters.sale,
    lastReturnDocumentNumber: counters.return,
    lastQuotationDocumentNumber: 1,
  };
  return Object.entries({ ...config, terminal: row }).map(([name, value]) => ({ [name]: value }));
}

/** A till's settings and catalogue, as they are after its start. */
export function shop(till = terminal): { settings: TerminalSettings; catalogue: Catalogue } {
  const read = readSettings(terminalAnswer(till));
  if ('fault' in read) throw new Error(read.fault);
  const rows = new Map(
    Object.keys(estate.models).map((name) => [name, rowsFor(name, till.priceList)]),
  );
  return { settings: read.settings, catalogue: catalogueOf(rows).catalogue };
}
