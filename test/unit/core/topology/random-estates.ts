import fc from 'fast-check';
import type { Topology } from '../../../../server/core/topology/topology.ts';
import { topologyOf } from '../../../../server/core/topology/topology.ts';
import { standardServices } from '../../../../server/modules.ts';
import { estateOf, server, setting, till } from './estates.ts';

const SERVICES = standardServices();
/** Names of the standard services. */
export const NAMES = SERVICES.map((service) => service.name);
/** Keys of the servers of every random estate. */
export const KEYS = ['A', 'B', 'C', 'D', 'E'];
const ORGANIZATIONS = ['0', 'North', 'South', 'Bilbao', 'Gijon', 'Cadiz'];
const PARENT: Record<string, string | null> = {
  ...{ '0': null, North: '0', South: '0', Bilbao: 'North', Gijon: 'North', Cadiz: 'South' },
};
const LISTED = [
  ...NAMES.filter((name) => /Loader|ProcessCash|POSLogin|Product/.test(name)),
  ...['org.openbravo.retail.posterminal.master', 'Loader', 'ProcessCash', 'nothing', ''],
];

const serverOf = (key: string) =>
  fc.record({
    type: fc.constantFrom('MAIN', 'STORE'),
    url: fc.constantFrom(`https://${key.toLowerCase()}.example/openbravo`, ''),
    priority: fc.integer({ min: 1, max: 4 }),
    allOrganizations: fc.boolean(),
    organizations: fc.subarray(ORGANIZATIONS),
    allServices: fc.boolean(),
    definedServices: fc.constantFrom('only', 'excluding'),
    services: fc.subarray(LISTED),
    replicatesWith: fc.option(fc.subarray(KEYS, { maxLength: 2 }), { nil: undefined }),
    active: fc.boolean(),
  });

/** Estates of any kind, most of them wrong in several ways; every second one has services of all routing types. */
export const topologies: fc.Arbitrary<Topology> = fc
  .record({
    servers: fc.tuple(...KEYS.map(serverOf)),
    tills: fc.subarray(ORGANIZATIONS),
    closed: fc.subarray(ORGANIZATIONS, { maxLength: 1 }),
    circle: fc.boolean(),
    failOver: fc.subarray(NAMES.filter((name) => /Loader|ProcessCash/.test(name))),
    refreshMs: fc.constantFrom('1800000', '43200000', 'soon'),
  })
  .map(({ servers, tills, closed, circle, failOver, refreshMs }) => {
    const estate = estateOf({
      organizations: ORGANIZATIONS.map((id) => ({
        ...{ id, name: id, active: !closed.includes(id) },
        parent: circle && id === '0' ? 'Bilbao' : (PARENT[id] ?? null),
      })),
      servers: servers.map((parts, at) => ({ ...server(KEYS[at] ?? '', 0), ...parts })),
      terminals: tills.map((id) => till(`V-${id}`, id)),
      preferences: [
        setting('OBMOBC_MultiServerArchitecture', 'Y'),
        setting('OBMOBC_RequestRouterRefreshTokenInterval', refreshMs),
      ],
    });
    const services = SERVICES.map((service) =>
      failOver.includes(service.name) ? { ...service, routingType: 'Failover' as const } : service,
    );
    return topologyOf(estate, services);
  });

/** Every server gets an address, so that mains without one are no matter here. */
export function withAddresses(topology: Topology): Topology {
  const servers = topology.definitions.servers.map((row) => ({
    ...row,
    url: `https://${row.key.toLowerCase()}.example/openbravo`,
  }));
  return { ...topology, definitions: { ...topology.definitions, servers } };
}
