import type { JsonObject } from '../server/contract/json.ts';
import type { Book, BookEntry } from './book.ts';
import { enter, newBook, raiseCounter } from './book.ts';
import { Changes } from './changes.ts';
import { GroupCommit } from './group-commit.ts';
import type { Whereabouts } from './keeping.ts';
import type { Platform } from './platform.ts';
import type { LaneProgress, QueuedMessage, QueueLane, QueueRecord } from './queue-state.ts';
import { QueueState } from './queue-state.ts';

/** Where the queue keeps its records: a file in Node, a database in a browser. Calls never overlap. */
export interface QueueLog {
  /** Every record that was written, in order. */
  read(): Promise<QueueRecord[]>;
  /** Resolves when the records would survive a loss of power. */
  append(records: readonly QueueRecord[]): Promise<void>;
  /** Puts these in the place of all records: either all of them or none. */
  replace(records: readonly QueueRecord[]): Promise<void>;
}

/** A message that is not sealed yet. `head` goes before its records, like the client and the till. */
export interface Draft {
  messageId: string;
  service: string;
  head: JsonObject;
  data: JsonObject[];
  entry: BookEntry;
}

/** Messages that a till keeps at most: far beyond what a long outage makes. */
const LARGEST_QUEUE = 100_000;

/** Why the till cannot take a sale. */
export class QueueFault extends Error {
  override name = 'QueueFault';
}

/**
 * The till's durable queue: strict order, chained by digest, each message kept until every lane that
 * takes its service has confirmed it; one that no lane takes waits. The book moves with it.
 */
export class MessageQueue {
  readonly #state: QueueState;
  /** The book with what is still on its way to the disk. */
  readonly #book: Book;
  readonly #writer: GroupCommit<QueueRecord>;
  readonly #log: QueueLog;
  readonly #digest: Platform['digest'];
  /** Tells that messages came, moved or went. */
  readonly changes = new Changes();
  #sealed: Promise<{ tillSeq: number; digest: string }>;

  private constructor(state: QueueState, log: QueueLog, digest: Platform['digest']) {
    this.#state = state;
    this.#book = structuredClone(state.book);
    this.#log = log;
    this.#digest = digest;
    this.#sealed = Promise.resolve({ tillSeq: state.tillSeq, digest: state.digest });
    this.#writer = new GroupCommit((records) => this.#write(records));
  }

  /** Reads the log. A queue without one begins with an empty book. */
  static async open(
    log: QueueLog,
    platform: Pick<Platform, 'digest' | 'ids' | 'clock'>,
  ): Promise<MessageQueue> {
    const records = await log.read();
    const state = new QueueState(newBook(platform.ids.next(), platform.clock.nowMs()));
    for (const record of records) state.apply(record);
    // The first cash-up's id is chance: it is written before anything refers to it.
    if (records.length === 0) await log.replace(state.snapshot());
    return new MessageQueue(state, log, platform.digest);
  }

  get book(): Readonly<Book> {
    return this.#book;
  }

  /** The highest number given out. */
  get lastSeq(): number {
    return this.#state.tillSeq;
  }

  /** Messages that are kept. */
  get size(): number {
    return this.#state.waiting.size;
  }

