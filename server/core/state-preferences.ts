import type { Definitions } from '../contract/definitions.ts';
import { PREFERENCES } from './definitions/preference-catalogue.ts';
import type { OwnStateTimings } from './own-state.ts';
import { durationPreferenceMs, preference } from './preferences.ts';

/** The waits of a server's own state, as the estate sets them for the system. */
export function stateTimings(definitions: Definitions): OwnStateTimings {
  return {
    toOfflineWaitMs: durationPreferenceMs(definitions, 'offlineWait', null),
    failedWaitMs: durationPreferenceMs(definitions, 'failedOnlineWait', null),
  };
}

/** Whether queries of an organization's tills are told to wait while a server changes its state. */
export function blocksInTransition(definitions: Definitions, organization: string): boolean {
  return preference(definitions, PREFERENCES.blockInTransition, organization) === 'Y';
}
