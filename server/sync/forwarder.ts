import type { MobileServer } from '../contract/definitions.ts';
import { LIMITS } from '../contract/limits.ts';
import { LANE_BACKOFF, backoffMs } from '../core/backoff.ts';
import { refusalOf, verdictsOf } from '../core/outcome.ts';
import type { SentReply, Verdict } from '../core/outcome.ts';
import type { ClaimedDelivery, Settlement, Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { Upstream } from '../upstream/ports.ts';
import { Loop } from './loop.ts';
import { parcelsOf } from './parcels.ts';
import type { Presence } from './presence.ts';

/** Longest rest, ms: whatever a wake-up or a changed clock made it miss, it finds by then. */
const LONGEST_REST_MS = 30_000;

/** Rest, ms, while everything that is due is held back by an entry that it depends on. */
const HELD_BACK_REST_MS = 1_000;

/** Written where a delivery's bytes have changed on the disk. */
export const DAMAGED =
  'The stored bytes of this message no longer have the digest of its receipt: the disk has damaged them. It was not sent. Let the till offer it again, or restore a backup.';

/** What the forwarder to one main must know of the others. */
export interface Routing {
  /** A manager holds this server offline: nothing is sent. */
  held: boolean;
  /** The groups that the main is a member of, and whether it begins what nobody has tried. */
  groups: readonly { destination: string; leads: boolean }[];
  /** Keys of the mains that have been declared offline. */
  offline: readonly string[];
}

export interface ForwarderOptions {
  server: MobileServer;
  upstream: Pick<Upstream, 'sendBatch' | 'sendOne'>;
  presence: Pick<Presence, 'online' | 'backroom' | 'sawFault' | 'sawContact'>;
  storage: Pick<Storage, 'claim' | 'settle' | 'nextDueMs'>;
  routing: () => Routing;
  system: System;
}

/**
 * Brings deliveries to one main: claims what is due, sends it, writes how it ended. One call is under
 * way at a time, and nothing is claimed while the main is not online. Of a group it brings what falls to
 * its main (storage decides, see ClaimQuery).
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #loop: Loop;
  #takenForGroups = 0;

  constructor(options: ForwarderOptions) {
    this.#options = options;
    this.#loop = new Loop(options.system, `forwarder to ${options.server.key}`, () => this.#turn());
  }

  start(): void {
    this.#loop.start();
  }

  /** How many deliveries of groups it has claimed so far. */
  get takenForGroups(): number {
    return this.#takenForGroups;
  }

  /** Something may be due: a message was accepted, a lane was retried, the main came online. */
  wake(): void {
    this.#loop.wake();
  }

  /** Claims nothing more. Resolves when what is claimed is settled; closing the upstream hastens it. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<number> {
    const { server, storage, system } = this.#options;
    if (!this.#maySend()) return LONGEST_REST_MS;
    const { groups, offline } = this.#options.routing();
    let dueMs = Infinity;
    for (const { destination, leads } of [{ destination: server.key, leads: null }, ...groups]) {
      const claimed = await storage.claim({
        destination,
        ...(leads !== null && { group: { member: server.key, leads, offline } }),
        nowMs: system.clock.nowMs(),
        limit: LIMITS.messagesPerBatch,
        byteLimit: LIMITS.batchBytes,
      });
      if (claimed.length > 0) {
        if (leads !== null) this.#takenForGroups += claimed.length;
        await this.#deliverOrReturn(claimed);
        return 0;
      }
      const nextMs = await storage.nextDueMs(destination);
      dueMs = Math.min(nextMs ?? Infinity, dueMs);
    }
    const restMs = dueMs - system.clock.nowMs();
    return restMs > 0 ? Math.min(restMs, LONGEST_REST_MS) : HELD_BACK_REST_MS;
  }

  #maySend(): boolean {
    const { presence, routing } = this.#options;
    return presence.online && !routing().held;
  }

  /** What a bug leaves unsettled would stay claimed until the next start, so it goes back in line. */
  async #deliverOrReturn(claimed: readonly ClaimedDelivery[]): Promise<void> {
    try {
      await this.#deliver(claimed);
    } catch (error) {
      await this.#settle(
        claimed.map((delivery) => settlement(delivery, { result: 'interrupted' })),
      );
      throw error;
    }
  }

  async #deliver(claimed: readonly ClaimedDelivery[]): Promise<void> {
    const { parcels, heldBack, damaged } = parcelsOf(claimed, this.#options.presence.backroom);
    await this.#settle([
      ...heldBack.map((delivery) => settlement(delivery, { result: 'interrupted' })),
      ...damaged.map((delivery) => settlement(delivery, { result: 'rejected', error: DAMAGED })),
    ]);
    const stuckLanes = new Set<string>();
    const pending = [...parcels];
    for (let parcel = pending.shift(); parcel !== undefined; parcel = pending.shift()) {
      const goesOn = this.#maySend() && !this.#loop.stopped;
      const sendable = goesOn ? parcel.filter(({ terminal }) => !stuckLanes.has(terminal)) : [];
      const back = parcel.filter((delivery) => !sendable.includes(delivery));
      await this.#settle(back.map((delivery) => settlement(delivery, { result: 'interrupted' })));
      if (sendable.length === 0) continue;
      const answered = await this.#send(sendable);
      if (sendable.length > 1 && refusalOf(answered) !== null) {
        // Which of them is refused shows only when each goes alone.
        pending.unshift(...sendable.map((delivery) => [delivery]));
        continue;
      }
      await this.#settleVerdicts(sendable, verdictsOf(sendable, answered), stuckLanes);
    }
  }

  async #send(deliveries: readonly ClaimedDelivery[]): Promise<SentReply> {
    const { presence, server, upstream } = this.#options;
    const messages = deliveries.map(({ service, messageId, digest, terminal, body }) => {
      return { service, messageId, digest, terminal, body };
    });
    const [first] = messages;
    const answered: SentReply =
      presence.backroom || first === undefined
        ? { form: 'batch', serverKey: server.key, reply: await upstream.sendBatch(messages) }
        : { form: 'single', serverKey: server.key, reply: await upstream.sendOne(first) };
    const { reply } = answered;
    // A strange answer is the message's or a proxy's affair: the heartbeat decides about the main.
    if (reply.kind === 'failure') presence.sawFault(reply);
    else if (reply.kind === 'answer') presence.sawContact();
    return answered;
  }

  /** A lane fails once a call, with its first message; those behind it go back as they were. */
  async #settleVerdicts(
    deliveries: readonly ClaimedDelivery[],
    verdicts: readonly Verdict[],
    stuckLanes: Set<string>,
  ): Promise<void> {
    const settlements = deliveries.map((delivery, at): Settlement => {
      const verdict = verdicts[at] ?? { result: 'interrupted' };
      if (verdict.result !== 'retry') return settlement(delivery, verdict);
      const { deliveryNo, claim, terminal, laneAttempts } = delivery;
      if (stuckLanes.has(terminal)) return settlement(delivery, { result: 'interrupted' });
      stuckLanes.add(terminal);
      const { clock, chance } = this.#options.system;
      const waitMs = backoffMs(laneAttempts + 1, chance.next(), LANE_BACKOFF);
      const nextAttemptMs = clock.nowMs() + Math.max(waitMs, verdict.afterMs ?? 0);
      return { deliveryNo, claim, result: 'retry', nextAttemptMs, error: verdict.error };
    });
    await this.#settle(settlements);
  }

  /** What was sent must be written down, or the claim would hold until the next start. */
  async #settle(settlements: readonly Settlement[]): Promise<void> {
    if (settlements.length === 0) return;
    await this.#loop.insist(() => this.#options.storage.settle(settlements));
  }
}

function settlement(
  { deliveryNo, claim }: ClaimedDelivery,
  verdict: Exclude<Verdict, { result: 'retry' }>,
): Settlement {
  return { deliveryNo, claim, ...verdict };
}
