import type { HeartbeatAnswer, ServerState } from '../server/contract/heartbeat.ts';
import type { JsonObject } from '../server/contract/json.ts';
import type { BookEntry } from './book.ts';
import { commonParameters } from './bootstrap.ts';
import { Changes } from './changes.ts';
import { ArchiveKeeper } from './archive-keeper.ts';
import type { Journal, JournalLine } from './journal.ts';
import type { Archive } from './keeping.ts';
import { Pinger } from './pinger.ts';
import type { Platform } from './platform.ts';
import { Presence } from './presence.ts';
import type { Draft, MessageQueue } from './queue.ts';
import type { QueuedMessage, QueueLane } from './queue-state.ts';
import { repeat } from './repeat.ts';
import type { RequestRouter, RouterChange } from './request-router.ts';
import type { TransactionLane } from './routing.ts';
import { Sender } from './sender.ts';
import { SERVICES } from './services.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import type { Done } from './till-api.ts';

interface DeliveryParts {
  platform: Platform;
  router: RequestRouter;
  queue: MessageQueue;
  /** The till's own account, where it keeps one. */
  journal?: Journal | undefined;
  /** The till's receipts, where it keeps any. */
  archive?: Archive | undefined;
  terminalId: string;
  heartbeatMs: number;
  appVersion: string;
  intervals: { tokenRefreshMs: number; pingMs: number };
  /** Asks for servers and services again. */
  reloadDefinitions: () => Promise<void>;
}

/** Between two looks whether a session that is not good can be renewed. */
const MEND_SESSION_MS = 5_000;

