import { z } from 'zod';
import { routingTypeSchema } from '../server/contract/definitions.ts';
import type { RoutingType } from '../server/contract/definitions.ts';
import { GENERIC_SERVICE, matchService } from '../server/core/service-match.ts';

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

/** A line of transactions: one server of it must accept a message. */
export interface TransactionLane {
  name: string;
  servers: RouterServer[];
}

/** For services that name no time of their own. */
const DEFAULT_TIMEOUT_MS = 20_000;

/** The lane where a store server is among the servers; lanes of mains bear the main's name behind a slash. */
const STORE_LANE = 'store';

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

/** Fail Over: online servers first, then those that are offline, each in order of priority. */
export function failoverOrder(
  servers: readonly RouterServer[],
  isOnline: (server: RouterServer) => boolean,
): RouterServer[] {
  return [...servers.filter(isOnline), ...servers.filter((server) => !isOnline(server))];
}

/**
 * The lanes of transactions. Where a store server offers them, one lane is enough: its servers are
 * tried in order of priority, whatever their type, and the one that accepts hands the message to every
 * main. Where none does, every main gets it from the till.
 */
export function transactionLanes(
  table: RoutingTable,
  services: readonly string[],
): TransactionLane[] {
  const servers = table.servers.filter((server) =>
    services.every((service) => offers(server, routeFor(table, service).name)),
  );
  if (servers.some((server) => !server.mainServer)) return [{ name: STORE_LANE, servers }];
  return servers.map((server) => ({ name: `main/${server.name}`, servers: [server] }));
}
