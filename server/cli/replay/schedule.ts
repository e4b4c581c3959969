import type { ReplayTicket } from './tickets.ts';

/** How much faster than in the file tickets are sold; `max`: as fast as it goes. */
export type Speed = number | 'max';

/** A file without times is taken as one ticket a minute. */
const DISTANCE_WITHOUT_TIMES_MS = 60_000;

/**
 * When each ticket is sold, ms after the first: the distances of the file divided by the speed. A
 * ticket that the file dates before the one above it is sold together with that one.
 */
export function scheduleOf(tickets: readonly ReplayTicket[], speed: Speed): number[] {
  if (speed === 'max') return tickets.map(() => 0);
  const firstMs = tickets[0]?.atMs ?? 0;
  let latestMs = 0;
  return tickets.map((ticket, index) => {
    const afterMs =
      ticket.atMs === null ? index * DISTANCE_WITHOUT_TIMES_MS : ticket.atMs - firstMs;
    latestMs = Math.max(latestMs, afterMs);
    return latestMs / speed;
  });
}
