import type { Json } from '../../contract/json.ts';
import type { Refusal } from './refusal.ts';
import { quoted, refuse } from './refusal.ts';

/**
 * How far an increment looks back behind the time that the client names. Clients send their own clock
 * at the start of the last load, which may be ahead of the server's; rows sent twice replace themselves.
 */
export const CLOCK_SKEW_OVERLAP_MS = 10 * 60_000;

/** The largest time that a date can hold, epoch ms. */
const LATEST_MS = 8.64e15;

/**
 * Reads `lastUpdated`: null for a full load, else the time after which changes are wanted, epoch ms.
 * A client whose clock is ahead gets at least the changes of the overlap.
 */
export function readLastUpdated(value: Json | undefined, nowMs: number): number | null | Refusal {
  if (value === undefined || value === null) return null;
  if (value === '' || value === 'null' || value === 'undefined') return null;
  const ms = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof ms !== 'number' || !Number.isInteger(ms) || ms < 0 || ms > LATEST_MS) {
    return refuse(
      `"lastUpdated" is ${quoted(value)}; it must be a time in milliseconds since 1970 for an increment, or null for a full load.`,
    );
  }
  return Math.max(0, Math.min(ms, nowMs) - CLOCK_SKEW_OVERLAP_MS);
}
