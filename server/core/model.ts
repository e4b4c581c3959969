import type { Json, JsonObject } from '../contract/json.ts';

/**
 * How a property travels. `key` is the row's id; `text` covers ids and free text; `number` is a JSON
 * number; `boolean` true/false; `yesNo` "Y"/"N"; `date` yyyy-MM-dd; `timestamp` UTC ISO; `list` and
 * `object` are nested values.
 */
export type PropertyType =
  'key' | 'text' | 'number' | 'boolean' | 'yesNo' | 'date' | 'timestamp' | 'list' | 'object';

/**
 * Whose rows a query gets. `shared`: everyone's. `ownPriceList`: the rows of the terminal's price
 * list. `otherPriceLists`: all but those, and only with the preference OBPOS_EnableMultiPriceList.
 */
export type ModelScope = 'shared' | 'ownPriceList' | 'otherPriceLists';

/** A model of master data, declared once: pages, increments, searches and replication follow from it. */
export interface ModelDeclaration {
  name: string;
  /** The service that answers its queries, e.g. `org.openbravo.retail.posterminal.master.Product`. */
  service: string;
  /** The wire's properties in order; exactly one is the key. */
  properties: Readonly<Record<string, PropertyType>>;
  scope: ModelScope;
  /** For a scoped model: the property that names the row's price list; null: given when rows are put. */
  scopeProperty?: string;
  /**
   * Answer order is display order: the properties that decide it, before the id. `-name` is descending.
   */
  order: readonly string[];
  /** Properties that remote searches may name. */
  searchable: readonly string[];
  /** Only servers of the estate may ask for it (definitions). */
  serversOnly?: boolean;
  /** Names of the table and columns in the client's own SQL, where the server makes the structure. */
  structure?: { entity: string; table: string; columns: Readonly<Record<string, string>> };
}

/** A row as storage keeps it: every property present, the order made comparable as text. */
export interface ModelRow {
  id: string;
  /** '' for a shared model, else the id of the price list. */
  scope: string;
  active: boolean;
  sortKey: string;
  /** The row's JSON text in the wire's shape. */
  json: string;
}

/** Why a row cannot be a row of its model. */
export interface RowFault {
  model: string;
  id: string | null;
  reason: string;
}

/** The name of the key property of a model. */
export function keyOf(model: ModelDeclaration): string {
  const key = Object.keys(model.properties).find((name) => model.properties[name] === 'key');
  if (key === undefined) throw new Error(`model ${model.name} declares no key`);
  return key;
}

/**
 * Makes the stored row of a wire row: properties that are missing become null, unknown ones are
 * kept, `active` counts as true unless it is false. `scope` is used where the model names no
 * `scopeProperty`.
 */
export function toModelRow(
  model: ModelDeclaration,
  values: JsonObject,
  scope = '',
): ModelRow | RowFault {
  const id = values[keyOf(model)];
  if (typeof id !== 'string' || id === '') {
    return { model: model.name, id: null, reason: `the row has no text in "${keyOf(model)}"` };
  }
  const complete: JsonObject = {};
  for (const [property, type] of Object.entries(model.properties)) {
    const value = values[property] ?? null;
    if (value !== null && !fits(type, value)) {
      return { model: model.name, id, reason: `"${property}" is not of type ${type}` };
    }
    complete[property] = value;
  }
  const row = { ...complete, ...values };
  return {
    id,
    scope: scopeOf(model, row, scope),
    active: row['active'] !== false,
    sortKey: model.order.map((property) => sortable(property, row)).join('\u0001'),
    json: JSON.stringify(row),
  };
}

function scopeOf(model: ModelDeclaration, row: JsonObject, given: string): string {
  if (model.scope === 'shared') return '';
  if (model.scopeProperty === undefined) return given;
  const value = row[model.scopeProperty];
  return typeof value === 'string' ? value : given;
}

function fits(type: PropertyType, value: Json): boolean {
  switch (type) {
    case 'key':
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'yesNo':
      return value === 'Y' || value === 'N';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
    case 'timestamp':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
  }
}

/**
 * Text that compares as the property does; descending text has its code units complemented. A missing
 * value comes after all others, as in the field's databases.
 */
function sortable(orderProperty: string, row: JsonObject): string {
  const descending = orderProperty.startsWith('-');
  const value = row[descending ? orderProperty.slice(1) : orderProperty] ?? MISSING;
  const text = sortableText(value);
  if (!descending) return text;
  const turned = Array.from(text, (unit) => String.fromCharCode(0xffff - unit.charCodeAt(0)));
  // What begins with a whole other text comes before it.
  return `${turned.join('')}\uffff`;
}

function sortableText(value: Json): string {
  if (typeof value === 'number') return sortableNumber(value);
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).toLowerCase();
}

const MISSING = '\uffff';
const SIGN_BIT = 1n << 63n;
const ALL_BITS = (1n << 64n) - 1n;

/**
 * The bits of the number as hexadecimal text, turned so that they compare as the number does: IEEE 754
 * orders positive numbers by their bits, and negative ones the other way round.
 */
function sortableNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  // Adding zero makes one zero of both.
  view.setFloat64(0, value + 0);
  const bits = view.getBigUint64(0);
  const ordered = (bits & SIGN_BIT) === 0n ? bits | SIGN_BIT : bits ^ ALL_BITS;
  return ordered.toString(16).padStart(16, '0');
}
