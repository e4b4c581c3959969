import type { Json, JsonObject } from '../../../contract/json.ts';
import { isJsonObject } from '../../../contract/json.ts';

/** Reads of records whose content was never checked: a till's sale is kept whatever is in it. */

export function textOf(record: JsonObject, name: string): string | null {
  const value = record[name];
  return typeof value === 'string' ? value : null;
}

/** A number, or 0; clients send some amounts as text. */
export function numberOf(record: JsonObject, name: string): number {
  const value = record[name];
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

/** A decimal as text, which is how rates travel. */
export function decimalOf(record: JsonObject, name: string): string | null {
  const value = record[name];
  return typeof value === 'number' ? String(value) : textOf(record, name);
}

/** True for true, "true" and "Y". */
export function flagOf(record: JsonObject, name: string): boolean {
  const value = record[name];
  return value === true || value === 'true' || value === 'Y';
}

export function yesNoOf(record: JsonObject, name: string): 'Y' | 'N' {
  return flagOf(record, name) ? 'Y' : 'N';
}

export function objectOf(record: JsonObject, name: string): JsonObject {
  const value = record[name];
  return isJsonObject(value) ? value : {};
}

/** The objects of a list; what is no object is left out. */
export function objectsOf(record: JsonObject, name: string): JsonObject[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The id of a member that is an id, or an object with one. */
export function idOf(record: JsonObject, name: string): string | null {
  const value: Json | undefined = record[name];
  return isJsonObject(value) ? textOf(value, 'id') : textOf(record, name);
}

/** The values over the defaults; null where neither has one. Objects are laid over member by member. */
export function overDefaults(defaults: JsonObject, values: JsonObject): JsonObject {
  const result: JsonObject = { ...defaults, ...values };
  for (const [name, fallback] of Object.entries(defaults)) {
    const value = values[name];
    if (isJsonObject(fallback) && isJsonObject(value)) result[name] = overDefaults(fallback, value);
    else if (value === undefined || value === null) result[name] = fallback;
  }
  return result;
}
