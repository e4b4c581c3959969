import { isDeepStrictEqual } from 'node:util';
import type { Estate } from '../../contract/estate.ts';
import type { JsonObject, Json } from '../../contract/json.ts';

/** What differs in one row of two estates. */
export interface EstateDifference {
  /** `organization`, `server`, `service`, `user`, `terminal`, `preference`, or the name of a model. */
  kind: string;
  /** The row's id; a service's name. */
  id: string;
  /** What people call it. */
  name: string;
  change: 'added' | 'removed' | 'changed';
  /** The members that differ; empty for a row that only one of them has. Secrets show as `•••`. */
  fields: { field: string; before: Json; after: Json }[];
}

const SECRETS = new Set(['password', 'pin']);
const HIDDEN = '•••';

/** A list of rows, and by what a row is found again. */
interface Table {
  kind: string;
  rows: readonly JsonObject[];
}

/**
 * What would change if an estate were replaced by another: definitions and master data, row by row, in
 * the order of the file. Rows are the same by their id, services by their name. The order of rows says
 * nothing.
 */
export function diffEstates(before: Estate, after: Estate): EstateDifference[] {
  const [old, next] = [tablesOf(before), tablesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((place) => {
    const kind = (next.get(place) ?? old.get(place))?.kind ?? '';
    return diffRows(kind, old.get(place)?.rows ?? [], next.get(place)?.rows ?? []);
  });
}

function diffRows(
  kind: string,
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): EstateDifference[] {
  const [old, next] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((id): EstateDifference[] => {
    const [one, other] = [old.get(id), next.get(id)];
    const found = { kind, id, name: nameOf(other ?? one ?? {}) };
    if (one === undefined) return [{ ...found, change: 'added', fields: [] }];
    if (other === undefined) return [{ ...found, change: 'removed', fields: [] }];
    const fields = differing(one, other);
    return fields.length === 0 ? [] : [{ ...found, change: 'changed', fields }];
  });
}

function tablesOf(estate: Estate): Map<string, Table> {
  // What the schema has read from JSON is JSON again.
  const rows = (list: readonly object[]): readonly JsonObject[] => list as readonly JsonObject[];
  const definitions: [string, Table][] = [
    { kind: 'organization', rows: rows(estate.organizations) },
    { kind: 'server', rows: rows(estate.servers) },
    { kind: 'service', rows: rows(estate.services ?? []) },
    { kind: 'user', rows: rows(estate.users) },
    { kind: 'terminal', rows: rows(estate.terminals) },
    { kind: 'preference', rows: rows(estate.preferences) },
  ].map((table) => [table.kind, table]);
  const models = Object.entries(estate.models).flatMap(([model, groups]) =>
    groups.map((group): [string, Table] => [
      `model ${model} ${group.priceList ?? ''}`,
      { kind: model, rows: group.rows },
    ]),
  );
  const tables = new Map<string, Table>(definitions);
  for (const [place, { kind, rows: more }] of models) {
    tables.set(place, { kind, rows: [...(tables.get(place)?.rows ?? []), ...more] });
  }
  return tables;
}

function byId(rows: readonly JsonObject[]): Map<string, JsonObject> {
  return new Map(rows.map((row) => [textOf(row['id']) ?? textOf(row['name']) ?? '', row]));
}

function nameOf(row: JsonObject): string {
  const names = ['searchKey', 'userName', 'name', 'key', '_identifier', 'id'];
  return names.map((name) => textOf(row[name])).find((name) => name !== undefined) ?? '';
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function differing(before: JsonObject, after: JsonObject): EstateDifference['fields'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null))
    .map((field) => ({
      field,
      before: shown(field, before[field] ?? null),
      after: shown(field, after[field] ?? null),
    }));
}

function shown(field: string, value: Json): Json {
  return value !== null && SECRETS.has(field) ? HIDDEN : value;
}
