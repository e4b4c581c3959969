import type { Definitions } from '../contract/definitions.ts';
import type { OwnStateTimings } from './own-state.ts';
import { preference } from './preferences.ts';

const TO_OFFLINE_WAIT = {
  key: 'OBMOBC_TransitionToOfflineWait',
  defaultMs: 5 * 60_000,
  capMs: 10 * 60_000,
};
const FAILED_WAIT = {
  key: 'OBMOBC_FailedTransitionToOnlineWaitTime',
  defaultMs: 60 * 60_000,
  capMs: 24 * 60 * 60_000,
};
/** Whether tills wait while a server changes its state; off: selling is never interrupted. */
const BLOCK_IN_TRANSITION = 'Backroom_BlockInTransition';

/** The waits of a server's own state as the estate sets them at system level, ms. */
export function stateTimings(definitions: Definitions): OwnStateTimings {
  const waitMs = ({ key, defaultMs, capMs }: typeof FAILED_WAIT): number => {
    const value = Number(preference(definitions, key, null));
    return Number.isInteger(value) && value > 0 ? Math.min(value, capMs) : defaultMs;
  };
  return { toOfflineWaitMs: waitMs(TO_OFFLINE_WAIT), failedWaitMs: waitMs(FAILED_WAIT) };
}

/** Whether queries of an organization's tills are told to wait while a server changes its state. */
export function blocksInTransition(definitions: Definitions, organization: string): boolean {
  return preference(definitions, BLOCK_IN_TRANSITION, organization) === 'Y';
}
