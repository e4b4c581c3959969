import { isDeepStrictEqual } from 'node:util';
import type { RowDifference } from '../../contract/definitions-api.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { DefinitionRow, RowChange } from './rows.ts';
import { nameOf } from './rows.ts';

/** Members that are never shown. */
const SECRETS = new Set(['passwordHash', 'pinHash']);
const HIDDEN = '•••';

/** Whether a row says the same before and after; a missing member and null are the same. */
export function sameRow(one: DefinitionRow | null, other: DefinitionRow | null): boolean {
  return one !== null && other !== null && differing(one, other).length === 0;
}

/** What the rows change, as a screen shows it. Rows that say the same are left out. */
export function differenceOf(rows: readonly RowChange[]): RowDifference[] {
  return rows.flatMap(({ model, id, before, after }) => {
    if (sameRow(before, after)) return [];
    const fields = differing(before ?? {}, after).map((field) => ({
      field,
      before: shown(field, before),
      after: shown(field, after),
    }));
    return { model, id, name: nameOf(after), kind: kindOf(before, after), fields };
  });
}

function differing(before: object, after: object): string[] {
  const [one, other] = [before as JsonObject, after as JsonObject];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (field) => !isDeepStrictEqual(one[field] ?? null, other[field] ?? null),
  );
}

function shown(field: string, row: DefinitionRow | null): Json {
  const value = (row as JsonObject | null)?.[field] ?? null;
  return value !== null && SECRETS.has(field) ? HIDDEN : value;
}

function kindOf(before: DefinitionRow | null, after: DefinitionRow): RowDifference['kind'] {
  if (before === null) return 'created';
  if (before.active === after.active) return 'changed';
  return after.active ? 'reactivated' : 'deactivated';
}
