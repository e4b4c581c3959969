import type { Definitions } from '../contract/definitions.ts';
import { lineageOf } from './organizations.ts';

/** Durations that the estate may set, with the defaults that the field uses, ms. */
const DURATIONS = {
  /** Authentication Token Max Age. */
  tokenMaxAge: { key: 'OBMOBC_AuthenticationTokenMaxAge', defaultMs: 12 * 60 * 60_000 },
  /** Request Router Refresh Token Interval. */
  tokenRefresh: { key: 'OBMOBC_RequestRouterRefreshTokenInterval', defaultMs: 30 * 60_000 },
  /** Request Router Ping Time Interval. */
  pingInterval: { key: 'OBMOBC_RequestRouterPingTimeInterval', defaultMs: 5 * 60_000 },
} as const;

/** Mobile Multi-Server Architecture Enablement; counts at system level only. */
const MULTI_SERVER = 'OBMOBC_MultiServerArchitecture';

/**
 * The value of a preference for an organization: its own, else that of the nearest organization above
 * it, else the system's; undefined where none is set.
 */
export function preference(
  definitions: Definitions,
  key: string,
  organization: string | null,
): string | undefined {
  const set = definitions.preferences.filter((row) => row.key === key && row.active);
  for (const at of lineageOf(definitions, organization)) {
    const own = set.find((row) => row.organization === at);
    if (own !== undefined) return own.value;
  }
  return set.find((row) => row.organization === null)?.value;
}

/** A duration preference in ms; a value that is no positive whole number counts as not set. */
export function durationPreferenceMs(
  definitions: Definitions,
  name: keyof typeof DURATIONS,
  organization: string | null,
): number {
  const { key, defaultMs } = DURATIONS[name];
  const value = Number(preference(definitions, key, organization));
  return Number.isInteger(value) && value > 0 ? value : defaultMs;
}

/** Whether the multi-server architecture is switched on for the system. */
export function multiServerEnabled(definitions: Definitions): boolean {
  return preference(definitions, MULTI_SERVER, null) === 'Y';
}
