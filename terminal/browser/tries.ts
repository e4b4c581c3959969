/** Wrong tries before each further one has to wait. */
export const FREE_TRIES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 3_600_000;

/** How often somebody was wrong, and for how long no further try is taken. */
export interface Tries {
  wrongTries: number;
  lockedSinceMs: number;
  lockedForMs: number;
}

export const NO_TRIES: Tries = { wrongTries: 0, lockedSinceMs: 0, lockedForMs: 0 };

/**
 * When the next try is allowed, epoch ms; null: now. A clock that stands before the beginning of the lock
 * was set back: the lock begins once more at the time that it shows, so setting it back wins nothing, and
 * setting it right again does not lock for longer than the lock is.
 */
export function lockOf(tries: Tries, nowMs: number): { untilMs: number; tries: Tries } | null {
  const { lockedSinceMs, lockedForMs } = tries;
  if (lockedForMs === 0) return null;
  const sinceMs = Math.min(lockedSinceMs, nowMs);
  const untilMs = sinceMs + lockedForMs;
  if (nowMs >= untilMs) return null;
  return { untilMs, tries: { ...tries, lockedSinceMs: sinceMs } };
}

/** The tries with one more that is wrong: from the fifth on, each locks twice as long as the one before. */
export function oneMoreWrong({ wrongTries }: Tries, nowMs: number): Tries {
  const count = wrongTries + 1;
  const over = count - FREE_TRIES;
  const lockedForMs = over < 0 ? 0 : Math.min(FIRST_LOCK_MS * 2 ** over, LONGEST_LOCK_MS);
  return { wrongTries: count, lockedSinceMs: nowMs, lockedForMs };
}
