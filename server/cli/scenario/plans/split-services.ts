import { organizationId } from '../estate.ts';
import type { Scenario } from '../scenario.ts';
import { OTHER_QUERIES, PARTNER_QUERIES } from '../service-names.ts';

const CENTRO = { allOrganizations: false, organizations: [organizationId('Madrid Centro')] };

/**
 * One shop tries the multi-server architecture first: products come from one server, business
 * partners from another, tickets go to the main. No server is given to the other shop, so its tills
 * work with their page's own server as they always did.
 */
export const splitServices: Scenario = {
  name: 'split-services',
  title: 'Products and business partners from two servers, for one of two shops',
  servers: [
    { key: 'Central', name: 'Central', type: 'MAIN', priority: 30, ...CENTRO },
    {
      ...{ key: 'Products', name: 'Products', type: 'STORE', priority: 10, ...CENTRO },
      ...{ allServices: false, definedServices: 'only', services: [...OTHER_QUERIES] },
    },
    {
      ...{ key: 'Partners', name: 'Business partners', type: 'STORE', priority: 20, ...CENTRO },
      ...{ allServices: false, definedServices: 'only', services: [...PARTNER_QUERIES] },
    },
  ],
  tills: { 'C-01': 'Products', 'C-02': 'Products', 'N-01': 'Central' },
  steps: [
    { do: 'kill', server: 'Products' },
    { do: 'kill', server: 'Partners' },
    { do: 'restore', server: 'Products' },
    { do: 'restore', server: 'Partners' },
    { do: 'kill', server: 'Central' },
    { do: 'kill', server: 'Partners' },
    { do: 'restore', server: 'Central' },
    { do: 'restore', server: 'Partners' },
  ],
};
