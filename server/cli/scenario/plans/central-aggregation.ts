import { organizationId } from '../estate.ts';
import type { Scenario } from '../scenario.ts';
import { TRANSACTIONS } from '../service-names.ts';

/**
 * Every shop logs in and searches at a store server of its own, whose master data comes from the
 * centre; the centre collects the transactions, through the store server or, without it, directly.
 */
export const centralAggregation: Scenario = {
  name: 'central-aggregation',
  title: 'A central server that collects, and a store server for each shop',
  servers: [
    {
      ...{ key: 'Central', name: 'Central', type: 'MAIN', priority: 50 },
      ...{ allServices: false, definedServices: 'only', services: [...TRANSACTIONS] },
    },
    {
      ...{ key: 'Centro', name: 'Madrid Centro', type: 'STORE', priority: 10 },
      ...{ allOrganizations: false, organizations: [organizationId('Madrid Centro')] },
    },
    {
      ...{ key: 'Norte', name: 'Madrid Norte', type: 'STORE', priority: 10 },
      ...{ allOrganizations: false, organizations: [organizationId('Madrid Norte')] },
    },
  ],
  tills: { 'C-01': 'Centro', 'C-02': 'Centro', 'N-01': 'Norte' },
  steps: [
    { do: 'kill', server: 'Central' },
    { do: 'kill', server: 'Norte' },
    { do: 'reprice', server: 'Central' },
    { do: 'restore', server: 'Central' },
    { do: 'learn', server: 'Centro' },
    { do: 'restore', server: 'Norte' },
    { do: 'learn', server: 'Norte' },
    { do: 'kill', server: 'Centro' },
    { do: 'kill', server: 'Central' },
    { do: 'restore', server: 'Centro' },
    { do: 'restore', server: 'Central' },
  ],
};
