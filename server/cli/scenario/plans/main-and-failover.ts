import { organizationId } from '../estate.ts';
import type { Scenario } from '../scenario.ts';
import { TRANSACTIONS } from '../service-names.ts';

/**
 * Tickets go to the main, or to a fail-over server that is no main and passes them on. Log-in and
 * searches are the business of store servers: one in the shop, one in the cloud for all shops.
 */
export const mainAndFailover: Scenario = {
  name: 'main-and-failover',
  title: 'A main and a fail-over server, store servers in the shop and in the cloud',
  servers: [
    {
      ...{ key: 'Central', name: 'Central', type: 'MAIN', priority: 10 },
      ...{ allServices: false, definedServices: 'only', services: [...TRANSACTIONS] },
    },
    {
      ...{ key: 'Backup', name: 'Backup', type: 'STORE', priority: 20 },
      ...{ allServices: false, definedServices: 'only', services: [...TRANSACTIONS] },
    },
    {
      ...{ key: 'Centro', name: 'In the shop', type: 'STORE', priority: 30 },
      ...{ allOrganizations: false, organizations: [organizationId('Madrid Centro')] },
      ...{ allServices: false, definedServices: 'excluding', services: [...TRANSACTIONS] },
    },
    {
      ...{ key: 'Cloud', name: 'In the cloud', type: 'STORE', priority: 40 },
      ...{ allServices: false, definedServices: 'excluding', services: [...TRANSACTIONS] },
    },
  ],
  tills: { 'C-01': 'Centro', 'C-02': 'Centro', 'N-01': 'Cloud' },
  steps: [
    { do: 'kill', server: 'Central' },
    { do: 'crash', till: 'N-01' },
    { do: 'kill', server: 'Centro' },
    { do: 'restore', server: 'Central' },
    { do: 'reopen', till: 'N-01' },
    { do: 'restore', server: 'Centro' },
    { do: 'kill', server: 'Cloud' },
    { do: 'kill', server: 'Backup' },
    { do: 'restore', server: 'Backup' },
    { do: 'restore', server: 'Cloud' },
    { do: 'freeze', server: 'Central' },
    { do: 'kill', server: 'Backup' },
    { do: 'thaw', server: 'Central' },
    { do: 'restore', server: 'Backup' },
  ],
};
