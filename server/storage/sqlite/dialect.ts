import type { Dialect } from '../sql.ts';

/** SQLite's spelling. `fold` is a function of ours (see connection.ts): SQLite's own knows only ASCII. */
export const sqliteDialect: Dialect = {
  ddl: {
    integer: 'INTEGER',
    bytes: 'BLOB',
    numbered: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    table: 'STRICT',
    clustered: 'STRICT, WITHOUT ROWID',
  },
  appendOnly: (table) =>
    ['UPDATE', 'DELETE'].map(
      (verb) => `CREATE TRIGGER ${table}_refuses_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    ),
  member: (column) => `(${column} ->> ?)`,
  memberNamed: (column, name) => `(${column} ->> '${name}')`,
  fold: (expression) => `fold(${expression})`,
  position: (haystack, needle) => `instr(${haystack}, ${needle})`,
  bytesOf: (expression) => `CAST(${expression} AS BLOB)`,
  truth: (value) => (value ? 1 : 0),
};
