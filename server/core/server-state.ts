import type { ServerState } from '../contract/heartbeat.ts';

/**
 * A main server as this server sees it.
 *
 * | state | entered when | left when |
 * |---|---|---|
 * | offline | at the start; it cannot be reached; {@link FAILURES_TO_OFFLINE} failures in a row | it answers a probe, or a heartbeat |
 * | transitioning to online | a Backroom main answered a probe | its first good heartbeat: online; any failure: offline |
 * | online | a good heartbeat; a main without heartbeats answered a probe | a failure |
 * | transitioning to offline | a call failed although a connection could be made | contact: online; further failures: offline |
 *
 * Messages are sent only while it is online.
 */
export type MainState = {
  /** When it entered this state, epoch ms. */
  sinceMs: number;
  /** When it last answered, epoch ms; null before the first time. */
  lastContactMs: number | null;
  /** Whether it speaks our extensions; null before it has answered a probe. */
  backroom: boolean | null;
  /** The newest failure in words; null while nothing is wrong. */
  lastError: string | null;
} & (
  | { state: 'online' }
  /** `probes` that failed before, so that a main which answers probes and nothing else is not hurried. */
  | { state: 'transitioning to online'; probes: number }
  /** `failures` in a row, so far. */
  | { state: 'transitioning to offline'; failures: number }
  /** `probes` that failed since it is offline. */
  | { state: 'offline'; probes: number }
);

/** What was seen of the main. */
export type Observation =
  /** It answered checkServerAvailability. */
  | { kind: 'answered'; backroom: boolean }
  /** A good heartbeat, or the answer to a message. */
  | { kind: 'contact' }
  /** `reached` is false when no connection could be made at all. */
  | { kind: 'failed'; reached: boolean; error: string };

/** Failures in a row that make an online main offline, when a connection could be made each time. */
export const FAILURES_TO_OFFLINE = 3;

/** Before anything was seen. */
export function unseen(nowMs: number): MainState {
  return {
    state: 'offline',
    probes: 0,
    sinceMs: nowMs,
    lastContactMs: null,
    backroom: null,
    lastError: null,
  };
}

/** The state after an observation: the only way in which a main's state changes. */
export function observe(before: MainState, seen: Observation, nowMs: number): MainState {
  switch (seen.kind) {
    case 'answered': {
      const { backroom } = seen;
      const answered = { lastContactMs: nowMs, backroom };
      if (!backroom || before.state === 'online') {
        return { ...kept(before, 'online', nowMs), ...answered, lastError: null, state: 'online' };
      }
      const state = 'transitioning to online';
      return { ...kept(before, state, nowMs), ...answered, state, probes: probesOf(before) };
    }
    case 'contact': {
      const state = 'online';
      return { ...kept(before, state, nowMs), state, lastContactMs: nowMs, lastError: null };
    }
    case 'failed':
      return { ...afterFailure(before, seen.reached, nowMs), lastError: seen.error };
  }
}

function afterFailure(before: MainState, reached: boolean, nowMs: number): MainState {
  const failures = failuresWith(before);
  if (reached && failures < FAILURES_TO_OFFLINE) {
    const state = 'transitioning to offline';
    return { ...kept(before, state, nowMs), state, failures };
  }
  const state = 'offline';
  return { ...kept(before, state, nowMs), state, probes: probesOf(before) + 1 };
}

/** Failures in a row with the one that was just seen; a main that was not online is past counting. */
function failuresWith(before: MainState): number {
  if (before.state === 'online') return 1;
  if (before.state === 'transitioning to offline') return before.failures + 1;
  return FAILURES_TO_OFFLINE;
}

function probesOf(before: MainState): number {
  return 'probes' in before ? before.probes : 0;
}

/** What every state has; `sinceMs` moves only where the word changes. */
function kept(before: MainState, state: ServerState, nowMs: number) {
  const { lastContactMs, backroom, lastError } = before;
  const sinceMs = before.state === state ? before.sinceMs : nowMs;
  return { sinceMs, lastContactMs, backroom, lastError };
}
