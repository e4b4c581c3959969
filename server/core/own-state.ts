import type { ServerState } from '../contract/heartbeat.ts';

/**
 * The state that a server decides about itself. What it depends on: a store server on contact with a
 * main, a main on its own health. Either is called *contact* here.
 *
 * | state | entered when | what it does | left when |
 * |---|---|---|---|
 * | offline | at the start; contact was missing for the whole of `toOfflineWaitMs`; a transition to online failed; a manager forced it | sells and stores as ever; forced: forwards nothing | contact has held for {@link STEADY_MS}, the cool-down and the pause are over: transitioning to online; forced: only by a manager |
 * | transitioning to online | contact came back; a manager forced it | looks at contact every half second | contact has held for {@link STEADY_MS}: online; not within {@link TO_ONLINE_LIMIT_MS}: offline, paused for `failedWaitMs` |
 * | online | contact has held while transitioning | everything | contact was missing for {@link STEADY_MS} and the cool-down is over: transitioning to offline; a manager forces it: offline |
 * | transitioning to offline | contact was lost | goes on as online, and looks again | contact has held for {@link STEADY_MS}: online; `toOfflineWaitMs` have passed: offline; a manager forces it |
 *
 * Two transitions that it begins on its own never begin within {@link COOL_DOWN_MS} of each other.
 * The word of a main ends a pause: it has called this server, or answered that it is online.
 * Times are ms of a clock that never goes back.
 */
export interface OwnState {
  state: ServerState;
  /** When it entered this state. */
  sinceMs: number;
  /** Why it entered it, in words. */
  reason: string;
  /** Whether contact was there when it looked last, and since when without a break. */
  contact: { there: boolean; sinceMs: number };
  /** When it last began a transition on its own; null before the first. */
  begunMs: number | null;
  /** Until when no transition to online is begun, after one that failed; null where none failed. */
  pausedUntilMs: number | null;
  /** A manager's wish holds it offline. */
  forced: boolean;
}

/** What a server sees when it looks. */
export interface Contact {
  there: boolean;
  /** Whether a main itself says that it is online. */
  word: boolean;
  /** What was seen, in words. */
  reason: string;
}

/** What the estate may set, ms. */
export interface OwnStateTimings {
  /** How long it waits for contact to come back before it is offline. */
  toOfflineWaitMs: number;
  /** The pause after a transition to online that failed. */
  failedWaitMs: number;
}

/** Contact, or its lack, counts when it has held this long: three looks, half a second apart. */
export const STEADY_MS = 1_500;
/** A transition to online in which contact does not hold is given up after this. */
export const TO_ONLINE_LIMIT_MS = 100_000;
/** Between the beginnings of two transitions. */
export const COOL_DOWN_MS = 60_000;

/** Between two looks, ms: while something is changing, and while nothing is. */
const LOOK_MS = { changing: 500, settled: 5_000 } as const;

/** Before anything was seen. */
export function startedState(nowMs: number): OwnState {
  return {
    state: 'offline',
    sinceMs: nowMs,
    reason: 'it has just started',
    contact: { there: false, sinceMs: nowMs },
    begunMs: null,
    pausedUntilMs: null,
    forced: false,
  };
}

/** The state after a look: with {@link forceState} the only way in which it changes. */
export function lookAround(
  before: OwnState,
  seen: Contact,
  nowMs: number,
  timings: OwnStateTimings,
): OwnState {
  const contact =
    seen.there === before.contact.there ? before.contact : { there: seen.there, sinceMs: nowMs };
  const state: OwnState = {
    ...before,
    contact,
    pausedUntilMs: seen.there && seen.word ? null : before.pausedUntilMs,
  };
  if (state.forced) return state;
  const steady = nowMs - contact.sinceMs >= STEADY_MS;
  switch (state.state) {
    case 'offline':
      return contact.there && mayBegin(state, nowMs) && (steady || state.begunMs === null)
        ? begin(state, 'transitioning to online', seen.reason, nowMs)
        : state;
    case 'transitioning to online':
      if (contact.there && steady) return enter(state, 'online', seen.reason, nowMs);
      if (nowMs - state.sinceMs < TO_ONLINE_LIMIT_MS) return state;
      return {
        ...enter(state, 'offline', `contact did not hold: ${seen.reason}`, nowMs),
        pausedUntilMs: nowMs + timings.failedWaitMs,
      };
    case 'online':
      return !contact.there && steady && mayBegin(state, nowMs)
        ? begin(state, 'transitioning to offline', seen.reason, nowMs)
        : state;
    case 'transitioning to offline':
      if (contact.there) return steady ? enter(state, 'online', seen.reason, nowMs) : state;
      return nowMs - state.sinceMs >= timings.toOfflineWaitMs
        ? enter(state, 'offline', seen.reason, nowMs)
        : state;
  }
}

/**
 * The state after a manager's wish. Offline holds until somebody wishes it online again; online ends a
 * pause and the cool-down, and then contact decides.
 */
export function forceState(
  before: OwnState,
  wish: { to: 'online' | 'offline'; reason: string },
  nowMs: number,
): OwnState {
  if (wish.to === 'offline') {
    return { ...enter(before, 'offline', wish.reason, nowMs), forced: true };
  }
  const free = { ...before, forced: false, pausedUntilMs: null };
  if (before.state === 'online' || before.state === 'transitioning to online') return free;
  return enter(free, 'transitioning to online', wish.reason, nowMs);
}

/** How long to rest before the next look, ms. */
export function restBeforeLook({ state, contact }: OwnState): number {
  const settled = (state === 'online' && contact.there) || (state === 'offline' && !contact.there);
  return settled ? LOOK_MS.settled : LOOK_MS.changing;
}

/** The four states as the field abbreviates them. */
export const STATE_SIGNALS: Readonly<Record<ServerState, string>> = {
  online: 'ON',
  offline: 'OFF',
  'transitioning to online': 'TON',
  'transitioning to offline': 'TOFF',
};

/** The state behind an abbreviation of the field; no word means online, an unknown one nothing. */
export function stateOfSignal(signal: unknown): ServerState | undefined {
  if (signal === undefined || signal === null || signal === '') return 'online';
  const known = Object.entries(STATE_SIGNALS).find(([, short]) => short === signal);
  return known?.[0] as ServerState | undefined;
}

function mayBegin({ begunMs, pausedUntilMs }: OwnState, nowMs: number): boolean {
  const cool = begunMs === null || nowMs - begunMs >= COOL_DOWN_MS;
  return cool && (pausedUntilMs === null || nowMs >= pausedUntilMs);
}

function begin(before: OwnState, state: ServerState, reason: string, nowMs: number): OwnState {
  return { ...enter(before, state, reason, nowMs), begunMs: nowMs };
}

function enter(before: OwnState, state: ServerState, reason: string, nowMs: number): OwnState {
  return { ...before, state, sinceMs: nowMs, reason };
}
