import type { Json, JsonObject } from '../../../../server/contract/json.ts';

/** The names of members in which two values differ. */
export function differingParts(before: Json, after: Json): string[] {
  const [one, other] = [membersOf(before), membersOf(after)];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}

function membersOf(value: Json): Map<string, string> {
  const members = isObject(value) ? Object.entries(value) : [];
  return new Map(members.map(([name, member]) => [name, JSON.stringify(member)]));
}

/** Whether a value has members. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
