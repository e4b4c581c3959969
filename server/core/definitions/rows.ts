import type { Definitions } from '../../contract/definitions.ts';
import {
  mobileServerSchema,
  organizationSchema,
  preferenceSchema,
  terminalSchema,
  userSchema,
} from '../../contract/definitions.ts';
import type { HistoryModel } from '../../contract/definitions-api.ts';

/** Where the rows of a model lie in the definitions. */
export const LISTS = {
  Organization: 'organizations',
  MobileServer: 'servers',
  Terminal: 'terminals',
  Preference: 'preferences',
  User: 'users',
} as const satisfies Record<HistoryModel, keyof Definitions>;

/** As they are taken from people: a member that is unknown is a fault, not left out. */
export const STRICT_SCHEMAS = {
  Organization: organizationSchema.strict(),
  MobileServer: mobileServerSchema.strict(),
  Terminal: terminalSchema.strict(),
  Preference: preferenceSchema.strict(),
  User: userSchema.strict(),
} as const;

/** What a model is called in a sentence. */
export const WORDS: Record<HistoryModel, string> = {
  Organization: 'organization',
  MobileServer: 'server',
  Terminal: 'till',
  Preference: 'preference',
  User: 'user',
};

/** A row of any of these models. */
export type DefinitionRow = Definitions[(typeof LISTS)[HistoryModel]][number];

/** One row before and after a change. */
export interface RowChange {
  model: HistoryModel;
  id: string;
  /** Null where the row is new. */
  before: DefinitionRow | null;
  after: DefinitionRow;
  /** The change of the request that it comes from; null where it is not one of a list. */
  change: number | null;
}

/** The row of that id, active or not. */
export function rowOf(
  definitions: Definitions,
  model: HistoryModel,
  id: string,
): DefinitionRow | undefined {
  const rows: readonly DefinitionRow[] = definitions[LISTS[model]];
  return rows.find((row) => row.id === id);
}

/** The definitions with this row in the place of the one with its id, or added. */
export function withRow(
  definitions: Definitions,
  model: HistoryModel,
  row: DefinitionRow,
): Definitions {
  const rows: readonly DefinitionRow[] = definitions[LISTS[model]];
  const known = rows.some(({ id }) => id === row.id);
  const next = known ? rows.map((other) => (other.id === row.id ? row : other)) : [...rows, row];
  return { ...definitions, [LISTS[model]]: next };
}

/** What people call a row. */
export function nameOf(row: DefinitionRow): string {
  if ('searchKey' in row) return row.searchKey;
  return 'name' in row ? row.name : row.key;
}
