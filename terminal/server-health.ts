/**
 * How a server stands with the till.
 *
 * - `online`: it is tried in its place by priority.
 * - `doubted`: it failed once in a way that may have been that one request's affair. The others go
 *   first until a ping, which follows at once, says what it was.
 * - `offline`: it is not there. It is pinged, and used only when nothing else answers.
 * - `returning`: it answers again, but has not done so steadily. It is used before those that are
 *   offline, and after those that are online.
 */
export type Standing = 'online' | 'doubted' | 'offline' | 'returning';

/** A server as the till sees it. */
export interface ServerHealth {
  standing: Standing;
  /** Whether it is preferred: tried in its place by priority. */
  online: boolean;
  /** The newest failure in words; null while nothing is wrong. */
  lastError: string | null;
  /** How often it lost its place, each time within {@link QUIET_MS} of its return. */
  stumbles: number;
  /** When it failed while it was well or returning, epoch ms. */
  fellAtMs: number;
  /** The first good answer since the newest failure, epoch ms; null where there is none. */
  steadySinceMs: number | null;
  /** When it was preferred again, epoch ms; null where it never lost its place. */
  returnedAtMs: number | null;
}

/**
 * What was seen of a server. `gone`: nobody was there (a refused or broken connection, a name that
 * leads nowhere). `unwell`: somebody was there and could not do it (no answer in time, HTTP 5xx, a page
 * instead of JSON).
 */
export type Seen = { kind: 'answered' } | { kind: 'gone' | 'unwell'; error: string };

/** Good answers must span so long before a server that fell is preferred again. */
export const STEADY_MS = 2_000;
/** Each further stumble doubles it, up to this. */
export const LONGEST_STEADY_MS = 60_000;
/** A server that kept its place for so long has a clean record again. */
export const QUIET_MS = 5 * 60_000;
/** Before the first ping after a failure; each further one waits as long as the server is gone. */
export const FIRST_PING_MS = 1_000;

/** Before anything was seen, a server is worth a try. */
export const UNSEEN: ServerHealth = {
  standing: 'online',
  online: true,
  lastError: null,
  stumbles: 0,
  fellAtMs: 0,
  steadySinceMs: null,
  returnedAtMs: null,
};

/**
 * The health after something was seen: the only way in which it changes. One `gone` takes a server
 * offline, as do two failures of any kind in a row.
 */
export function observe(before: ServerHealth, seen: Seen, nowMs: number): ServerHealth {
  return seen.kind === 'answered'
    ? afterAnswer(before, nowMs)
    : afterFailure(before, seen.kind, seen.error, nowMs);
}

/** For how long a server that is not online must answer before it is preferred again, ms. */
export function steadyMs({ standing, stumbles }: ServerHealth): number {
  // A single hiccup costs nothing: the first good answer clears it.
  if (standing === 'doubted' && stumbles <= 1) return 0;
  return Math.min(LONGEST_STEADY_MS, STEADY_MS * 2 ** Math.max(0, stumbles - 1));
}

/**
 * How long to wait before the next ping, ms; undefined for a server that is online. Between a half and
 * the whole of: for a server that is gone the time since it fell, from {@link FIRST_PING_MS} up to the
 * interval; for one that returns a quarter of the time for which it must answer. `chance` is in [0, 1).
 */
export function pingDelayMs(
  health: ServerHealth,
  at: { nowMs: number; intervalMs: number; chance: number },
): number | undefined {
  if (health.online) return undefined;
  const wantedMs = {
    doubted: FIRST_PING_MS,
    offline: at.nowMs - health.fellAtMs,
    returning: steadyMs(health) / 4,
  }[health.standing as 'doubted' | 'offline' | 'returning'];
  const ceilingMs = Math.max(FIRST_PING_MS, Math.min(at.intervalMs, wantedMs));
  return (ceilingMs / 2) * (1 + at.chance);
}

function afterAnswer(before: ServerHealth, nowMs: number): ServerHealth {
  if (before.online) return before.lastError === null ? before : { ...before, lastError: null };
  // A clock that was set back begins the time anew.
  const sinceMs = Math.min(before.steadySinceMs ?? nowMs, nowMs);
  if (nowMs - sinceMs < steadyMs(before)) {
    return { ...before, standing: 'returning', steadySinceMs: sinceMs };
  }
  return {
    ...before,
    ...{ standing: 'online', online: true, lastError: null },
    ...{ steadySinceMs: null, returnedAtMs: nowMs },
  };
}

function afterFailure(
  before: ServerHealth,
  kind: 'gone' | 'unwell',
  error: string,
  nowMs: number,
): ServerHealth {
  const failed = { ...before, online: false, lastError: error, steadySinceMs: null };
  if (!before.online) {
    const fellAtMs = before.standing === 'returning' ? nowMs : before.fellAtMs;
    return { ...failed, standing: 'offline', fellAtMs };
  }
  const { returnedAtMs, stumbles } = before;
  const isSoon = returnedAtMs !== null && nowMs - returnedAtMs < QUIET_MS;
  return {
    ...failed,
    standing: kind === 'gone' ? 'offline' : 'doubted',
    stumbles: isSoon ? stumbles + 1 : 1,
    fellAtMs: nowMs,
  };
}
