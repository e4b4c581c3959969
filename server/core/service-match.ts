import type { RoutingType } from '../contract/definitions.ts';

/** How a request is routed that matches no defined service. */
export const GENERIC_SERVICE: { name: string; routingType: RoutingType } = {
  name: 'Generic',
  routingType: 'Failover',
};

/**
 * The service that a request is for: the requested path contains the service's name, and of several
 * the longest name wins (`…master.ProductPrice` before `…master.Product` before `…master`). Undefined
 * where none matches. Give the path without the query's JSON, which may quote other services' names.
 */
export function matchService<Service extends { name: string }>(
  path: string,
  services: readonly Service[],
): Service | undefined {
  let best: Service | undefined;
  for (const service of services) {
    if (service.name === '' || !path.includes(service.name)) continue;
    if (best === undefined || service.name.length > best.name.length) best = service;
  }
  return best;
}

/** The name and routing type under which a client routes a request; Generic where none matches. */
export function routeOf(
  path: string,
  services: readonly { name: string; routingType: RoutingType }[],
): { name: string; routingType: RoutingType } {
  return matchService(path, services) ?? GENERIC_SERVICE;
}
