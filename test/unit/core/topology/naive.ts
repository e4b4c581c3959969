import type { MobileServer, Organization } from '../../../../server/contract/definitions.ts';
import type { Topology } from '../../../../server/core/topology/topology.ts';

/**
 * A second implementation of resolution and of the central question of the checker, as slow and plain
 * as possible, and without a line of the first: it asks for every pair of everything.
 */

/** The organization and everything above it, by walking up as often as there are organizations. */
function above(topology: Topology, organization: string): Set<string> {
  const reached = new Set([organization]);
  for (const _ of topology.definitions.organizations) {
    for (const row of topology.definitions.organizations) {
      if (reached.has(row.id) && row.parent !== null) reached.add(row.parent);
    }
  }
  return reached;
}

function naiveOffers(topology: Topology, server: MobileServer, service: string): boolean {
  if (server.allServices) return true;
  const same = (one: string, other: string): boolean =>
    one.split('/').join('.') === other.split('/').join('.');
  const isService = (name: string): boolean =>
    topology.services.some((row) => same(row.name, name));
  let listed = false;
  for (const name of server.services) {
    if (same(name, service)) listed = true;
    if (name !== '' && !isService(name) && service.includes(name)) listed = true;
  }
  return server.definedServices === 'only' ? listed : !listed;
}

/** Keys of the servers of a store that offer a service, in the order in which they are tried. */
export function naiveServers(topology: Topology, organization: string, service: string): string[] {
  const reached = above(topology, organization);
  const found: MobileServer[] = [];
  for (const server of topology.definitions.servers) {
    if (!server.active || server.url === '') continue;
    if (!server.allOrganizations && !server.organizations.some((id) => reached.has(id))) continue;
    if (naiveOffers(topology, server, service)) found.push(server);
  }
  found.sort((a, b) => {
    if (a.priority !== b.priority) return a.priority < b.priority ? -1 : 1;
    return a.key < b.key ? -1 : 1;
  });
  return found.map((server) => server.key);
}

/** The name of the service that a path is for, by looking at every pair of matching names. */
export function naiveService(topology: Topology, path: string): string | undefined {
  const matching = topology.services
    .map((row) => row.name)
    .filter((name) => name !== '' && path.includes(name));
  return matching.find((name) => matching.every((other) => other.length <= name.length));
}

/** Keys of the mains that a message of the store is sure to end at. */
export function naiveMains(topology: Topology, organization: string, service: string): string[] {
  const mains = naiveServers(topology, organization, service).filter(
    (key) => topology.definitions.servers.find((row) => row.key === key)?.type === 'MAIN',
  );
  const type = topology.services.find((row) => row.name === service)?.routingType;
  return type === 'Failover' ? mains.slice(0, 1) : mains;
}

/** Whether what one main has comes to another: by any chain of replication, tried to exhaustion. */
function naiveConnected(topology: Topology, from: string, to: string): boolean {
  const linked = (a: MobileServer, b: MobileServer): boolean =>
    a.replicatesWith?.includes(b.key) === true || b.replicatesWith?.includes(a.key) === true;
  const mains = topology.definitions.servers.filter((row) => row.active && row.type === 'MAIN');
  const reached = new Set([from]);
  for (const _ of mains) {
    for (const one of mains) {
      for (const other of mains) {
        if (reached.has(one.key) && linked(one, other)) reached.add(other.key);
      }
    }
  }
  return reached.has(to);
}

const POS = 'org.openbravo.retail.posterminal';
/** What must be where something else goes: the first of each pair at every main of the second. */
const NEEDED = [
  ['CustomerLoader', 'CustomerAddrLoader'],
  ['CustomerLoader', 'OrderLoader'],
  ['CustomerAddrLoader', 'OrderLoader'],
  ['OrderLoader', 'CancelLayawayLoader'],
  ['OrderLoader', 'ProcessCashClose'],
  ['ProcessCashMgmt', 'ProcessCashClose'],
] as const;

/** "store: first → then @ main" for each main that lacks what it needs. */
export function naiveSplits(topology: Topology, stores: readonly Organization[]): string[] {
  const splits: string[] = [];
  for (const { id } of stores) {
    for (const [first, then] of NEEDED) {
      const sources = naiveMains(topology, id, `${POS}.${first}`);
      if (sources.length === 0) continue;
      for (const main of naiveMains(topology, id, `${POS}.${then}`)) {
        const has = sources.some((source) => naiveConnected(topology, source, main));
        if (!has) splits.push(`${id}: ${first} → ${then} @ ${main}`);
      }
    }
  }
  return splits.toSorted();
}
