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
  /** Every lane has confirmed the message; called before it leaves the queue. */
  onConfirmed: (messageId: string) => Promise<void>;
  /** The server does not know these: they are unsent again. */
  onUnknown: (lane: TransactionLane, messageIds: readonly string[]) => void;
  /** A server answered; `cameBack` where it was offline before. */
  onAnswer: (answer: HeartbeatAnswer, cameBack: boolean) => void;
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
    for (const lane of lanes) {
      for (const server of this.#serversToAsk(lane)) await this.#ask(lane, server, lanes);
    }
  }

  /** The server that takes the next message, and those that hold unconfirmed ones. */
  #serversToAsk(lane: TransactionLane): RouterServer[] {
    const { queue, router } = this.#parts;
    const held = new Set(
      queue.unconfirmed(lane.name, LIMITS.askedPerHeartbeat).map((each) => each.server),
    );
    const next = lane.servers.find((server) => router.healthOf(server).online) ?? lane.servers[0];
    return lane.servers.filter((server) => server === next || held.has(server.name));
  }

  async #ask(
    lane: TransactionLane,
    server: RouterServer,
    lanes: readonly TransactionLane[],
  ): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const ask = this.#questionsFor(lane, server);
      const answer = await this.#exchange(lane, server, ask);
      if (answer === undefined) return;
      const confirmed = await this.#settle(lane, answer, lanes);
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
    const wasOnline = router.healthOf(server).online;
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
    onAnswer(reply.body, !wasOnline);
    return reply.body;
  }

  async #settle(
    lane: TransactionLane,
    answer: HeartbeatAnswer,
    lanes: readonly TransactionLane[],
  ): Promise<number> {
    const { queue, onConfirmed, onUnknown } = this.#parts;
    const names = lanes.map((each) => each.name);
    for (const { id, reason } of answer.parked) this.parked.set(id, reason);
    await Promise.all([
      ...answer.confirmed.map(async (messageId) => {
        this.parked.delete(messageId);
        if (!queue.completes(messageId, lane.name, names)) {
          await queue.confirmed(messageId, lane.name);
          return;
        }
        await onConfirmed(messageId);
        await queue.drop(messageId);
      }),
      ...answer.unknown.map((messageId) => queue.unknown(messageId, lane.name)),
    ]);
    if (answer.unknown.length > 0) onUnknown(lane, answer.unknown);
    return answer.confirmed.length;
  }
}
