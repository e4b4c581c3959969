import type { Routes, ServedBecause, ServingServer } from '../../contract/definitions-api.ts';
import type { Definitions, MobileServer, MobileService } from '../../contract/definitions.ts';
import { lineageOf } from '../organizations.ts';
import { offeredServices, serversOf, servesOrganization } from '../servers.ts';

/** The active servers in the order in which they are tried: by priority, then by key. */
export function serversInOrder(definitions: Definitions): MobileServer[] {
  return definitions.servers
    .filter(({ active }) => active)
    .toSorted((a, b) => a.priority - b.priority || (a.key < b.key ? -1 : 1));
}

/** Who serves an organization, in the order in which its tills try them, and why each does. */
export function serversOfOrganization(
  definitions: Definitions,
  services: readonly MobileService[],
  organization: string,
): ServingServer[] {
  const lineage = lineageOf(definitions, organization);
  return serversOf(definitions, organization).map((server) => ({
    key: server.key,
    name: server.name,
    type: server.type,
    priority: server.priority,
    because: becauseOf(definitions, server, lineage),
    offers: offeredServices(server, services).length,
    ofServices: services.length,
  }));
}

function becauseOf(
  { organizations }: Definitions,
  server: MobileServer,
  lineage: readonly string[],
): ServedBecause {
  if (server.allOrganizations) return { kind: 'allOrganizations' };
  const [self, ...above] = lineage;
  if (self !== undefined && server.organizations.includes(self)) return { kind: 'assigned' };
  const organization = above.find((id) => server.organizations.includes(id)) ?? '';
  const name = organizations.find(({ id }) => id === organization)?.name ?? organization;
  return { kind: 'assignedAbove', organization, name };
}

/** The active organizations that a server serves, children too. */
export function organizationsOf(definitions: Definitions, server: MobileServer): string[] {
  return definitions.organizations
    .filter(({ id, active }) => active && servesOrganization(server, lineageOf(definitions, id)))
    .map(({ id }) => id);
}

/** For each service the keys of the servers of an organization that offer it, in order. */
export function routesOf(
  definitions: Definitions,
  services: readonly MobileService[],
  organization: string,
): Routes {
  const offers = serversOf(definitions, organization).map((server) => ({
    key: server.key,
    names: new Set(offeredServices(server, services)),
  }));
  return {
    organization,
    routes: services.map(({ name, module, routingType, timeoutMs }) => ({
      service: name,
      ...{ module, routingType, timeoutMs },
      servers: offers.filter(({ names }) => names.has(name)).map(({ key }) => key),
    })),
  };
}
