import type { HeartbeatAnswer } from '../server/contract/heartbeat.ts';
import type { JsonObject } from '../server/contract/json.ts';
import type { BookEntry } from './book.ts';
import { commonParameters } from './bootstrap.ts';
import type { Journal, JournalLine } from './journal.ts';
import type { Platform } from './platform.ts';
import { Presence } from './presence.ts';
import type { MessageQueue } from './queue.ts';
import type { QueuedMessage } from './queue-state.ts';
import { repeat } from './repeat.ts';
import type { RequestRouter } from './request-router.ts';
import type { TransactionLane } from './routing.ts';
import { Sender } from './sender.ts';
import { SERVICES } from './services.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import type { Done } from './till-api.ts';

interface DeliveryParts {
  platform: Platform;
  router: RequestRouter;
  queue: MessageQueue;
  journal: Journal;
  terminalId: string;
  heartbeatMs: number;
  appVersion: string;
  intervals: { tokenRefreshMs: number; pingMs: number };
  /** Asks for servers and services again. */
  reloadDefinitions: () => Promise<void>;
}

interface Waiter {
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * Everything between the till's disk and the servers: takes messages into queue and journal, keeps a
 * sender for each lane, the heartbeat, the pings and the session going.
 */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #presence: Presence;
  readonly #senders = new Map<string, Sender>();
  readonly #waiters = new Map<string, Waiter>();
  #lanes: TransactionLane[] = [];
  /** The definitions' version that each server told last, by its key. */
  readonly #versions = new Map<string, number>();
  #stops: (() => Promise<void>)[] = [];

