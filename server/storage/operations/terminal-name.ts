import type { Dialect } from '../sql.ts';

/** An expression for the name of a terminal by its id; the id where the terminal is not defined here. */
export function terminalName(dialect: Dialect, idColumn: string): string {
  return `coalesce((
    SELECT ${dialect.memberNamed('record.json', 'name')} FROM record
    WHERE record.model = 'Terminal' AND record.id = ${idColumn} AND record.scope = ''
  ), ${idColumn})`;
}
