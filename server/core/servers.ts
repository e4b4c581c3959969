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
  const lineage = lineageOf(definitions, at.organization);
  return definitions.servers
    .filter((server) => server.active && server.url !== '')
    .filter((server) => servesOrganization(server, lineage))
    .toSorted((a, b) => a.priority - b.priority || (a.key < b.key ? -1 : 1))
    .map((server) => ({
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

/** The services as a client reads them. */
export function servicesForClient(services: readonly MobileService[]): ClientService[] {
  return services.map(({ name, routingType, timeoutMs }) => {
    const seconds = Math.ceil(timeoutMs / 1000);
    return { name, type: routingType, defaultTimeout: seconds, timeout: seconds };
  });
}

/**
 * The names of the services that a server offers. A name in its list that is no service itself, such
 * as `org.openbravo.retail.posterminal.master`, stands for every service whose name contains it.
 */
export function offeredServices(
  server: Pick<MobileServer, 'allServices' | 'definedServices' | 'services'>,
  services: readonly MobileService[],
): string[] {
  const names = services.map((service) => service.name);
  if (server.allServices) return names;
  const known = new Set(names);
  const exact = new Set(server.services);
  const prefixes = server.services.filter((name) => name !== '' && !known.has(name));
  const listed = (name: string): boolean =>
    exact.has(name) || prefixes.some((prefix) => name.includes(prefix));
  return names.filter((name) => listed(name) === (server.definedServices === 'only'));
}

/** Whether a server is meant for an organization: for all, for itself, or for one above it. */
export function servesOrganization(
  server: Pick<MobileServer, 'allOrganizations' | 'organizations'>,
  lineage: readonly string[],
): boolean {
  return server.allOrganizations || server.organizations.some((id) => lineage.includes(id));
}
