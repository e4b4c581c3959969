import type { FailOver } from '../../../terminal/sightings.ts';

/** What a fail-over may take beyond the timeout of the service that was called. */
export const ALLOWANCE_MS = 1_000;

/** The fail-over that came closest to its limit, or is furthest beyond it; undefined where there is none. */
export function tightest(failOvers: readonly FailOver[]): FailOver | undefined {
  const slackMs = ({ timeoutMs, tookMs }: FailOver): number => timeoutMs - tookMs;
  return failOvers.toSorted((a, b) => slackMs(a) - slackMs(b))[0];
}
