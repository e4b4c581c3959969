import type { Definitions } from '../contract/definitions.ts';
import { PREFERENCES } from './definitions/preference-catalogue.ts';
import { preference } from './preferences.ts';

/** From a server to its mains where nothing else is set, and at most, ms. */
export const HEARTBEAT_MS = 30_000;

/** More often than this a heartbeat tells nothing new and is a load on a main with many stores, ms. */
export const SHORTEST_HEARTBEAT_MS = 5_000;

/**
 * How often a server calls its mains, ms: what the preference for the ping between servers says for
 * its organizations (the shortest of several counts), else for the system. At most
 * {@link HEARTBEAT_MS}: a server that was silent for three of those counts as offline. An unset
 * preference does not count with its default, which is meant for mains of another make.
 */
export function heartbeatIntervalMs(definitions: Definitions, serverKey: string): number {
  const own = definitions.servers.find(({ key }) => key === serverKey);
  const organizations = own === undefined || own.allOrganizations ? [] : own.organizations;
  const places = organizations.length === 0 ? [null] : organizations;
  const set = places
    .map((place) => preference(definitions, PREFERENCES.serverPing, place))
    .filter((value) => value !== undefined)
    .map(Number);
  return Math.min(HEARTBEAT_MS, Math.max(SHORTEST_HEARTBEAT_MS, Math.min(HEARTBEAT_MS, ...set)));
}
