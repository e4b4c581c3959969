import { receiptSchema } from '../server/contract/message.ts';
import type { JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { backoffMs } from '../server/core/backoff.ts';
import type { Fault, Reply } from '../server/core/reply.ts';
import { explainFault } from '../server/core/reply.ts';
import { Outstanding } from './outstanding.ts';
import type { Platform } from './platform.ts';
import type { MessageQueue } from './queue.ts';
import type { QueuedMessage } from './queue-state.ts';
import type { RequestRouter, Routed } from './request-router.ts';
import { isAnothersTurn } from './request-router.ts';
import type { RouterServer, TransactionLane } from './routing.ts';
import type { Attempt } from './sightings.ts';

/** A message that a server did not know (any more) is offered again at most so often: 20 a second. */
const REOFFER_PAUSE_MS = 50;

/** Between attempts for the head of a lane while no server takes it. */
const SEND_BACKOFF = { firstMs: 500, capMs: 5_000 };

/** Nothing shortens the pause after a failure below this: at most four passes over the servers a second. */
const LEAST_PAUSE_MS = 250;

/** Least pause after no server took the session: its renewal wakes the sender earlier. */
const NO_SESSION_PAUSE_MS = 10_000;

/** Longest pause that a server may ask for with `Retry-After`. */
const LONGEST_ASKED_PAUSE_MS = 60_000;

/** How long a sender sleeps when nothing wakes it. */
const IDLE_MS = 60_000;

/** Acceptances on their way to the disk at most. */
const MOST_OUTSTANDING = 256;

interface SenderParts {
  platform: Platform;
  router: Pick<RequestRouter, 'inOrder' | 'offer' | 'routeOf' | 'sightings' | 'session'>;
  queue: MessageQueue;
  /** Notes the acceptance elsewhere; the queue writes it down only after that, so it cannot be missed. */
  onAccepted: (message: QueuedMessage) => Promise<void>;
  /** The till's own disk failed: sending has ended. */
  onFault: (reason: unknown) => void;
}

/**
 * Sends the messages of one lane in strict order, one under way at a time, for as long as it runs. It
 * sleeps while there is nothing to send or nobody is logged in, and backs off while no server takes the
 * head: between a half and the whole of 0.5, 1, 2, 4, 5, 5 … seconds, however much is sold meanwhile.
 *
 * When another server of the lane takes over, it is first offered everything that those it goes before
 * accepted and nobody confirmed: the mains get the till's messages in the till's order, whichever way
 * each of them comes first, and what the other server holds is safe without it.
 */
export class Sender {
  readonly #parts: SenderParts;
  #lane: TransactionLane;
  readonly #stop = new AbortController();
  /** Ends the sleep of a sender that has nothing to do. */
  #idle = new AbortController();
  /** Ends the pause after a failure. */
  #backoff = new AbortController();
  #running: Promise<void> | undefined;
  #reoffered = new Set<string>();
  /** By service: the server that has been offered all that those behind it hold; none at the start. */
  readonly #level = new Map<string, string>();
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
    this.retry();
  }

  /** There is something new to send. It waits its turn behind what no server takes. */
  wake(): void {
    this.#idle.abort();
  }

  /** A server is back, or somebody logged in: try now. */
  retry(): void {
    this.#idle.abort();
    this.#backoff.abort();
  }

  /** These were unknown to their server: they go out at a measured pace. */
  reoffer(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#reoffered.add(id);
    this.wake();
  }

  /** Resolves when the message under way has its answer. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.retry();
    await this.#running;
    await this.#noted.all();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      // Made before looking, so that what is added meanwhile is not slept through.
      this.#idle = new AbortController();
      this.#backoff = new AbortController();
      const { queue, router, platform } = this.#parts;
      const message = queue.head(this.#lane.name);
      if (message === undefined || router.session === undefined) {
        await platform.timers.pause(IDLE_MS, this.#idle.signal);
        continue;
      }
      const verdict = await this.#send(message);
      failures = verdict.accepted ? 0 : failures + 1;
      if (!verdict.accepted) {
        if (failures === 1) this.#report(message, verdict.reason);
        const ownMs = backoffMs(failures, (1 + platform.chance.next()) / 2, SEND_BACKOFF);
        await platform.timers.pause(LEAST_PAUSE_MS, this.#stop.signal);
        const pauseMs = Math.max(ownMs, verdict.leastPauseMs) - LEAST_PAUSE_MS;
        await platform.timers.pause(pauseMs, this.#backoff.signal);
      }
    }
  }

  /** Offers the head of the lane to its servers until one can say something about it. */
  async #send(message: QueuedMessage): Promise<Verdict> {
    const { router, platform } = this.#parts;
    const { messageId, service } = message;
    if (this.#reoffered.delete(messageId)) {
      await platform.timers.pause(REOFFER_PAUSE_MS, this.#stop.signal);
    }
    const attempt = router.sightings.attempt(router.routeOf(service), this.#lane.name);
    const passedOver = new Set<string>();
    let verdict: Verdict = NO_SERVER;
    for (const server of this.#serversFor(service)) {
      verdict = await this.#bringLevel(server, { service, passedOver, attempt });
      if (verdict.accepted) verdict = await this.#offer(message, server, attempt);
      if (verdict.accepted || !verdict.passOn || this.#stop.signal.aborted) break;
      passedOver.add(server.name);
    }
    return verdict;
  }

  #serversFor(service: string): RouterServer[] {
    return this.#parts.router.inOrder(this.#lane.routes.get(service) ?? []);
  }

  /** Offers a server what it must have before anything newer; accepted when it has all of it. */
  async #bringLevel(
    server: RouterServer,
    call: { service: string; passedOver: ReadonlySet<string>; attempt: Attempt },
  ): Promise<Verdict> {
    const { queue } = this.#parts;
    if (this.#level.get(call.service) !== server.name) {
      for (const message of this.#takenOverBy(server, call.passedOver)) {
        // Confirmed while the others were on their way.
        if (!queue.holds(message.messageId)) continue;
        const verdict = await this.#offer(message, server, call.attempt);
        if (!verdict.accepted) return verdict;
      }
      this.#level.set(call.service, server.name);
    }
    return { accepted: true, server: server.name };
  }

  /**
   * What servers hold for which this one goes before them now. Others keep theirs: where products go to
   * one server and customers to another, neither takes anything over from the other.
   */
  #takenOverBy(server: RouterServer, passedOver: ReadonlySet<string>): QueuedMessage[] {
    const orders = new Map<string, string[]>();
    const orderOf = (service: string): string[] => {
      const known = orders.get(service) ?? this.#serversFor(service).map(({ name }) => name);
      orders.set(service, known);
      return known;
    };
    return this.#parts.queue.heldOn(this.#lane.name).flatMap(({ message, server: holder }) => {
      const order = orderOf(message.service);
      const [own, others] = [order.indexOf(server.name), order.indexOf(holder)];
      const isBefore = others === -1 || own < others || passedOver.has(holder);
      return holder !== server.name && own !== -1 && isBefore ? [message] : [];
    });
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
}

