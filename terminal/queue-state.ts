import type { Book, BookEntry } from './book.ts';
import { enter } from './book.ts';

/** A message as it was sealed: its bytes never change again. */
export interface QueuedMessage {
  /** Its number at this till, from 1, without gaps. */
  tillSeq: number;
  messageId: string;
  service: string;
  /** The JSON text that is posted. */
  body: string;
  /** SHA-256 of the body, lower-case hexadecimal; the next message carries it as `prevDigest`. */
  digest: string;
  entry: BookEntry;
}

/** A lane of routing.ts as the queue needs it. A message is due on the lanes that take its service. */
export interface QueueLane {
  name: string;
  services: ReadonlySet<string>;
  /** Names of those of its servers that are mains. */
  mains: ReadonlySet<string>;
}

/** How far a message is on a lane. It is confirmed when every lane on which it is due has confirmed it. */
export interface LaneProgress {
  /** The server that accepted it. */
  server: string;
  confirmed: boolean;
}

export interface WaitingMessage {
  message: QueuedMessage;
  lanes: Map<string, LaneProgress>;
}

/** The log of the queue: its state is the fold of these. */
export type QueueRecord =
  /** Where a compacted log begins. */
  | { kind: 'head'; tillSeq: number; digest: string; book: Book }
  | { kind: 'message'; message: QueuedMessage }
  | { kind: 'accepted'; messageId: string; lane: string; server: string }
  /** The server does not know it (any more): it is offered again. */
  | { kind: 'unknown'; messageId: string; lane: string }
  | { kind: 'confirmed'; messageId: string; lane: string }
  /** Every lane has confirmed it. */
  | { kind: 'dropped'; messageId: string };

/** Records beyond what a compacted log would hold, before it is compacted. */
const SLACK_RECORDS = 1_000;

/** What is in the queue, by message id in the till's order. */
export class QueueState {
  tillSeq = 0;
  digest = '';
  /** The fold of the entries in the log. */
  readonly book: Book;
  readonly waiting = new Map<string, WaitingMessage>();
  /** Records in the log. */
  records = 0;
  /** By lane: the messages that are due and not accepted there, in the till's order. Made when asked for. */
  readonly #unsent = new Map<string, Map<string, WaitingMessage>>();
  #lanes = new Map<string, QueueLane>();

  constructor(book: Book) {
    this.book = book;
  }

  /** Applies a record of the log. Those of messages that are gone change nothing. */
  apply(record: QueueRecord): void {
    this.records += 1;
    switch (record.kind) {
      case 'head':
        this.tillSeq = record.tillSeq;
        this.digest = record.digest;
        Object.assign(this.book, structuredClone(record.book));
        return;
      case 'message':
        this.#add(record.message);
        return;
      case 'accepted':
        this.waiting
          .get(record.messageId)
          ?.lanes.set(record.lane, { server: record.server, confirmed: false });
        this.#unsent.get(record.lane)?.delete(record.messageId);
        return;
      case 'unknown':
        this.waiting.get(record.messageId)?.lanes.delete(record.lane);
        // Made again in the till's order when it is next asked for.
        this.#unsent.delete(record.lane);
        return;
      case 'confirmed': {
        const progress = this.waiting.get(record.messageId)?.lanes.get(record.lane);
        if (progress !== undefined) progress.confirmed = true;
        return;
      }
      case 'dropped':
        this.waiting.delete(record.messageId);
        for (const unsent of this.#unsent.values()) unsent.delete(record.messageId);
    }
  }

  /** The lanes as the definitions have them now. What is known of messages on lanes stays. */
  setLanes(lanes: readonly QueueLane[]): void {
    this.#lanes = new Map(lanes.map((lane) => [lane.name, lane]));
    this.#unsent.clear();
  }

  /** The lanes that take a service; none where no server offers it. */
  lanesFor(service: string): QueueLane[] {
    return [...this.#lanes.values()].filter((lane) => lane.services.has(service));
  }

  /** The messages that are due and not accepted on a lane, in the till's order. */
  unsentOn(lane: string): ReadonlyMap<string, WaitingMessage> {
    const known = this.#unsent.get(lane);
    if (known !== undefined) return known;
    const unsent = new Map(
      [...this.waiting].filter(([, each]) => this.#isDue(each, lane) && !each.lanes.has(lane)),
    );
    this.#unsent.set(lane, unsent);
    return unsent;
  }

  /** Whether the log has grown so far beyond what it must hold that it should be written anew. */
  shouldCompact(): boolean {
    return this.records > 2 * this.#liveRecords() + SLACK_RECORDS;
  }

  /** The shortest log with this state. */
  snapshot(): QueueRecord[] {
    const head: QueueRecord = {
      kind: 'head',
      tillSeq: this.tillSeq,
      digest: this.digest,
      book: this.book,
    };
    // The head's book holds every entry, so its messages stand before it.
    return [...this.#liveMessages(), head];
  }

  #liveMessages(): QueueRecord[] {
    return [...this.waiting.values()].flatMap(({ message, lanes }) => [
      { kind: 'message', message } as const,
      ...[...lanes].flatMap(([lane, progress]): QueueRecord[] => {
        const { messageId } = message;
        const { server, confirmed } = progress;
        const accepted = { kind: 'accepted', messageId, lane, server } as const;
        return confirmed ? [accepted, { kind: 'confirmed', messageId, lane }] : [accepted];
      }),
    ]);
  }

  #isDue({ message }: WaitingMessage, lane: string): boolean {
    return this.#lanes.get(lane)?.services.has(message.service) === true;
  }

  #liveRecords(): number {
    let count = 1;
    for (const { lanes } of this.waiting.values()) count += 1 + 2 * lanes.size;
    return count;
  }

  #add(message: QueuedMessage): void {
    const waiting: WaitingMessage = { message, lanes: new Map() };
    this.waiting.set(message.messageId, waiting);
    for (const [lane, unsent] of this.#unsent) {
      if (this.#isDue(waiting, lane)) unsent.set(message.messageId, waiting);
    }
    this.tillSeq = message.tillSeq;
    this.digest = message.digest;
    enter(this.book, message.entry);
  }
}
