/** How long to wait between attempts: the first ceiling and the largest one, ms. */
export interface BackoffBounds {
  firstMs: number;
  capMs: number;
}

/** Between two attempts to deliver a lane's head. */
export const LANE_BACKOFF: BackoffBounds = { firstMs: 500, capMs: 30_000 };

/** Between two looks at a main that has just gone, and at one that has been gone for a while. */
export const PROBE_BACKOFF: BackoffBounds = { firstMs: 500, capMs: 5_000 };
export const LATE_PROBE_BACKOFF: BackoffBounds = { firstMs: 500, capMs: 15_000 };

/** Longest wait that another server may ask for with `Retry-After`, ms. */
export const RETRY_AFTER_CAP_MS = 5 * 60_000;

/**
 * The wait before attempt `attempt + 1`, when `attempt` attempts in a row have failed (1 or more), ms.
 * Exponential with full jitter: anything between nothing and the ceiling, so that many stores that
 * lost the same main do not come back in step. `chance` is in [0, 1).
 */
export function backoffMs(attempt: number, chance: number, bounds = LANE_BACKOFF): number {
  const doublings = Math.max(0, attempt - 1);
  const ceiling = Math.min(bounds.capMs, bounds.firstMs * 2 ** doublings);
  return Math.floor(ceiling * chance);
}

/**
 * What a `Retry-After` header asks for, ms from now and at most {@link RETRY_AFTER_CAP_MS}; null where
 * it is missing or is neither whole seconds nor a date.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const isDate = /^[A-Z][a-z]{2}, /.test(text);
  const waitMs = isDate ? Date.parse(text) - nowMs : /^\d+$/.test(text) ? Number(text) * 1000 : NaN;
  if (Number.isNaN(waitMs)) return null;
  return Math.min(Math.max(waitMs, 0), RETRY_AFTER_CAP_MS);
}
