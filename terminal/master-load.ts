import type { JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { explainFault } from '../server/core/reply.ts';
import type { RequestRouter } from './request-router.ts';

const MASTER = 'org.openbravo.retail.posterminal.master';

/** What a till loads at its start, in the order in which it needs it. */
export const LOADED_MODELS = [
  ...['TaxRate', 'TaxZone', 'TaxCategoryBOM', 'Category', 'CategoryTree', 'Brand'],
  ...['Product', 'ProductPrice', 'PriceList', 'ProductBOM'],
  ...['ProductCharacteristicValue', 'Characteristic', 'CharacteristicValue'],
  ...['BusinessPartner', 'BPLocation', 'BPCategory', 'SalesRepresentative'],
  ...['Discount', 'OfferPriceList', 'DiscountFilterBusinessPartner'],
  ...[
    'DiscountFilterBusinessPartnerGroup',
    'DiscountFilterProduct',
    'DiscountFilterProductCategory',
  ],
  ...['DiscountFilterRole', 'DiscountFilterCharacteristic'],
  ...['ServiceProduct', 'ServiceProductCategory', 'ServicePriceRule', 'ServicePriceRuleRange'],
  ...['ServicePriceRuleRangePrices', 'ServicePriceRuleVersion'],
  ...['Country', 'CurrencyPanel', 'ReturnReason'],
] as const;

/** Pages of one model: beyond any catalogue; a server that never ends is given up. */
const MOST_PAGES = 10_000;

/** The rows of a model, and the server's time from which the next increment begins; null where it tells none. */
export interface LoadedModel {
  rows: JsonObject[];
  lastUpdatedMs: number | null;
}

/**
 * Loads a model page by page until a page has fewer rows than asked for: all of it, or with `sinceMs`
 * what changed since then, inactive rows too. The number of rows must be what the last page says it is.
 */
export async function loadModel(
  router: Pick<RequestRouter, 'query'>,
  model: string,
  parameters: JsonObject,
  { pageRows, sinceMs = null }: { pageRows: number; sinceMs?: number | null },
): Promise<LoadedModel | { fault: string }> {
  const rows: JsonObject[] = [];
  let lastUpdatedMs: number | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { reply } = await router.query(`${MASTER}.${model}`, {
      ...parameters,
      _isMasterdata: true,
      lastUpdated: sinceMs,
      _limit: pageRows,
      _offset: rows.length,
      _count: rows.length,
    });
    if (reply.kind !== 'answer') return { fault: `${model}: ${explainFault(reply)}` };
    const read = pageOf(reply.body);
    if (read === undefined) return { fault: `${model}: ${said(reply.body)}` };
    for (const row of read.data) rows.push(row);
    // What changes while later pages are asked for comes with the next increment.
    if (page === 0) lastUpdatedMs = read.lastUpdatedMs;
    if (read.data.length >= pageRows) continue;
    if (read.endRow + 1 === rows.length) return { rows, lastUpdatedMs };
    return { fault: `${model}: ${rows.length} rows came, ${read.endRow + 1} were announced` };
  }
  return { fault: `${model}: it has more than ${MOST_PAGES} pages of ${pageRows} rows` };
}

function pageOf(
  body: JsonObject,
): { data: JsonObject[]; endRow: number; lastUpdatedMs: number | null } | undefined {
  const { response } = body;
  if (!isJsonObject(response) || response['status'] !== 0) return undefined;
  const { data, endRow, lastUpdated } = response;
  if (!Array.isArray(data) || typeof endRow !== 'number') return undefined;
  const lastUpdatedMs = typeof lastUpdated === 'number' ? lastUpdated : null;
  return { data: data.filter(isJsonObject), endRow, lastUpdatedMs };
}

/** What a server said instead of a page. */
function said({ response }: JsonObject): string {
  const error = isJsonObject(response) ? response['error'] : undefined;
  const message = isJsonObject(error) ? error['message'] : error;
  return typeof message === 'string' ? message : 'the answer is no page of rows';
}
