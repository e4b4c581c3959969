import { z } from 'zod';
import { routingTypeSchema } from '../server/contract/definitions.ts';
import type { RoutingType } from '../server/contract/definitions.ts';
import { GENERIC_SERVICE, matchService } from '../server/core/service-match.ts';
import type { Standing } from './server-health.ts';

/** The request router's decisions: which servers, in which order, for which service. Pure. */

const routerServerSchema = z.looseObject({
  name: z.string().min(1),
  /** With the context path. */
  address: z.string(),
  priority: z.number(),
  allServices: z.boolean(),
  mainServer: z.boolean(),
  currentServer: z.boolean().default(false),
  services: z.array(z.string()).default([]),
});
export type RouterServer = z.infer<typeof routerServerSchema>;

const routerServiceSchema = z.looseObject({
  name: z.string().min(1),
  type: routingTypeSchema,
  /** Seconds. */
  timeout: z.number().positive().nullish(),
  defaultTimeout: z.number().positive().nullish(),
});

/** What `initActions` tells of servers and services. */
export const routingTableSchema = z.looseObject({
  servers: z.array(routerServerSchema),
  services: z.array(routerServiceSchema),
  /** Names the content of the definitions, where the server says so. */
  definitionsEdition: z.string().optional(),
});
export type RoutingTable = z.infer<typeof routingTableSchema>;

/** How a request is routed. */
export interface Route {
  name: string;
  routingType: RoutingType;
  timeoutMs: number;
}

/** A line of transactions: strictly in the till's order, each message to one server of it. */
export interface TransactionLane {
  name: string;
  /** All of its servers, in order of priority. */
  servers: readonly RouterServer[];
  /** The services that it takes, each with the servers of the lane that offer it, in order of priority. */
  routes: ReadonlyMap<string, readonly RouterServer[]>;
}

/** For services that name no time of their own. */
const DEFAULT_TIMEOUT_MS = 20_000;

/** The lane of services that a store server offers. */
const STORE_LANE = 'store';
/** The lane of Fail Over services that only mains offer: one of them is enough. */
const ANY_MAIN_LANE = 'mains';
/** A lane for each main of services that only mains offer. */
const mainLane = (server: RouterServer): string => `main/${server.name}`;

/**
 * The table as a till uses it: in order of priority; the server that answered is taken at the address
 * where it answered; where the multi-server architecture is off, that server alone with all services.
 */
export function tableFor(table: RoutingTable, reachedAt: string): RoutingTable {
  const servers = table.servers
    .map((server) => ({
      ...server,
      address: (server.currentServer ? reachedAt : server.address).replace(/\/+$/, ''),
    }))
    .toSorted((a, b) => a.priority - b.priority);
  return { ...table, servers: servers.length > 0 ? servers : [onlyServer(reachedAt)] };
}

function onlyServer(address: string): RouterServer {
  return {
    name: 'Default',
    address,
    priority: 0,
    allServices: true,
    mainServer: false,
    currentServer: true,
    services: [],
  };
}

/** The service that a path is for: it contains the name, the longest wins; Generic where none does. */
export function routeFor(table: RoutingTable, path: string): Route {
  const service = matchService(path, table.services);
  if (service === undefined) return { ...GENERIC_SERVICE, timeoutMs: DEFAULT_TIMEOUT_MS };
  const seconds = service.timeout ?? service.defaultTimeout;
  const timeoutMs = seconds == null ? DEFAULT_TIMEOUT_MS : seconds * 1_000;
  return { name: service.name, routingType: service.type, timeoutMs };
}

/** The servers that offer a service, in order of priority. */
export function serversOffering(table: RoutingTable, service: string): RouterServer[] {
  return table.servers.filter((server) => offers(server, service));
}

/** Generic requests go to any server. */
function offers(server: RouterServer, service: string): boolean {
  return (
    server.allServices || service === GENERIC_SERVICE.name || server.services.includes(service)
  );
}

/** Fail Over: the best standing first (online, on its way, offline), each in order of priority. */
export function failoverOrder(
  servers: readonly RouterServer[],
  standingOf: (server: RouterServer) => Standing,
): RouterServer[] {
  return servers.toSorted((a, b) => RANK[standingOf(a)] - RANK[standingOf(b)]);
}

const RANK: Readonly<Record<Standing, number>> = {
  online: 0,
  doubted: 1,
  returning: 1,
  offline: 2,
};

/**
 * The lanes of transactions, decided for each service by itself. Where a store server offers it, one
 * server is enough: those that offer it are tried in order of priority, whatever their type, and the
 * one that accepts hands the message to every main. Where only mains offer it, each gets it from the
 * till; of a Fail Over service one of them does, which passes it on. A service that no server offers is
 * on no lane.
 */
export function transactionLanes(
  table: RoutingTable,
  services: readonly string[],
): TransactionLane[] {
  const routes = new Map<string, Map<string, RouterServer[]>>();
  for (const service of services) {
    for (const { name, servers } of lanesOf(table, service)) {
      const ofLane = routes.get(name) ?? new Map<string, RouterServer[]>();
      routes.set(name, ofLane.set(service, servers));
    }
  }
  return [...routes].map(([name, ofLane]) => {
    const members = new Set([...ofLane.values()].flat());
    return { name, routes: ofLane, servers: table.servers.filter((each) => members.has(each)) };
  });
}

function lanesOf(
  table: RoutingTable,
  service: string,
): { name: string; servers: RouterServer[] }[] {
  const { name, routingType } = routeFor(table, service);
  const servers = serversOffering(table, name);
  if (servers.length === 0) return [];
  if (servers.some((server) => !server.mainServer)) return [{ name: STORE_LANE, servers }];
  if (routingType === 'Failover' && name !== GENERIC_SERVICE.name) {
    return [{ name: ANY_MAIN_LANE, servers }];
  }
  return servers.map((server) => ({ name: mainLane(server), servers: [server] }));
}
