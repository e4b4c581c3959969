import type { ModelDeclaration } from '../../core/model.ts';
import { keyOf } from '../../core/model.ts';
import type { Refusal } from './refusal.ts';
import { quoted, refuse } from './refusal.ts';

/** Clients keep their own `_filter` beside `_identifier` and search by either name. */
const ALIASES: Readonly<Record<string, string>> = { _filter: '_identifier' };

/**
 * The property that a client means by a column: its name, with or without the alias of the client's
 * query in front (`product.name`). Refused where the model cannot be searched by it.
 */
export function searchColumn(model: ModelDeclaration, column: unknown): string | Refusal {
  const name = propertyName(model, column);
  if (name !== undefined && (model.searchable.includes(name) || name === keyOf(model))) return name;
  const known = [...new Set([keyOf(model), ...model.searchable])].join(', ');
  return refuse(
    `${model.name} cannot be searched by the column ${quoted(column)}; its columns are ${known}.`,
  );
}

/** The property by which a client wants the rows in order. */
export function orderColumn(model: ModelDeclaration, column: unknown): string | Refusal {
  const name = propertyName(model, column);
  if (name !== undefined) return name;
  return refuse(
    `${model.name} cannot be ordered by ${quoted(column)}; its properties are ${Object.keys(model.properties).join(', ')}.`,
  );
}

function propertyName(model: ModelDeclaration, column: unknown): string | undefined {
  if (typeof column !== 'string') return undefined;
  const bare = column.slice(column.lastIndexOf('.') + 1);
  const name = ALIASES[bare] ?? bare;
  return Object.hasOwn(model.properties, name) ? name : undefined;
}
