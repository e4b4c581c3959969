const FIRST_CEILING_MS = 2_000;
const LARGEST_CEILING_MS = 60_000;

/**
 * The wait before the server is tried again after `failures` failures in a row (1 or more), ms: it
 * doubles up to a minute. Half of it is certain, so that a service manager that restarts its own
 * server gets there first; the other half is left to `chance`, in [0, 1).
 */
export function restartDelayMs(failures: number, chance: number): number {
  const ceilingMs = Math.min(LARGEST_CEILING_MS, FIRST_CEILING_MS * 2 ** Math.max(0, failures - 1));
  return Math.floor((ceilingMs / 2) * (1 + chance));
}
