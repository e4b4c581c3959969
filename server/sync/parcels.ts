import { digestOf } from '../core/digest.ts';
import type { ClaimedDelivery } from '../storage/port.ts';

/** Failed attempts in a row after which the head of a lane travels alone. */
export const SUSPECT_ATTEMPTS = 3;

/** How claimed deliveries are sent. */
export interface Parcels {
  /** Each is one call, in this order. */
  parcels: ClaimedDelivery[][];
  /** Not sent now: they go back in line as they were. */
  heldBack: ClaimedDelivery[];
  /** Their stored bytes no longer have the digest that was given a receipt for. */
  damaged: ClaimedDelivery[];
}

/**
 * Puts claimed deliveries into calls, keeping each lane's order. A main that takes batches gets one,
 * except that a lane which keeps failing is tried with its head alone: a message that brings the main
 * down then holds back its own lane and no other. Other mains get one message a call.
 */
export function parcelsOf(claimed: readonly ClaimedDelivery[], takesBatches: boolean): Parcels {
  const damaged = claimed.filter(({ body, digest }) => digestOf(body) !== digest);
  const sound = claimed.filter((delivery) => !damaged.includes(delivery));
  if (!takesBatches) {
    return { parcels: sound.map((delivery) => [delivery]), heldBack: [], damaged };
  }
  const suspect = sound.filter((delivery) => delivery.laneAttempts >= SUSPECT_ATTEMPTS);
  const healthy = sound.filter((delivery) => delivery.laneAttempts < SUSPECT_ATTEMPTS);
  const heads = suspect.filter(
    ({ terminal }, at) => suspect.findIndex((other) => other.terminal === terminal) === at,
  );
  return {
    parcels: [...(healthy.length > 0 ? [healthy] : []), ...heads.map((head) => [head])],
    heldBack: suspect.filter((delivery) => !heads.includes(delivery)),
    damaged,
  };
}
