import type { MobileServer, MobileService } from '../../contract/definitions.ts';
import { routeOf } from '../service-match.ts';
import { isTransaction } from './service-roles.ts';
import type { StoreView, Survey } from './store-view.ts';

/** Where the calls of one service go from one store. */
export interface ServiceRoute {
  service: string;
  routingType: MobileService['routingType'];
  /** The servers that offer it, in the order in which they are tried. */
  servers: readonly MobileServer[];
  /**
   * The servers that a till hands a transaction to: where a store server is among them, the first that
   * answers, which brings it to every main; where all are mains, each of them (Fail Over: the first that
   * answers). A till decides so for each service by itself. Empty for queries.
   */
  takers: readonly MobileServer[];
  /** The mains that may get a transaction, in order; empty for queries. */
  mains: readonly MobileServer[];
  /**
   * The mains that every message is sure to end at: all of them (Broadcast, Transaction), or the first
   * (Fail Over: what another took in its place is passed on to it when it returns).
   */
  homes: readonly MobileServer[];
}

/**
 * Where a service's calls go. "Fail Over" tries the servers in the order of their priority and takes
 * the first that answers; "Broadcast" and "Transaction" reach every main that offers the service,
 * because only what a main has is safe.
 */
export function routeOfService(
  survey: Survey,
  view: StoreView,
  service: Pick<MobileService, 'name' | 'routingType'>,
): ServiceRoute {
  const { name, routingType } = service;
  const offering = view.servers.filter((server) => survey.offers(server, name));
  const route = { service: name, routingType, servers: offering };
  if (!isTransaction(service)) return { ...route, takers: [], mains: [], homes: [] };
  const destinations = survey.destinations(view, name);
  const named = (keys: readonly string[]): MobileServer[] =>
    keys.flatMap((key) => survey.server(key) ?? []);
  return {
    ...route,
    takers: offering,
    mains: named(destinations.flat()),
    homes: named(destinations.flatMap((members) => members.slice(0, 1))),
  };
}

/**
 * Where a request goes: its path contains the service's name, of several the longest counts. A request
 * that matches no service is generic, and any server may answer it.
 */
export function routeOfPath(survey: Survey, view: StoreView, path: string): ServiceRoute {
  const match = routeOf(path, survey.topology.services);
  const isKnown = survey.topology.services.some((service) => service.name === match.name);
  if (isKnown) return routeOfService(survey, view, match);
  const { name: service, routingType } = match;
  return { service, routingType, servers: view.servers, takers: [], mains: [], homes: [] };
}
