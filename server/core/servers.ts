import type { Definitions, MobileServer, MobileService } from '../contract/definitions.ts';
import { lineageOf } from './organizations.ts';
import { multiServerEnabled } from './preferences.ts';

/** A row of `servers[]` in initActions: a server that a till may use. */
export interface ClientServer {
  name: string;
  address: string;
  online: boolean;
  priority: number;
  allServices: boolean;
  mainServer: boolean;
  currentServer: boolean;
  /** Names of the services it offers; the client compares them for equality. */
  services: string[];
}

/** A row of `services[]` in initActions. Timeouts are seconds. */
export interface ClientService {
  name: string;
  type: MobileService['routingType'];
  defaultTimeout: number;
  timeout: number;
}

/**
 * The servers that a till of the organization may use, in the order in which it tries them. Empty
 * where the multi-server architecture is switched off, which makes a till work with the page's own
 * server alone. A till without an organization yet gets the servers of all organizations. A server
 * whose address is not defined yet is left out: a till would take the empty address for its own page.
 */
export function serversForClient(
  definitions: Definitions,
  services: readonly MobileService[],
  at: { organization: string | null; selfKey: string },
): ClientServer[] {
  if (!multiServerEnabled(definitions)) return [];
  return serversOf(definitions, at.organization).map((server) => ({
    name: server.name,
    address: server.url,
    online: true,
    priority: server.priority,
    allServices: server.allServices,
    mainServer: server.type === 'MAIN',
    currentServer: server.key === at.selfKey,
    services: server.allServices ? [] : offeredServices(server, services),
  }));
}

/**
 * The active servers that are meant for an organization, in the order in which they are tried,
 * whether or not the multi-server architecture is switched on. The order is that of the field
 * "Priority": the lowest number first; of equal numbers the lower key, so that every server and till
 * comes to the same order. Null: the servers of all organizations.
 */
export function serversOf(definitions: Definitions, organization: string | null): MobileServer[] {
  const lineage = lineageOf(definitions, organization);
  return definitions.servers
    .filter((server) => server.active && server.url !== '')
    .filter((server) => servesOrganization(server, lineage))
    .toSorted((a, b) => a.priority - b.priority || (a.key < b.key ? -1 : 1));
}

/** The services as a client reads them. */
export function servicesForClient(services: readonly MobileService[]): ClientService[] {
  return services.map(({ name, routingType, timeoutMs }) => {
    const seconds = Math.ceil(timeoutMs / 1000);
    return { name, type: routingType, defaultTimeout: seconds, timeout: seconds };
  });
}

/**
 * The names of the services that a server offers. With "All Services" it offers each; otherwise its
 * list is read as the only ones, or as the exceptions ("Defined services"). A name in the list that
 * is no service itself, such as `org.openbravo.retail.posterminal.master`, stands for every service
 * whose name contains it: a name is matched by "contains" wherever it is used. A slash in a name is as
 * good as a dot.
 */
export function offeredServices(
  server: Pick<MobileServer, 'allServices' | 'definedServices' | 'services'>,
  services: readonly MobileService[],
): string[] {
  const names = services.map((service) => service.name);
  if (server.allServices) return names;
  const listed = new Set(server.services.map(spelling));
  const known = new Set(names.map(spelling));
  const parts = [...listed].filter((name) => name !== '' && !known.has(name));
  const isListed = (name: string): boolean =>
    listed.has(name) || parts.some((part) => name.includes(part));
  return names.filter((name) => isListed(spelling(name)) === (server.definedServices === 'only'));
}

/** A service's name as it is compared: clients write the log-in's with a slash and with a dot. */
export function spelling(name: string): string {
  return name.replaceAll('/', '.');
}

/**
 * Whether a server is meant for an organization: for all ("All Organizations", which makes the list
 * count for nothing), for itself, or for one above it (a server of a parent serves its children).
 * `lineage` is the organization and those above it.
 */
export function servesOrganization(
  server: Pick<MobileServer, 'allOrganizations' | 'organizations'>,
  lineage: readonly string[],
): boolean {
  return server.allOrganizations || server.organizations.some((id) => lineage.includes(id));
}
