import type { PreferenceEntry } from '../../contract/definitions-api.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The keys of the preferences that decide something in this program. */
export const PREFERENCES = {
  multiServer: 'OBMOBC_MultiServerArchitecture',
  tokenMaxAge: 'OBMOBC_AuthenticationTokenMaxAge',
  tokenRefresh: 'OBMOBC_RequestRouterRefreshTokenInterval',
  pingInterval: 'OBMOBC_RequestRouterPingTimeInterval',
  serverPing: 'OBMOBC_Ping_Periodicity',
  offlineWait: 'OBMOBC_TransitionToOfflineWait',
  failedOnlineWait: 'OBMOBC_FailedTransitionToOnlineWaitTime',
  blockInTransition: 'Backroom_BlockInTransition',
  owner: 'Backroom_DefinitionsOwner',
} as const;

type Name = keyof typeof PREFERENCES;
type Duration = Pick<PreferenceEntry, 'name' | 'meaning' | 'levels'> & {
  defaultMs: number;
  minMs: number;
  maxMs: number;
};

const EVERYWHERE: PreferenceEntry['levels'] = ['system', 'client', 'organization', 'terminal'];

const DURATIONS: Partial<Record<Name, Duration>> = {
  tokenMaxAge: {
    name: 'Authentication Token Max Age',
    meaning: 'How long a log-in counts. Tokens that are older are refused; the user logs in again.',
    levels: EVERYWHERE,
    ...{ defaultMs: 12 * HOUR_MS, minMs: MINUTE_MS, maxMs: 30 * DAY_MS },
  },
  tokenRefresh: {
    name: 'Request Router Refresh Token Interval',
    meaning:
      'How often a till asks for a fresh token. Must be shorter than the token’s age. Tills read it at log-in.',
    levels: EVERYWHERE,
    ...{ defaultMs: 30 * MINUTE_MS, minMs: 10 * SECOND_MS, maxMs: 30 * DAY_MS },
  },
  pingInterval: {
    name: 'Request Router Ping Time Interval',
    meaning: 'How often a till looks whether a server that did not answer is back.',
    levels: EVERYWHERE,
    ...{ defaultMs: 5 * MINUTE_MS, minMs: SECOND_MS, maxMs: DAY_MS },
  },
  serverPing: {
    name: 'Ping Periodicity between Servers',
    meaning:
      'How often a server calls its main servers, 5 to 30 seconds: a longer time counts for main servers of another make, which call the store server. News comes at once all the same.',
    levels: ['system', 'organization'],
    ...{ defaultMs: 5 * MINUTE_MS, minMs: SECOND_MS, maxMs: DAY_MS },
  },
  offlineWait: {
    name: 'Transition to Offline Wait',
    meaning: 'How long a server that lost its main waits for it before it counts itself offline.',
    levels: ['system'],
    ...{ defaultMs: 5 * MINUTE_MS, minMs: SECOND_MS, maxMs: 10 * MINUTE_MS },
  },
  failedOnlineWait: {
    name: 'Failed Transition to Online Wait',
    meaning: 'How long a server rests after it failed to come online, before it tries again.',
    levels: ['system'],
    ...{ defaultMs: HOUR_MS, minMs: SECOND_MS, maxMs: DAY_MS },
  },
};

const OTHERS: readonly (PreferenceEntry & { key: string })[] = [
  {
    key: PREFERENCES.multiServer,
    name: 'Mobile Multi-Server Architecture Enablement',
    meaning:
      'Whether tills use the servers defined here. Off, or without a defined server, every till works with its page’s own server.',
    kind: 'yesNo',
    levels: ['system'],
    ...{ default: 'N', min: null, max: null },
  },
  {
    key: PREFERENCES.blockInTransition,
    name: 'Block in Transition',
    meaning:
      'Whether a server that is going online or offline tells its tills to wait. Off: selling is never interrupted by a transition.',
    kind: 'yesNo',
    levels: ['system', 'organization'],
    ...{ default: 'N', min: null, max: null },
  },
  {
    key: PREFERENCES.owner,
    name: 'Owner of the Definitions',
    meaning:
      'The Mobile Server Key of the main server at which definitions are changed. Not set: each main owns its own, and store servers take those of the main that they joined.',
    kind: 'serverKey',
    levels: ['system'],
    ...{ default: null, min: null, max: null },
  },
];

/** Every preference that a person may set here, in the order in which a screen lists them. */
export const PREFERENCE_CATALOGUE: readonly PreferenceEntry[] = [
  ...OTHERS.slice(0, 1),
  ...Object.entries(DURATIONS).map(
    ([name, { defaultMs, minMs, maxMs, ...entry }]): PreferenceEntry => ({
      key: PREFERENCES[name as Name],
      ...entry,
      kind: 'duration',
      default: String(defaultMs),
      min: minMs,
      max: maxMs,
    }),
  ),
  ...OTHERS.slice(1),
];

const BY_KEY = new Map(PREFERENCE_CATALOGUE.map((entry) => [entry.key, entry]));

/** What is known of a preference; undefined for one that other programs brought along. */
export function catalogued(key: string): PreferenceEntry | undefined {
  return BY_KEY.get(key);
}

/** Why a value is none of this preference, as a clause; null where it is one. */
export function valueFault(entry: PreferenceEntry, value: string): string | null {
  switch (entry.kind) {
    case 'yesNo':
      return value === 'Y' || value === 'N' ? null : 'it must be Y or N';
    case 'serverKey':
      return value === '' ? 'it must name a server' : null;
    case 'duration': {
      if (!/^\d{1,15}$/.test(value)) return 'it must be a whole number of milliseconds';
      const ms = Number(value);
      const { min, max } = entry;
      if (min !== null && ms < min) return `it must be at least ${min} ms`;
      return max !== null && ms > max ? `it must be at most ${max} ms` : null;
    }
  }
}
