import { expect, it } from 'vitest';
import { checkTopology } from '../../../../server/core/topology/check.ts';
import type { Topology } from '../../../../server/core/topology/topology.ts';
import { topologyOf } from '../../../../server/core/topology/topology.ts';
import { whatIfEach } from '../../../../server/core/topology/what-if.ts';
import { standardServices } from '../../../../server/modules.ts';
import { estateOf, server, storeServer, till } from './estates.ts';

const SERVICES = standardServices();

/** A chain of stores that are alike, each with a store server of its own, and two mains for all. */
function chain(stores: number): Topology {
  const ids = Array.from({ length: stores }, (_, at) => `O${at}`);
  const estate = estateOf({
    organizations: [
      { id: '0', name: 'Casa Verde', parent: null },
      ...ids.map((id) => ({ id, name: id, parent: '0' })),
    ],
    servers: [
      server('Central', 1_000),
      server('Backup', 2_000),
      ...ids.map((id, at) => storeServer(`S${at}`, 10, { organizations: [id] })),
    ],
    terminals: ids.map((id) => till(`V-${id}`, id)),
  });
  return topologyOf(estate, SERVICES);
}

/** How often it is worked out what a server offers, and an organization's parent looked at. */
function workOf(stores: number, run: (topology: Topology) => unknown) {
  const work = { services: 0, parents: 0 };
  const counting = <Row extends object>(row: Row, member: keyof Row & string, add: () => void) => {
    const value = row[member];
    return Object.defineProperty({ ...row }, member, {
      enumerable: true,
      get: () => {
        add();
        return value;
      },
    });
  };
  const { definitions, services } = chain(stores);
  const counted = {
    ...definitions,
    servers: definitions.servers.map((row) =>
      counting(row, 'allServices', () => (work.services += 1)),
    ),
    organizations: definitions.organizations.map((row) =>
      counting(row, 'parent', () => (work.parents += 1)),
    ),
  };
  run({ definitions: counted, services });
  return work;
}

it.each([
  ['the check', checkTopology],
  ['what if each is down', whatIfEach],
] as const)('%s works out once what servers offer and where alike stores send', (_what, run) => {
  const stores = 200;
  const { services, parents } = workOf(stores, run);
  // Once or twice for each server, and for each service at each main: not for each store.
  expect(services).toBeGreaterThan(0);
  expect(services).toBeLessThanOrEqual(2 * (stores + 2) + 2 * SERVICES.length);
  expect(parents).toBeLessThanOrEqual(5 * (stores + 1));
});