/** Changes within so long are told together. */
const TELL_MS = 50;

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
  readonly #archive: ArchiveKeeper;
  readonly #senders = new Map<string, Sender>();
  readonly #waiters = new Map<string, Waiter>();
  readonly #changes = new Changes();
  #lanes: TransactionLane[] = [];
  /** The services for which lanes are known; others join with their first message. */
  readonly #services = new Set<string>(Object.values(SERVICES));
  /** Services of kept messages that no server offers, as they were last told. */
  #withoutServer: string[] = [];
  /** The definitions' version that each server told last, by its key. */
  readonly #versions = new Map<string, number>();
  /** Lanes are set and definitions loaded one after the other. */
  #revision: Promise<void> = Promise.resolve();
  #serverState: ServerState | null = null;
  #isTelling = false;
  #stops: (() => Promise<void>)[] = [];

  constructor(parts: DeliveryParts) {
    const { platform, router, queue, archive, terminalId, appVersion } = parts;
    this.#parts = parts;
    this.#archive = new ArchiveKeeper({
      ...{ archive, platform, whereIs: (messageId) => queue.whereIs(messageId) },
    });
    this.#presence = new Presence({
      ...{ platform, router, queue, terminalId, appVersion },
      onConfirmed: (messageId) => this.#onConfirmed(messageId),
      onMoved: (messageId) => this.#archive.follow(messageId),
      onUnknown: (lane, messageIds) => this.#senders.get(lane.name)?.reoffer(messageIds),
      onAnswer: (answer) => this.#answered(answer),
    });
  }

  /** Brings journal and archive level with the queue, then begins. */
  async start(): Promise<void> {
    const { platform, queue, heartbeatMs, intervals, router } = this.#parts;
    await Promise.all(queue.messages().map((message) => this.#noteMade(message)));
    await this.#setLanes();
    const pinger = new Pinger({ platform, router, intervalMs: intervals.pingMs });
    pinger.start();
    const ends = [
      router.changes.subscribe((change) => this.#routerChanged(change)),
      queue.changes.subscribe(() => this.#tell()),
    ];
    this.#stops = [
      repeat(platform, heartbeatMs, () => this.#guarded(() => this.beat())),
      repeat(platform, MEND_SESSION_MS, () => router.mendSession()),
      repeat(platform, intervals.tokenRefreshMs, async () => {
        await router.renew();
      }),
      () => pinger.stop(),
      () => {
        for (const end of ends) end();
        return Promise.resolve();
      },
    ];
  }

  /**
   * Calls the listener when something that a screen shows may be different: messages, servers, the
   * session. Many changes at once are one call, a moment later. Returns the way to end that.
   */
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Takes one record, with the head that a till's messages have. As {@link hand}. */
  take(
    service: string,
    record: JsonObject,
    entry: BookEntry,
    head: { settings: TerminalSettings; messageId: string },
  ): Promise<Done> {
    const { settings, messageId } = head;
    const draft = { messageId, service, head: commonParameters(settings), data: [record], entry };
    return this.hand(draft);
  }

  /**
   * Takes a message; resolves when it is in the queue and in the journal: from then on it is not lost.
   * Rejects with QueueFault where the till's disk does not take it: then it was not taken.
   */
  async hand(draft: Draft): Promise<Done> {
    const { messageId, service, entry } = draft;
    const accepted = this.#accepted(messageId);
    const message = await this.#parts.queue.add(draft);
    await this.#noteMade(message);
    if (!this.#services.has(service)) this.#revise(() => this.#setLanes());
    else if (!this.#lanes.some((lane) => lane.routes.has(service))) this.#sayWithoutServer();
    this.#wake();
    const { kind, id, documentNo, grossMinor } = entry;
    return { kind, id, messageId, tillSeq: message.tillSeq, documentNo, grossMinor, accepted };
  }

  async beat(): Promise<void> {
    const parked = this.parked();
    await this.#presence.beat(this.#lanes);
    if (this.parked() !== parked) this.#tell();
  }

  /** Messages that some server still has to take. */
  unsent(): number {
    return this.#parts.queue.unsentAnywhere();
  }

  /** Services of kept messages that no server offers: those wait, the others go on. */
  servicesWithoutServer(): readonly string[] {
    return this.#withoutServer;
  }

  /** Messages that wait for a person at a server. */
  parked(): number {
    return this.#presence.parked.size;
  }

  /** The state of the server that answered last, as it said itself: a store server is online while it hears a main. */
  serverState(): ServerState | null {
    return this.#serverState;
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    const stops = [...this.#stops, ...[...this.#senders.values()].map((each) => () => each.stop())];
    await Promise.all(stops.map((stop) => stop()));
    await this.#revision;
    await this.#archive.idle();
    this.#fail(new Error('The till was closed before a server took the message.'));
  }

  /**
   * The lanes as the definitions have them now; those that stay go on. What is complete without a lane
   * that is gone leaves the queue.
   */
  async #setLanes(): Promise<void> {
    const { router, queue } = this.#parts;
    const kept = queue.messages();
    for (const { service } of kept) this.#services.add(service);
    this.#lanes = router.lanes([...this.#services]);
    const complete = queue.setLanes(this.#lanes.map(queueLaneOf));
    this.#sayWithoutServer();
    const names = new Set(this.#lanes.map((lane) => lane.name));
    const gone = [...this.#senders].filter(([name]) => !names.has(name));
    for (const lane of this.#lanes) {
      const known = this.#senders.get(lane.name);
      if (known !== undefined) known.setLane(lane);
      else this.#begin(lane);
    }
    for (const { messageId } of kept) this.#archive.follow(messageId);
    for (const messageId of complete) await this.#onConfirmed(messageId);
    for (const [name, sender] of gone) {
      this.#senders.delete(name);
      await sender.stop();
    }
    router.sightings.keepLanes((name, routed) =>
      this.#lanes.some(
        (lane) =>
          lane.name === name &&
          [...lane.routes.keys()].some((service) => router.routeOf(service).name === routed),
      ),
    );
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
    this.#archive.follow(messageId);
    this.#waiters.get(messageId)?.resolve();
    this.#waiters.delete(messageId);
  }

  /** Journal and archive have it before it leaves the queue: they are never behind what is forgotten. */
  async #onConfirmed(messageId: string): Promise<void> {
    await Promise.all([
      this.#note({ what: 'confirmed', messageId }),
      this.#archive.confirmed(messageId),
    ]);
    await this.#parts.queue.drop(messageId);
  }

  #answered(answer: HeartbeatAnswer): void {
    if (this.#serverState !== answer.serverState) {
      this.#serverState = answer.serverState;
      this.#tell();
    }
    if (this.#hasOtherDefinitions(answer)) this.#revise(() => this.#parts.reloadDefinitions());
  }

  #routerChanged(change: RouterChange): void {
    this.#tell();
    if (change === 'definitions') this.#revise(() => this.#setLanes());
    const { router } = this.#parts;
    const isSessionGood = change === 'session' && router.sessionFault === null;
    if (change === 'returned' || isSessionGood) {
      for (const sender of this.#senders.values()) sender.retry();
    }
    if (change === 'returned' || change === 'session') void router.mendSession();
  }

  /** One revision after the other; what fails is said, and the next goes on. */
  #revise(run: () => Promise<void>): void {
    this.#revision = this.#revision.then(() => this.#guarded(run));
  }

  #sayWithoutServer(): void {
    const services = this.#parts.queue.servicesWithoutLane();
    const fresh = services.filter((service) => !this.#withoutServer.includes(service));
    this.#withoutServer = services;
    if (fresh.length === 0) return;
    this.#parts.platform.log({ services: fresh }, 'no server offers these services: messages wait');
  }

  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#parts.platform.timers.after(TELL_MS, () => {
      this.#isTelling = false;
      this.#changes.tell();
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

  async #noteMade(message: QueuedMessage): Promise<void> {
    this.#archive.put(message);
    const { terminalId, journal } = this.#parts;
    const { messageId, tillSeq } = message;
    const { kind, id, documentNo, grossMinor, atMs } = message.entry;
    const what = { kind, id, messageId, documentNo, grossMinor, tillSeq, atMs };
    await journal?.write({ what: 'made', terminal: terminalId, ...what });
  }

  async #note(line: { what: 'accepted' | 'confirmed'; messageId: string }): Promise<void> {
    const stamped: JournalLine = { ...line, atMs: this.#parts.platform.clock.nowMs() };
    await this.#parts.journal?.write(stamped);
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

/** A lane as the queue knows it. */
export function queueLaneOf({ name, servers, routes }: TransactionLane): QueueLane {
  const mains = servers.filter((server) => server.mainServer).map((server) => server.name);
  return { name, services: new Set(routes.keys()), mains: new Set(mains) };
}
