import type { Rule } from '../rule.ts';

/** There is a store to prove anything for. */
export const noStores: Rule = {
  name: 'no-stores',
  check: ({ stores, topology }) =>
    stores.length > 0
      ? []
      : [
          {
            severity: 'error',
            message: 'No active organization is a store, so nothing can be proven.',
            story: `${topology.definitions.terminals.length} tills are defined, and none of them stands in an active organization.`,
            mend: 'Define the stores as organizations, and the organization of each till.',
          },
        ],
};