  constructor(parts: DeliveryParts) {
    const { platform, router, queue, terminalId, appVersion } = parts;
    this.#parts = parts;
    this.#presence = new Presence({
      ...{ platform, router, queue, terminalId, appVersion },
      onConfirmed: (messageId) => this.#note({ what: 'confirmed', messageId }),
      onUnknown: (lane, messageIds) => this.#senders.get(lane.name)?.reoffer(messageIds),
      onAnswer: (answer, cameBack) => this.#answered(answer, cameBack),
    });
  }

  /** Brings the journal level with the queue, then begins. */
  async start(): Promise<void> {
    const { platform, queue, heartbeatMs, intervals, router } = this.#parts;
    await Promise.all(queue.messages().map((message) => this.#noteMade(message)));
    await this.#setLanes();
    this.#stops = [
      repeat(platform, heartbeatMs, () => this.#guarded(() => this.beat())),
      repeat(platform, intervals.pingMs, async () => {
        if ((await router.ping()).length > 0) this.#wake();
      }),
      repeat(platform, intervals.tokenRefreshMs, async () => {
        await router.renew();
      }),
    ];
  }

  /** Takes a message; resolves when it is in the queue and in the journal. */
  async take(
    service: string,
    record: JsonObject,
    entry: BookEntry,
    head: { settings: TerminalSettings; messageId: string },
  ): Promise<Done> {
    const { messageId } = head;
    const accepted = this.#accepted(messageId);
    const message = await this.#parts.queue.add({
      messageId,
      service,
      head: commonParameters(head.settings),
      data: [record],
      entry,
    });
    await this.#noteMade(message);
    this.#wake();
    const { kind, id, documentNo, grossMinor } = entry;
    return { kind, id, messageId, tillSeq: message.tillSeq, documentNo, grossMinor, accepted };
  }

  async beat(): Promise<void> {
    await this.#presence.beat(this.#lanes);
  }

  /** Messages that are not accepted on the lane that is furthest behind. */
  unsent(): number {
    const { queue } = this.#parts;
    return Math.max(0, ...this.#lanes.map((lane) => queue.unsent(lane.name)));
  }

  /** Messages that wait for a person at a server. */
  parked(): number {
    return this.#presence.parked.size;
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    const stops = [...this.#stops, ...[...this.#senders.values()].map((each) => () => each.stop())];
    await Promise.all(stops.map((stop) => stop()));
    this.#fail(new Error('The till was closed before a server took the message.'));
  }

  /** The lanes as the definitions have them now; those that stay go on. */
  async #setLanes(): Promise<void> {
    this.#lanes = this.#parts.router.lanes(Object.values(SERVICES));
    const gone = [...this.#senders].filter(
      ([name]) => !this.#lanes.some((lane) => lane.name === name),
    );
    for (const [name, sender] of gone) {
      this.#senders.delete(name);
      await sender.stop();
      this.#parts.router.sightings.forgetLane(name);
    }
    for (const lane of this.#lanes) {
      const known = this.#senders.get(lane.name);
      if (known !== undefined) known.setLane(lane);
      else this.#begin(lane);
    }
  }

  #begin(lane: TransactionLane): void {
    const { platform, router, queue } = this.#parts;
    const sender = new Sender(lane, {
      ...{ platform, router, queue },
      onAccepted: (message) => this.#onAccepted(message),
      onFault: (reason) => this.#fail(reason),
    });
    this.#senders.set(lane.name, sender);
    sender.start();
  }

  async #onAccepted(message: QueuedMessage): Promise<void> {
    const { messageId } = message;
    // A message that was sent before its own line was written gets it first.
    await Promise.all([this.#noteMade(message), this.#note({ what: 'accepted', messageId })]);
    this.#waiters.get(messageId)?.resolve();
    this.#waiters.delete(messageId);
  }

  #answered(answer: HeartbeatAnswer, cameBack: boolean): void {
    if (cameBack) this.#wake();
    if (!this.#hasOtherDefinitions(answer)) return;
    void this.#guarded(async () => {
      await this.#parts.reloadDefinitions();
      await this.#setLanes();
    });
  }

  /**
   * Whether a server has other definitions than this till: by their edition where both name one, which
   * asks again as long as the server that the till loads from is behind; else by the server's version.
   */
  #hasOtherDefinitions(answer: HeartbeatAnswer): boolean {
    const { serverKey, definitionsEdition, definitionsVersion } = answer;
    const before = this.#versions.get(serverKey);
    this.#versions.set(serverKey, definitionsVersion);
    const own = this.#parts.router.definitionsEdition;
    if (definitionsEdition !== undefined && own !== undefined) return definitionsEdition !== own;
    return before !== undefined && before !== definitionsVersion;
  }

  #wake(): void {
    for (const sender of this.#senders.values()) sender.wake();
  }

  #noteMade(message: QueuedMessage): Promise<void> {
    const { terminalId, journal } = this.#parts;
    const { messageId, tillSeq } = message;
    const { kind, id, documentNo, grossMinor, atMs } = message.entry;
    const what = { kind, id, messageId, documentNo, grossMinor, tillSeq, atMs };
    return journal.write({ what: 'made', terminal: terminalId, ...what });
  }

  #note(line: { what: 'accepted' | 'confirmed'; messageId: string }): Promise<void> {
    const stamped: JournalLine = { ...line, atMs: this.#parts.platform.clock.nowMs() };
    return this.#parts.journal.write(stamped);
  }

  #accepted(messageId: string): Promise<void> {
    const accepted = new Promise<void>((resolve, reject) => {
      this.#waiters.set(messageId, { resolve, reject });
    });
    // Whoever does not wait for it does not have to handle its failure either.
    accepted.catch(() => undefined);
    return accepted;
  }

  /** The till's disk failed: whoever waits hears it, and the log says it. */
  #fail(reason: unknown): void {
    for (const waiter of this.#waiters.values()) waiter.reject(reason);
    this.#waiters.clear();
  }

  async #guarded(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (reason) {
      this.#parts.platform.log({ reason: String(reason) }, 'the till cannot write its files');
      this.#fail(reason);
    }
  }
}
