import { lineageOf } from '../../organizations.ts';
import { servesOrganization } from '../../servers.ts';
import type { Rule } from '../rule.ts';

/** Each active server serves a store. */
export const serverWithoutStores: Rule = {
  name: 'server-without-stores',
  check({ topology, stores }) {
    const lineages = stores.map(({ store }) => lineageOf(topology.definitions, store.id));
    return topology.definitions.servers
      .filter((server) => server.active)
      .filter((server) => !lineages.some((lineage) => servesOrganization(server, lineage)))
      .map((server) => ({
        severity: 'warning',
        servers: [server.key],
        message: `${server.name} serves no store.`,
        story: `${server.name} runs and waits. No till has it in its list, so when another server fails, no till turns to ${server.name}.`,
        mend: 'Assign it to the stores that it is for, or to all organizations, or set it inactive.',
      }));
  },
};
