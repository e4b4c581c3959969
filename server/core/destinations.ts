import type { Definitions, MobileServer, MobileService } from '../contract/definitions.ts';
import { destinationOf } from './destination-group.ts';
import { lineageOf } from './organizations.ts';
import { offeredServices, servesOrganization } from './servers.ts';

/** What decides where a message goes. */
export interface Addressed {
  service: string;
  /** The organization that the message belongs to. */
  organization: string;
  /** Key of the server that handed it over; null for a till. */
  sender: string | null;
  /** Whether a till handed it over too, after that server. */
  alsoByTill?: boolean;
}

/**
 * The destinations that a message must reach (core/destination-group.ts), by the routing type of its
 * service and the mains that offer it and serve its organization, in the order of their priority:
 *
 * - Broadcast, Transaction: every such main.
 * - Fail Over: one of them. A main that took the message in the place of those before it passes it on
 *   to the first of them when that returns.
 *
 * A store server sends to mains only. A main passes a broadcast message on where a till handed it
 * over, since a store server reaches every main itself. Nothing goes back to the server that it came
 * from. Empty: at a store server the message is not safe until a main is defined; at a main it has
 * arrived. `services` are all that the modules declare; one that none declares may still be named by a
 * server's definition.
 */
export function destinationsOf(
  definitions: Definitions,
  services: readonly MobileService[],
  message: Addressed & { self: { key: string; role: 'store' | 'main' } },
): string[] {
  const { service, self, sender, alsoByTill = false } = message;
  const declared = services.find((row) => row.name === service);
  const known = declared ? services : [...services, undeclared(service)];
  const mains = mainsFor(definitions, message.organization)
    .filter((server) => offeredServices(server, known).includes(service))
    .map((server) => server.key);
  const others = mains.filter((key) => key !== self.key && key !== sender);
  if (declared?.routingType === 'Failover') {
    const before = mains.slice(0, Math.max(0, mains.indexOf(self.key)));
    const group = self.role === 'main' ? before.slice(0, 1) : mains;
    return group.some((key) => key === sender) || group.length === 0 ? [] : [destinationOf(group)];
  }
  if (self.role === 'main' && sender !== null && !alsoByTill) return [];
  return others;
}

/**
 * The active mains that serve an organization, in order; all of them where it is not defined here. Of
 * an organization, nothing else decides about destinations.
 */
export function mainsFor(definitions: Definitions, organization: string): MobileServer[] {
  const isDefined = definitions.organizations.some((row) => row.id === organization);
  const lineage = lineageOf(definitions, organization);
  return definitions.servers
    .filter((server) => server.active && server.type === 'MAIN')
    .filter((server) => !isDefined || servesOrganization(server, lineage))
    .toSorted((a, b) => a.priority - b.priority || (a.key < b.key ? -1 : 1));
}

function undeclared(name: string): MobileService {
  return { name, module: '', routingType: 'Transaction', timeoutMs: 1 };
}
