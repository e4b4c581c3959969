import type { Migration } from './migration.ts';

/**
 * Routing by definition: `delivery.member` is the main of a group that a delivery was handed to last,
 * `delivery.withdrawn_by` whose change of the definitions took its destination away.
 */
export const routing: Migration = {
  version: 2,
  name: 'routing',
  statements: () => [
    `ALTER TABLE delivery ADD COLUMN member TEXT`,
    `ALTER TABLE delivery ADD COLUMN withdrawn_by TEXT`,
    `CREATE INDEX delivery_parked ON delivery (destination, terminal, entry_no)
      WHERE state = 'parked'`,
    `CREATE INDEX delivery_withdrawn ON delivery (entry_no) WHERE state = 'withdrawn'`,
  ],
};