export type Verdict =
  | { accepted: true; server: string }
  /**
   * `passOn`: the server could not be used, so another might take it now. `leastPauseMs`: before it is
   * offered again, where it says so or a session is missing.
   */
  | { accepted: false; reason: string; passOn: boolean; leastPauseMs: number };

const NO_SERVER: Verdict = { accepted: false, reason: 'no server', passOn: true, leastPauseMs: 0 };

/**
 * Whether a server has the message: a 2xx with a status of 0 that, where it carries a receipt, names
 * this message and these bytes. Everything else keeps the message.
 */
export function verdictOn(
  { reply, server }: Routed,
  message: Pick<QueuedMessage, 'messageId' | 'digest'>,
): Verdict {
  if (server === undefined) return NO_SERVER;
  if (reply.kind !== 'answer') {
    const passOn = isAnothersTurn(reply);
    return {
      accepted: false,
      reason: explainFault(reply),
      passOn,
      leastPauseMs: pauseAfter(reply),
    };
  }
  const objection = objectionTo(reply, message);
  return objection === null
    ? { accepted: true, server: server.name }
    : { accepted: false, reason: `${server.name}: ${objection}`, passOn: false, leastPauseMs: 0 };
}

function pauseAfter(fault: Fault): number {
  if (fault.kind === 'failure') return 0;
  if (fault.status === 401) return NO_SESSION_PAUSE_MS;
  return Math.min(fault.retryAfterMs ?? 0, LONGEST_ASKED_PAUSE_MS);
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
