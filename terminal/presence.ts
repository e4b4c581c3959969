import type { HeartbeatAnswer } from '../server/contract/heartbeat.ts';
import { LIMITS } from '../server/contract/limits.ts';
import type { Platform } from './platform.ts';
import type { MessageQueue } from './queue.ts';
import type { RequestRouter } from './request-router.ts';
import type { RouterServer, TransactionLane } from './routing.ts';

/** Questions for one server in a row, when there is more to ask than one heartbeat can hold. */
const MOST_ROUNDS = 200;

interface PresenceParts {
  platform: Platform;
  router: RequestRouter;
  queue: MessageQueue;
  terminalId: string;
  appVersion: string;
  /** Every lane has confirmed the message: it may leave the queue. */
  onConfirmed: (messageId: string) => Promise<void>;
  /** A lane confirmed the message, or a server does not know it: it may be somewhere else now. */
  onMoved: (messageId: string) => void;
  /** The server does not know these: they are unsent again. */
  onUnknown: (lane: TransactionLane, messageIds: readonly string[]) => void;
  onAnswer: (answer: HeartbeatAnswer) => void;
}

/**
 * The till's heartbeat: tells the servers that it is there and asks what became of the messages that
 * they took. Only what a server calls confirmed leaves the queue.
 */
export class Presence {
  readonly #parts: PresenceParts;
  /** Messages that wait for a person at a server, with the reason. */
  readonly parked = new Map<string, string>();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /** One heartbeat to each server that matters; those that cannot be reached are passed over. */
  async beat(lanes: readonly TransactionLane[]): Promise<void> {
    const { router } = this.#parts;
    // Servers would refuse it, and the log-in is what must come first.
    if (router.session === undefined) return;
    for (const lane of lanes) {
      for (const server of this.#serversToAsk(lane)) await this.#ask(lane, server);
    }
    const [first] = router.inOrder(router.servers);
    // Nobody takes transactions: definitions that change that must still arrive.
    if (lanes.length === 0 && first !== undefined) await this.#exchange(NO_LANE, first, []);
  }

  /** The servers that take the next messages, and those that hold unconfirmed ones. */
  #serversToAsk(lane: TransactionLane): RouterServer[] {
    const { queue, router } = this.#parts;
    const held = new Set(
      queue.unconfirmed(lane.name, LIMITS.askedPerHeartbeat).map((each) => each.server),
    );
    const next = new Set([...lane.routes.values()].map((servers) => router.inOrder(servers)[0]));
    return lane.servers.filter((server) => next.has(server) || held.has(server.name));
  }

  async #ask(lane: TransactionLane, server: RouterServer): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const ask = this.#questionsFor(lane, server);
      const answer = await this.#exchange(lane, server, ask);
      if (answer === undefined) return;
      const confirmed = await this.#settle(lane, answer);
      // More may be waiting only where the heartbeat was full, and only if something moved.
      if (ask.length < LIMITS.askedPerHeartbeat || confirmed === 0) return;
    }
  }

  #questionsFor(lane: TransactionLane, server: RouterServer): string[] {
    return this.#parts.queue
      .unconfirmed(lane.name, LIMITS.askedPerHeartbeat)
      .filter((each) => each.server === server.name)
      .map((each) => each.messageId);
  }

  async #exchange(
    lane: TransactionLane,
    server: RouterServer,
    ask: string[],
  ): Promise<HeartbeatAnswer | undefined> {
    const { queue, router, platform, terminalId, appVersion, onAnswer } = this.#parts;
    const reply = await router.heartbeat(server, {
      id: terminalId,
      appVersion,
      lastSeq: queue.lastSeq,
      unsent: queue.unsent(lane.name),
      ask,
      clock: platform.clock.nowMs(),
      ...(router.definitionsEdition !== undefined && {
        definitionsEdition: router.definitionsEdition,
      }),
    });
    if (reply.kind !== 'answer') return undefined;
    onAnswer(reply.body);
    return reply.body;
  }

  async #settle(lane: TransactionLane, answer: HeartbeatAnswer): Promise<number> {
    const { queue, onConfirmed, onMoved, onUnknown } = this.#parts;
    for (const { id, reason } of answer.parked) this.parked.set(id, reason);
    const steps = [
      ...answer.confirmed.map(async (messageId) => {
        this.parked.delete(messageId);
        if (queue.isComplete(messageId, lane.name)) return onConfirmed(messageId);
        await queue.confirmed(messageId, lane.name);
        onMoved(messageId);
      }),
      ...answer.unknown.map(async (messageId) => {
        await queue.unknown(messageId, lane.name);
        onMoved(messageId);
      }),
    ];
    if (answer.unknown.length > 0) onUnknown(lane, answer.unknown);
    await Promise.all(steps);
    return answer.confirmed.length;
  }
}

/** Stands for the lane where there is none. */
const NO_LANE: TransactionLane = { name: '', servers: [], routes: new Map() };
