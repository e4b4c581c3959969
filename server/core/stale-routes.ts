import type { Definitions, MobileService } from '../contract/definitions.ts';
import { destinationsOf } from './destinations.ts';
import type { Addressed } from './destinations.ts';
import { isGroup } from './destination-group.ts';

/** Open messages of one service, organization and sender. */
export interface OpenRoute extends Addressed {
  /** How many messages there are. */
  entries: number;
  destinations: {
    destination: string;
    /** Deliveries there that are not withdrawn, and those among them that wait or are parked. */
    live: number;
    waiting: number;
  }[];
}

/** The destinations that open messages have from now on. */
export interface RevisedRoute extends Addressed {
  destinations: readonly string[];
}

type Self = { key: string; role: 'store' | 'main' };

/**
 * The routes whose messages do not have the destinations that the definitions name: a message lacks
 * one, or waits for one that is gone.
 */
export function staleRoutes(
  definitions: Definitions,
  services: readonly MobileService[],
  self: Self,
  routes: readonly OpenRoute[],
): RevisedRoute[] {
  return routes.flatMap(({ entries, destinations: present, ...addressed }) => {
    const destinations = destinationsOf(definitions, services, { ...addressed, self });
    const lacking = destinations.some(
      (name) => present.find(({ destination }) => destination === name)?.live !== entries,
    );
    const leftOver = present.some(
      ({ destination, waiting }) => waiting > 0 && !destinations.includes(destination),
    );
    return lacking || leftOver ? [{ ...addressed, destinations }] : [];
  });
}

/** Every group of mains that a message of these transactions may have as its destination. */
export function groupsOf(
  definitions: Definitions,
  services: readonly MobileService[],
  self: Self,
  isTransaction: (service: string) => boolean,
): string[] {
  const failover = services.filter(
    ({ name, routingType }) => routingType === 'Failover' && isTransaction(name),
  );
  const organizations = ['', ...definitions.organizations.map(({ id }) => id)];
  const destinations = failover.flatMap(({ name: service }) =>
    organizations.flatMap((organization) =>
      destinationsOf(definitions, services, { service, organization, sender: null, self }),
    ),
  );
  return [...new Set(destinations.filter(isGroup))];
}
