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
import type { TransactionLane } from './routing.ts';

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
  router: Pick<RequestRouter, 'transact'>;
  queue: MessageQueue;
  /** Notes the acceptance elsewhere; the queue writes it down only after that, so it cannot be missed. */
  onAccepted: (message: QueuedMessage) => Promise<void>;
  /** The till's own disk failed: sending has ended. */
  onFault: (reason: unknown) => void;
}

/**
 * Sends the messages of one lane in strict order, one under way at a time, for as long as it runs. It
 * sleeps while there is nothing to send, and backs off while no server takes the head.
 */
export class Sender {
  readonly #parts: SenderParts;
  #lane: TransactionLane;
  readonly #stop = new AbortController();
  #sleep = new AbortController();
  #running: Promise<void> | undefined;
  #reoffered = new Set<string>();
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

  async #send(message: QueuedMessage): Promise<Verdict> {
    const { router, queue, platform, onAccepted } = this.#parts;
    if (this.#reoffered.delete(message.messageId)) {
      await platform.timers.pause(REOFFER_PAUSE_MS, this.#stop.signal);
    }
    const routed = await router.transact(this.#lane, message.service, message.body);
    const verdict = verdictOn(routed, message);
    if (verdict.accepted) {
      const { messageId } = message;
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

export type Verdict = { accepted: true; server: string } | { accepted: false; reason: string };

/**
 * Whether a server has the message: a 2xx with a status of 0 that, where it carries a receipt, names
 * this message and these bytes. Everything else keeps the message.
 */
export function verdictOn(
  { reply, server }: Routed,
  message: Pick<QueuedMessage, 'messageId' | 'digest'>,
): Verdict {
  if (server === undefined || reply.kind !== 'answer') {
    return { accepted: false, reason: reply.kind === 'answer' ? 'no server' : explainFault(reply) };
  }
  const objection = objectionTo(reply, message);
  return objection === null
    ? { accepted: true, server: server.name }
    : { accepted: false, reason: `${server.name}: ${objection}` };
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
