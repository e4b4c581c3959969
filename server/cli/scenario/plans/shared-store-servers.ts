import { organizationId, withParent, withStore } from '../estate.ts';
import type { Scenario } from '../scenario.ts';
import { TRANSACTIONS } from '../service-names.ts';

const SMALL = 'Small shops';

/**
 * A large shop has a store server of its own, two small ones share one, given to the organization above
 * them. The central main server stands in for each of them, and a second main collects all transactions
 * too: every ticket must reach both.
 */
export const sharedStoreServers: Scenario = {
  name: 'shared-store-servers',
  title:
    'A store server for a large shop, one for two small ones, a central main and one that collects',
  servers: [
    { key: 'Central', name: 'Central', type: 'MAIN', priority: 30 },
    {
      ...{ key: 'Collect', name: 'Aggregation', type: 'MAIN', priority: 40 },
      ...{ allServices: false, definedServices: 'only', services: [...TRANSACTIONS] },
    },
    {
      ...{ key: 'Large', name: 'Large shop', type: 'STORE', priority: 10 },
      ...{ allOrganizations: false, organizations: [organizationId('Madrid Centro')] },
    },
    {
      ...{ key: 'Shared', name: 'Small shops', type: 'STORE', priority: 20 },
      ...{ allOrganizations: false, organizations: [organizationId(SMALL)] },
    },
  ],
  tills: { 'C-01': 'Large', 'C-02': 'Large', 'N-01': 'Shared', 'S-01': 'Shared' },
  steps: [
    { do: 'kill', server: 'Large' },
    { do: 'kill', server: 'Shared' },
    { do: 'kill', server: 'Collect' },
    { do: 'restore', server: 'Large' },
    { do: 'kill', server: 'Central' },
    { do: 'crash', till: 'C-02' },
    { do: 'restore', server: 'Collect' },
    { do: 'restore', server: 'Shared' },
    { do: 'kill', server: 'Large' },
    { do: 'restore', server: 'Central' },
    { do: 'restore', server: 'Large' },
    { do: 'reopen', till: 'C-02' },
  ],
  reshape: (estate) =>
    withParent(withStore(estate, { key: 'S', name: 'Madrid Sur' }), {
      name: SMALL,
      of: ['Madrid Norte', 'Madrid Sur'],
    }),
};
