import type { JsonObject } from '../server/contract/json.ts';
import type { SavedRows } from './keeping.ts';
import { LOADED_MODELS, loadModel } from './master-load.ts';
import type { RequestRouter } from './request-router.ts';

/** How master data is asked for. */
export interface LoadParts {
  router: Pick<RequestRouter, 'query'>;
  /** The members that every query of the till carries. */
  common: JsonObject;
  pageRows: number;
  nowMs: () => number;
}

/** Loads every model in full, one after the other. */
export function loadAll(parts: LoadParts): Promise<SavedRows | { fault: string }> {
  return load(parts, () => null);
}

/** Loads what changed since the rows that are there; models that were never loaded, in full. */
export function loadIncrement(
  parts: LoadParts,
  since: Pick<SavedRows, 'lastUpdatedMs'>,
): Promise<SavedRows | { fault: string }> {
  return load(parts, (model) => since.lastUpdatedMs[model] ?? null);
}

/**
 * Lays an increment over rows: by their id, those with `active: false` go. `isOther` is false where no
 * row is different: a server repeats its last minutes in each increment.
 */
export function overlay(
  base: SavedRows,
  increment: SavedRows,
): { saved: SavedRows; isOther: boolean } {
  const changed = new Map<string, readonly JsonObject[]>();
  for (const [model, rows] of increment.rows) {
    const before = base.rows.get(model) ?? [];
    const after = rows.length === 0 ? before : overlaid(model, before, rows);
    if (after !== before) changed.set(model, after);
  }
  const saved: SavedRows = {
    rows: new Map([...base.rows, ...changed]),
    lastUpdatedMs: { ...base.lastUpdatedMs, ...increment.lastUpdatedMs },
    loadedAtMs: increment.loadedAtMs,
  };
  return { saved, isOther: changed.size > 0 };
}

/** What names a row among those of its model. */
export function rowId(model: string, row: JsonObject): string {
  const id = row[KEYS[model] ?? 'id'];
  return typeof id === 'string' ? id : '';
}

/** Models whose rows are not named by `id`. */
const KEYS: Readonly<Record<string, string>> = {
  ProductPrice: 'm_productprice_id',
  PriceList: 'm_pricelist_id',
  OfferPriceList: 'm_offer_pricelist_id',
};

function overlaid(
  model: string,
  before: readonly JsonObject[],
  increment: readonly JsonObject[],
): readonly JsonObject[] {
  const rows = new Map(before.map((row) => [rowId(model, row), row]));
  let isOther = false;
  for (const row of increment) {
    const id = rowId(model, row);
    const known = rows.get(id);
    if (row['active'] === false) {
      isOther = rows.delete(id) || isOther;
    } else if (JSON.stringify(known) !== JSON.stringify(row)) {
      rows.set(id, row);
      isOther = true;
    }
  }
  return isOther ? [...rows.values()] : before;
}

async function load(
  { router, common, pageRows, nowMs }: LoadParts,
  sinceMsOf: (model: string) => number | null,
): Promise<SavedRows | { fault: string }> {
  const rows = new Map<string, JsonObject[]>();
  const lastUpdatedMs: Record<string, number> = {};
  for (const model of LOADED_MODELS) {
    const loaded = await loadModel(router, model, common, { pageRows, sinceMs: sinceMsOf(model) });
    if ('fault' in loaded) return loaded;
    rows.set(model, loaded.rows);
    if (loaded.lastUpdatedMs !== null) lastUpdatedMs[model] = loaded.lastUpdatedMs;
  }
  return { rows, lastUpdatedMs, loadedAtMs: nowMs() };
}
