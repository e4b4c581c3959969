import type { Migration } from './migration.ts';

/**
 * The history of the definitions: each change with the rows before and after it, never altered (an
 * undo is a change that names the one that it undoes); and which edition of the definitions each till
 * and each other server has, as it last said.
 */
export const definitionHistory: Migration = {
  version: 3,
  name: 'definition-history',
  statements: (dialect) => {
    const { ddl } = dialect;
    return [
      `CREATE TABLE definition_change (
        change_no ${ddl.numbered}, at_ms ${ddl.integer} NOT NULL, actor TEXT NOT NULL, reason TEXT,
        forced TEXT NOT NULL, edition TEXT NOT NULL, undoes ${ddl.integer} REFERENCES definition_change
      ) ${ddl.table}`,
      `CREATE INDEX definition_change_by_edition ON definition_change (edition)`,
      `CREATE INDEX definition_change_undone ON definition_change (undoes) WHERE undoes IS NOT NULL`,
      `CREATE TABLE definition_row_change (
        change_no ${ddl.integer} NOT NULL REFERENCES definition_change, row_no ${ddl.integer} NOT NULL,
        model TEXT NOT NULL, id TEXT NOT NULL, before TEXT, after TEXT NOT NULL,
        PRIMARY KEY (change_no, row_no)
      ) ${ddl.clustered}`,
      `CREATE INDEX definition_row_change_by_row ON definition_row_change (model, id, change_no)`,
      `CREATE TABLE definition_taker (
        kind TEXT NOT NULL, id TEXT NOT NULL, edition TEXT, reported_at_ms ${ddl.integer} NOT NULL,
        PRIMARY KEY (kind, id)
      ) ${ddl.clustered}`,
      ...dialect.appendOnly('definition_change'),
      ...dialect.appendOnly('definition_row_change'),
    ];
  },
};
