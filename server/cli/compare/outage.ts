import type { MainBooks, TillRecord } from './compare.ts';

/** What happened while the line to the main was cut. */
export interface OutageFigures {
  outageMs: number;
  /** Sales for which the store server gave its receipt meanwhile. */
  acceptedDuringOutage: number;
  /** Messages that the main took meanwhile: none, or the line was not cut. */
  confirmedDuringOutage: number;
  /** How long after the restoration the main had everything that was accepted before it. */
  drainMs: number;
}

/** From the moment when nothing could arrive any more to the moment of the restoration, epoch ms. */
export interface Outage {
  cutAtMs: number;
  restoredAtMs: number;
}

/** Measures an outage in both sides' books. All clocks are one machine's. */
export function measureOutage(
  { cutAtMs, restoredAtMs }: Outage,
  tills: readonly TillRecord[],
  { messages }: MainBooks,
): OutageFigures {
  const within = (atMs: number | null): boolean =>
    atMs !== null && atMs >= cutAtMs && atMs < restoredAtMs;
  const backlogTakenAtMs = tills
    .filter((record) => record.acceptedAtMs !== null && record.acceptedAtMs < restoredAtMs)
    .map((record) => messages.get(record.messageId)?.takenAtMs ?? restoredAtMs);
  return {
    outageMs: Math.round(restoredAtMs - cutAtMs),
    acceptedDuringOutage: tills.filter(
      (record) => record.kind === 'sale' && within(record.acceptedAtMs),
    ).length,
    confirmedDuringOutage: [...messages.values()].filter(({ takenAtMs }) => within(takenAtMs))
      .length,
    drainMs:
      backlogTakenAtMs.reduce((latest, atMs) => Math.max(latest, atMs), restoredAtMs) -
      restoredAtMs,
  };
}
