import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { serversForClient, servicesForClient } from '../../../../server/core/servers.ts';
import type { ServiceRoute } from '../../../../server/core/topology/routes.ts';
import { routeOfService } from '../../../../server/core/topology/routes.ts';
import { isTransaction } from '../../../../server/core/topology/service-roles.ts';
import { distinctServices, survey } from '../../../../server/core/topology/store-view.ts';
import { routingTableSchema, tableFor, transactionLanes } from '../../../../terminal/routing.ts';
import { topologies } from './random-estates.ts';

/** Hundreds of random estates take a while on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

/** The servers that get a message, one list for each time that a till hands it over. */
function handedTo({ takers, routingType }: ServiceRoute): string[][] {
  const keys = takers.map(({ key }) => key);
  const isOneEnough = routingType === 'Failover' || takers.some(({ type }) => type === 'STORE');
  if (keys.length === 0) return [];
  return isOneEnough ? [keys] : keys.map((key) => [key]);
}

it('a till hands each transaction to the servers that the checker takes it for', () => {
  let lanesSeen = 0;
  fc.assert(
    fc.property(topologies, ({ definitions, services }) => {
      const estate = survey({ definitions, services });
      const transactions = distinctServices(estate).filter(isTransaction);
      const names = transactions.map(({ name }) => name);
      for (const view of estate.stores) {
        // Without a server of its own a till works with its page's, which is no server of the store.
        if (view.servers.length === 0) continue;
        const at = { organization: view.store.id, selfKey: '' };
        const table = routingTableSchema.parse({
          servers: serversForClient(definitions, services, at),
          services: servicesForClient(services),
        });
        const lanes = transactionLanes(tableFor(table, 'https://page.example'), names);
        lanesSeen += lanes.length;
        for (const service of transactions) {
          const ofTill = lanes.flatMap(({ routes }) => {
            const servers = routes.get(service.name);
            return servers === undefined ? [] : [servers.map(({ name }) => name)];
          });
          const ofChecker = handedTo(routeOfService(estate, view, service));
          // Mains that each get it from the till do so side by side, in no order.
          expect(ofTill.toSorted()).toEqual(ofChecker.toSorted());
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(lanesSeen).toBeGreaterThan(300);
});