  /** The messages that are kept, in the till's order. */
  messages(): QueuedMessage[] {
    return [...this.#state.waiting.values()].map((each) => each.message);
  }

  /**
   * The lanes as the definitions have them now. A message that a lane has accepted or confirmed stays so
   * as long as there is a lane of that name; lanes that are gone count no more. Returns the messages that
   * are complete by that.
   */
  setLanes(lanes: readonly QueueLane[]): string[] {
    this.#state.setLanes(lanes);
    this.changes.tell();
    return [...this.#state.waiting.keys()].filter((messageId) => this.isComplete(messageId));
  }

  /** Raises a counter to a server's floor. The server tells it again, so it is not written. */
  raiseCounter(prefix: string, number: number): void {
    raiseCounter(this.#book, prefix, number);
  }

  /**
   * Takes a message; resolves when it is on the disk. The book has its entry at once, so what is built
   * next counts it. Rejects with {@link QueueFault} where the queue is full or its disk failed.
   */
  async add(draft: Draft): Promise<QueuedMessage> {
    if (this.size >= LARGEST_QUEUE) {
      throw new QueueFault(
        `The till keeps ${LARGEST_QUEUE} messages that no server has confirmed, and takes no more.`,
      );
    }
    enter(this.#book, draft.entry);
    const message = this.#sealed.then((previous) => seal(previous, draft, this.#digest));
    this.#sealed = message;
    const sealed = await message;
    await this.#record({ kind: 'message', message: sealed });
    this.changes.tell();
    return sealed;
  }

  /** The first message that is due and not accepted on the lane. */
  head(lane: string): QueuedMessage | undefined {
    const [first] = this.#state.unsentOn(lane).values();
    return first?.message;
  }

  /** How many messages are due and not accepted on the lane. */
  unsent(lane: string): number {
    return this.#state.unsentOn(lane).size;
  }

  /** Messages that at least one lane still has to accept, or that no lane takes. */
  unsentAnywhere(): number {
    let count = 0;
    for (const { message, lanes } of this.#state.waiting.values()) {
      const due = this.#state.lanesFor(message.service);
      if (due.length === 0 || due.some(({ name }) => !lanes.has(name))) count += 1;
    }
    return count;
  }

  /** Services of kept messages that no lane takes. */
  servicesWithoutLane(): string[] {
    const services = new Set(this.messages().map((message) => message.service));
    return [...services].filter((service) => this.#state.lanesFor(service).length === 0);
  }

  /** Messages accepted on a lane and not yet confirmed, the oldest first, with who accepted them. */
  unconfirmed(lane: string, limit: number): { messageId: string; server: string }[] {
    const found: { messageId: string; server: string }[] = [];
    for (const [messageId, { lanes }] of this.#state.waiting) {
      const progress = lanes.get(lane);
      if (progress === undefined || progress.confirmed) continue;
      if (found.push({ messageId, server: progress.server }) === limit) break;
    }
    return found;
  }

  /** What a lane's servers accepted and nobody confirmed, in the till's order, with who accepted it. */
  heldOn(lane: string): { message: QueuedMessage; server: string }[] {
    return [...this.#state.waiting.values()].flatMap(({ message, lanes }) => {
      const progress = lanes.get(lane);
      const isHeld = progress !== undefined && !progress.confirmed;
      return isHeld ? [{ message, server: progress.server }] : [];
    });
  }

  /**
   * Where a message is safe: on this till alone; at a store server too; or at head office, when every
   * lane on which it is due was accepted by a main. Undefined when it is kept no longer.
   */
  whereIs(messageId: string): Whereabouts | undefined {
    const waiting = this.#state.waiting.get(messageId);
    if (waiting === undefined) return undefined;
    const due = this.#state.lanesFor(waiting.message.service);
    const takers = due.map((lane) => ({ lane, progress: waiting.lanes.get(lane.name) }));
    const isAtMain = ({ lane, progress }: (typeof takers)[number]): boolean =>
      progress !== undefined && (progress.confirmed || lane.mains.has(progress.server));
    if (due.length > 0 && takers.every(isAtMain)) return 'headOffice';
    const isAtStore = takers.some((each) => each.progress !== undefined && !isAtMain(each));
    return isAtStore ? 'store' : 'till';
  }

  /** Whether the message is still kept. */
  holds(messageId: string): boolean {
    return this.#state.waiting.has(messageId);
  }

  /**
   * A server has the message: what comes after it is next at once. It is written after `noted`; lost
   * before that, the message is offered again, which a server recognizes.
   */
  async accepted(
    messageId: string,
    lane: string,
    server: string,
    noted: Promise<void>,
  ): Promise<void> {
    const record = { kind: 'accepted', messageId, lane, server } as const;
    this.#state.apply(record);
    this.changes.tell();
    const progress = this.#progress(messageId, lane);
    await noted;
    // Meanwhile the server may have forgotten the message, or confirmed it: the newer word stands.
    if (progress !== undefined && this.#progress(messageId, lane) === progress) {
      await this.#record(record);
    }
  }

  /** The server does not know the message: it is unsent again, in its old place. */
  unknown(messageId: string, lane: string): Promise<void> {
    return this.#applyAndRecord({ kind: 'unknown', messageId, lane });
  }

  /** Whether every lane that takes the message has confirmed it, this one counted as if it had. */
  isComplete(messageId: string, ifConfirmedOn?: string): boolean {
    const waiting = this.#state.waiting.get(messageId);
    if (waiting === undefined) return false;
    const due = this.#state.lanesFor(waiting.message.service);
    const isConfirmed = ({ name }: QueueLane): boolean =>
      name === ifConfirmedOn || waiting.lanes.get(name)?.confirmed === true;
    return due.length > 0 && due.every(isConfirmed);
  }

  /** A lane has confirmed the message. */
  confirmed(messageId: string, lane: string): Promise<void> {
    return this.#applyAndRecord({ kind: 'confirmed', messageId, lane });
  }

  /** Every lane has confirmed the message: it is kept no longer. */
  drop(messageId: string): Promise<void> {
    return this.#applyAndRecord({ kind: 'dropped', messageId });
  }

  /** Resolves when nothing is on its way to the disk. */
  async idle(): Promise<void> {
    await this.#sealed.catch(() => undefined);
    await this.#writer.idle();
  }

  #progress(messageId: string, lane: string): LaneProgress | undefined {
    return this.#state.waiting.get(messageId)?.lanes.get(lane);
  }

  #applyAndRecord(record: QueueRecord): Promise<void> {
    this.#state.apply(record);
    this.changes.tell();
    return this.#record(record);
  }

  async #record(record: QueueRecord): Promise<void> {
    try {
      await this.#writer.add(record);
    } catch (cause) {
      throw new QueueFault(`The till cannot write its queue: ${String(cause)}`, { cause });
    }
  }

  async #write(records: readonly QueueRecord[]): Promise<void> {
    await this.#log.append(records);
    // A message counts from here on; what was said of messages counts already.
    for (const record of records) if (record.kind === 'message') this.#state.apply(record);
    if (!this.#state.shouldCompact()) return;
    const snapshot = this.#state.snapshot();
    await this.#log.replace(snapshot);
    this.#state.records = snapshot.length;
  }
}

async function seal(
  previous: { tillSeq: number; digest: string },
  draft: Draft,
  digest: Platform['digest'],
): Promise<QueuedMessage> {
  const { messageId, service, entry } = draft;
  const tillSeq = previous.tillSeq + 1;
  const body = JSON.stringify({
    messageId,
    ...draft.head,
    tillSeq,
    prevDigest: previous.digest,
    data: draft.data,
  });
  const own = await digest(new TextEncoder().encode(body));
  return { tillSeq, messageId, service, body, digest: own, entry };
}
