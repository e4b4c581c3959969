import type { Migration } from './migration.ts';

/**
 * `entry.also_by_till` is 1 where a till handed over what a server had brought before: the message then
 * goes where a till's messages go, and `actor` still says who brought it first.
 */
export const handOver: Migration = {
  version: 4,
  name: 'hand-over',
  statements: ({ ddl }) => [
    `ALTER TABLE entry ADD COLUMN also_by_till ${ddl.integer} NOT NULL DEFAULT 0`,
  ],
};
