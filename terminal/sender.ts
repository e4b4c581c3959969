import { receiptSchema } from '../server/contract/message.ts';
import type { JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { backoffMs } from '../server/core/backoff.ts';
import type { Reply } from '../server/core/reply.ts';
import { explainFault } from '../server/core/reply.ts';
import { Outstanding } from './outstanding.ts';
import type { Platform } from './platform.ts';
import type { MessageQueue } from './queue.ts';
import type { QueuedMessage } from './queue-state.ts';
import type { RequestRouter, Routed } from './request-router.ts';
import { isServersFault } from './request-router.ts';
import type { RouterServer, TransactionLane } from './routing.ts';
import type { Attempt } from './sightings.ts';

/** A message that a server did not know (any more) is offered again at most so often: 20 a second. */
const REOFFER_PAUSE_MS = 50;

/** Between attempts for the head of a lane while no server takes it. */
const SEND_BACKOFF = { firstMs: 500, capMs: 5_000 };

/** How long a sender sleeps when nothing wakes it. */
const IDLE_MS = 60_000;

/** Acceptances on their way to the disk at most. */
const MOST_OUTSTANDING = 256;

interface SenderParts {
  platform: Platform;
  router: Pick<RequestRouter, 'inOrder' | 'offer' | 'routeOf' | 'sightings'>;
  queue: MessageQueue;
  /** Notes the acceptance elsewhere; the queue writes it down only after that, so it cannot be missed. */
  onAccepted: (message: QueuedMessage) => Promise<void>;
  /** The till's own disk failed: sending has ended. */
  onFault: (reason: unknown) => void;
}

/**
 * Sends the messages of one lane in strict order, one under way at a time, for as long as it runs. It
 * sleeps while there is nothing to send, and backs off while no server takes the head.
 *
 * When another server of the lane takes over, it is first offered everything that the one before
 * accepted and nobody confirmed: the mains get the till's messages in the till's order, whichever way
 * each of them comes first, and what the other server holds is safe without it.
 */
export class Sender {
  readonly #parts: SenderParts;
  #lane: TransactionLane;
  readonly #stop = new AbortController();
  #sleep = new AbortController();
  #running: Promise<void> | undefined;
  #reoffered = new Set<string>();
  /** Name of the server that has been offered all that is not confirmed; none at the start. */
  #level: string | undefined;
  /** Acceptances on their way to the disk, which the next message does not wait for. */
  readonly #noted: Outstanding;

  constructor(lane: TransactionLane, parts: SenderParts) {
    this.#lane = lane;
    this.#parts = parts;
    this.#noted = new Outstanding(MOST_OUTSTANDING);
  }

  start(): void {
    this.#running ??= this.#run().catch((reason: unknown) => this.#parts.onFault(reason));
  }

  /** The lane's servers changed; its name stays. */
  setLane(lane: TransactionLane): void {
    this.#lane = lane;
    this.wake();
  }

  /** There is something new to send, or a server is back: try now. */
  wake(): void {
    this.#sleep.abort();
  }

  /** These were unknown to their server: they go out at a measured pace. */
  reoffer(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#reoffered.add(id);
    this.wake();
  }

  /** Resolves when the message under way has its answer. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#running;
    await this.#noted.all();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      // Made before looking, so that what is added meanwhile is not slept through.
      this.#sleep = new AbortController();
      const message = this.#parts.queue.head(this.#lane.name);
      if (message === undefined) {
        await this.#pause(IDLE_MS);
        continue;
      }
      const verdict = await this.#send(message);
      failures = verdict.accepted ? 0 : failures + 1;
      if (!verdict.accepted) {
        if (failures === 1) this.#report(message, verdict.reason);
        await this.#pause(backoffMs(failures, this.#parts.platform.chance.next(), SEND_BACKOFF));
      }
    }
  }

  /** Offers the head of the lane to its servers until one can say something about it. */
  async #send(message: QueuedMessage): Promise<Verdict> {
    const { router, platform } = this.#parts;
    if (this.#reoffered.delete(message.messageId)) {
      await platform.timers.pause(REOFFER_PAUSE_MS, this.#stop.signal);
    }
    const attempt = router.sightings.attempt(router.routeOf(message.service), this.#lane.name);
    let verdict: Verdict = { accepted: false, reason: 'no server', passOn: true };
    for (const server of router.inOrder(this.#lane.servers)) {
      verdict = await this.#bringLevel(server, attempt);
      if (verdict.accepted) verdict = await this.#offer(message, server, attempt);
      if (verdict.accepted || !verdict.passOn || this.#stop.signal.aborted) break;
    }
    return verdict;
  }

  /** Offers a server what it must have before anything newer; accepted when it has all of it. */
  async #bringLevel(server: RouterServer, attempt: Attempt): Promise<Verdict> {
    const { queue } = this.#parts;
    if (this.#level !== server.name) {
      for (const message of queue.heldByOthers(this.#lane.name, server.name)) {
        // Confirmed while the others were on their way.
        if (!queue.holds(message.messageId)) continue;
        const verdict = await this.#offer(message, server, attempt);
        if (!verdict.accepted) return verdict;
      }
      this.#level = server.name;
    }
    return { accepted: true, server: server.name };
  }

  async #offer(message: QueuedMessage, server: RouterServer, attempt: Attempt): Promise<Verdict> {
    const { router, queue, platform, onAccepted } = this.#parts;
    const { messageId, service, body } = message;
    const sinceMs = platform.clock.nowMs();
    const verdict = verdictOn(await router.offer(server, service, body), message);
    if (verdict.accepted) attempt.answered(server, platform.clock.nowMs());
    else if (verdict.passOn) attempt.failed(server, sinceMs);
    if (verdict.accepted) {
      await this.#noted.add(
        queue.accepted(messageId, this.#lane.name, verdict.server, onAccepted(message)),
      );
    }
    return verdict;
  }

  #report({ messageId, tillSeq }: QueuedMessage, reason: string): void {
    const lane = this.#lane.name;
    this.#parts.platform.log({ messageId, tillSeq, lane, reason }, 'a message is not accepted yet');
  }

  async #pause(delayMs: number): Promise<void> {
    await this.#parts.platform.timers.pause(delayMs, this.#sleep.signal);
  }
}

export type Verdict =
  | { accepted: true; server: string }
  /** `passOn`: the server could not be used, so another might take it now. */
  | { accepted: false; reason: string; passOn: boolean };

/**
 * Whether a server has the message: a 2xx with a status of 0 that, where it carries a receipt, names
 * this message and these bytes. Everything else keeps the message.
 */
export function verdictOn(
  { reply, server }: Routed,
  message: Pick<QueuedMessage, 'messageId' | 'digest'>,
): Verdict {
  if (server === undefined || reply.kind !== 'answer') {
    const reason = reply.kind === 'answer' ? 'no server' : explainFault(reply);
    return { accepted: false, reason, passOn: isServersFault(reply) };
  }
  const objection = objectionTo(reply, message);
  return objection === null
    ? { accepted: true, server: server.name }
    : { accepted: false, reason: `${server.name}: ${objection}`, passOn: false };
}

function objectionTo(
  reply: Reply<JsonObject> & { kind: 'answer' },
  message: Pick<QueuedMessage, 'messageId' | 'digest'>,
): string | null {
  const { response } = reply.body;
  if (!isJsonObject(response)) return 'the answer has no response';
  if (response['serverStatusSignal'] !== undefined) return 'the server is in transition';
  if (response['showMessage'] === true) return 'the server is still working on it';
  if (response['status'] !== 0) return `status ${JSON.stringify(response['status'] ?? null)}`;
  if (response['receipt'] === undefined) return null;
  const receipt = receiptSchema.safeParse(response['receipt']);
  if (!receipt.success) return 'the receipt is not understood';
  const { messageId, digest, masked = false } = receipt.data;
  if (messageId !== message.messageId) return 'the receipt is for another message';
  // Masking changes the bytes that are stored, and the receipt says so.
  return masked || digest === message.digest ? null : 'the receipt is for other content';
}
