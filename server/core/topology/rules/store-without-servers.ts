import type { Rule } from '../rule.ts';
import { tillIn } from '../story.ts';

/** Where servers are defined, a store that has none works the standard way, which may be meant. */
export const storeWithoutServers: Rule = {
  name: 'store-without-servers',
  check: ({ topology, stores }) =>
    topology.definitions.servers.every((server) => !server.active)
      ? []
      : stores
          .filter(({ servers }) => servers.length === 0)
          .map((view) => ({
            severity: 'advice',
            stores: [view.store],
            message: `No server is assigned to ${view.store.name}: its tills work with the server that their page comes from.`,
            story: `${tillIn(view)} asks for its servers and gets none. It works with its page's own server alone and has no other when that fails.`,
            mend: `Assign servers to ${view.store.name} when its turn has come.`,
          })),
};
