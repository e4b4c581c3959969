import type { Json, JsonObject } from '../../contract/json.ts';
import { isJsonObject } from '../../contract/json.ts';
import type { ModelDeclaration, PropertyType } from '../../core/model.ts';
import { keyOf } from '../../core/model.ts';
import type { RowFilter } from '../../storage/port.ts';
import { searchColumn } from './column.ts';
import type { Refusal } from './refusal.ts';
import { allOf, isRefusal, quoted, refuse } from './refusal.ts';

/** Filters in one query, and columns in one filter. */
const MOST_FILTERS = 30;
/** Characters of a filter's value. */
const LONGEST_VALUE = 1_000;
/** The value by which a client says that it does not filter after all. */
const EVERYTHING = '__all__';

const OPERATORS: Readonly<Record<string, RowFilter['operator']>> = {
  equals: 'equals',
  notEquals: 'notEquals',
  greaterThan: 'greaterThan',
  lessThan: 'lessThan',
  startsWith: 'startsWith',
  contains: 'contains',
  filter: 'contains',
};

/** A filter as a client sends it, its columns not yet looked at. */
export interface RemoteFilter {
  columns: readonly Json[];
  operator: RowFilter['operator'];
  value: string | number | boolean;
  /** The whole filter, for members that only some services know. */
  raw: JsonObject;
}

/** Reads `remoteFilters`; filters that filter nothing are left out. */
export function readRemoteFilters(value: Json | undefined): RemoteFilter[] | Refusal {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return refuse('"remoteFilters" must be a list of filters.');
  if (value.length > MOST_FILTERS) {
    return refuse(
      `"remoteFilters" has ${value.length} filters; at most ${MOST_FILTERS} are taken.`,
    );
  }
  const filters = allOf(value.map(readOne));
  return isRefusal(filters) ? filters : filters.filter((filter) => filter !== null);
}

/** The filters of a query as storage takes them. */
export function rowFilters(
  model: ModelDeclaration,
  value: Json | undefined,
): RowFilter[] | Refusal {
  const filters = readRemoteFilters(value);
  return isRefusal(filters) ? filters : allOf(filters.map((filter) => rowFilter(model, filter)));
}

/** One filter over the columns of a model. Without columns it searches the identifier. */
function rowFilter(model: ModelDeclaration, filter: RemoteFilter): RowFilter | Refusal {
  const columns = filter.columns.length > 0 ? filter.columns : ['_identifier'];
  const properties = allOf(columns.map((column) => searchColumn(model, column)));
  if (isRefusal(properties)) return properties;
  const first = model.properties[properties[0] ?? keyOf(model)] ?? 'text';
  const value = typed(filter.value, first);
  if (value === undefined) {
    return refuse(
      `the filter on ${model.name}.${properties.join(', ')} has the value ${quoted(filter.value)}, which is not of type ${first}.`,
    );
  }
  return { properties, operator: filter.operator, value };
}

function readOne(filter: Json, index: number): RemoteFilter | null | Refusal {
  const where = `filter ${index + 1} of "remoteFilters"`;
  if (!isJsonObject(filter)) return refuse(`${where} must be an object.`);
  const columns = readColumns(filter);
  if (columns === undefined) {
    return refuse(`${where} must name its "columns" in a list of at most ${MOST_FILTERS}.`);
  }
  const name = filter['operator'];
  const operator =
    typeof name === 'string' && Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined) {
    return refuse(
      `${where} has the operator ${quoted(name)}; it must be one of ${Object.keys(OPERATORS).join(', ')}.`,
    );
  }
  const value = filter['value'];
  if (value === EVERYTHING || (value === '' && operator === 'contains')) return null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return refuse(
      `${where} has the value ${quoted(value)}; it must be text, a number or a boolean.`,
    );
  }
  if (String(value).length > LONGEST_VALUE) {
    return refuse(`the value of ${where} is longer than ${LONGEST_VALUE} characters.`);
  }
  // An id is looked for as a whole, whatever the operator says.
  const whole = filter['isId'] === true && operator === 'contains';
  return { columns, operator: whole ? 'equals' : operator, value, raw: filter };
}

function readColumns(filter: JsonObject): readonly Json[] | undefined {
  const columns = filter['columns'] ?? [];
  if (typeof columns === 'string') return [columns];
  return Array.isArray(columns) && columns.length <= MOST_FILTERS ? columns : undefined;
}

/** The value as the property holds it; clients send much as text. Undefined where it cannot be one. */
function typed(
  value: string | number | boolean,
  type: PropertyType,
): string | number | boolean | undefined {
  switch (type) {
    case 'number': {
      const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      return Number.isFinite(number) ? number : undefined;
    }
    case 'boolean':
      return asBoolean(value);
    case 'yesNo': {
      const flag = asBoolean(value);
      return flag === undefined ? undefined : flag ? 'Y' : 'N';
    }
    case 'key':
    case 'text':
    case 'date':
    case 'timestamp':
      return String(value);
    case 'list':
    case 'object':
      return undefined;
  }
}

function asBoolean(value: string | number | boolean): boolean | undefined {
  if (value === true || value === 'true' || value === 'Y') return true;
  if (value === false || value === 'false' || value === 'N') return false;
  return undefined;
}
