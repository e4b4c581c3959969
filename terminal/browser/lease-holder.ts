import type { Timers } from '../platform.ts';
import { beat, freeEpoch, isSame, takeEpoch, takeSeenEpoch } from './epoch.ts';
import type { Hold, Holder } from './hold.ts';
import type { LeadRow, TillDatabase } from './schema.ts';

/** Between two signs of life of a leader, and between two looks of whoever waits. */
export const BEAT_MS = 1_000;
/**
 * Looks without a sign of life before a window takes the lead. They are counted, not timed: after a
 * sleep of the computer both windows wake, and the leader has its chance to show that it lives.
 */
export const PATIENT_LOOKS = 4;

/**
 * Leads by a lease in the store, for pages over plain http, which have no Web Locks. A leader that a
 * browser slows down in the background may lose it to a window in front; the queue's fence keeps it from
 * writing then, so a wrong guess here costs a click and never a sale.
 */
export function leaseHolder(database: TillDatabase, timers: Timers): Holder {
  const hold = (epoch: number): Hold => {
    const ended = new AbortController();
    const lost = keepBeating(database, timers, epoch, ended.signal);
    return {
      epoch,
      lost,
      async release() {
        ended.abort();
        await freeEpoch(database, epoch).catch(() => undefined);
      },
    };
  };
  return {
    async wait(signal, onWaiting) {
      let seen: LeadRow | null = null;
      let looks = 0;
      for (let isFirst = true; ; isFirst = false) {
        signal.throwIfAborted();
        const now = (await database.get('lead', 'lead')) ?? null;
        looks = isSame(seen, now) ? looks + 1 : 0;
        seen = now;
        if (now === null || now.isFree || looks >= PATIENT_LOOKS) {
          const epoch = await takeSeenEpoch(database, now);
          if (epoch !== null) return hold(epoch);
        }
        if (isFirst) onWaiting();
        await timers.pause(BEAT_MS, signal);
      }
    },
    async seize() {
      return hold(await takeEpoch(database));
    },
  };
}

/** Resolves when the lead is lost; never, when it was given back. */
async function keepBeating(
  database: TillDatabase,
  timers: Timers,
  epoch: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await timers.pause(BEAT_MS, signal);
    if (signal.aborted) return new Promise(() => undefined);
    // A store that cannot be written for once tells nothing about the lead.
    if (!(await beat(database, epoch).catch(() => true))) return;
  }
}
