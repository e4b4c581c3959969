import type { Definitions, Terminal } from '../../contract/definitions.ts';
import type { QueryParameters } from '../module.ts';
import type { Refusal } from './refusal.ts';
import { quoted, refuse } from './refusal.ts';
import { textParameter } from './parameter.ts';

/**
 * The till that a request names, by id (`pos`) or search key (`terminalName`, `terminal`); undefined
 * where it names none.
 */
export function namedTerminal(
  parameters: QueryParameters,
  definitions: Definitions,
): Terminal | undefined | Refusal {
  const id = textParameter(parameters, 'pos');
  const searchKey =
    textParameter(parameters, 'terminalName') ?? textParameter(parameters, 'terminal');
  if (id === undefined && searchKey === undefined) return undefined;
  const terminal = definitions.terminals.find(
    (row) => row.active && (id === undefined ? row.searchKey === searchKey : row.id === id),
  );
  return (
    terminal ??
    refuse(
      `the terminal ${quoted(id ?? searchKey)} is not defined at this server; check its name at the till, or define it at the server that owns the definitions.`,
    )
  );
}
