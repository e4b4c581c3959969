import type { Request, Response } from 'express';
import { z } from 'zod';
import type { BackroomEvent } from '../contract/manage.ts';
import { ManageFault, readInput } from './fault.ts';
import { callerOf } from './guard.ts';
import type { ManageParts } from './parts.ts';

/** Screens that may follow events at once. */
const STREAMS = 100;
/** Bytes that a reader may leave unread before it is dropped: it then loads its snapshot again. */
const UNREAD_BYTES = 256 * 1024;
const HEARTBEAT_MS = 15_000;
const EVENTS_PER_READ = 500;
/** Events kept aside while the ones before them are read. */
const EVENTS_ASIDE = 5_000;

const seqSchema = z.coerce.number().int().nonnegative();

/**
 * The event stream. It answers `event: snapshot` with the number that it starts after, then each
 * event with its number as id, without gaps; `event: reset` where that is not possible (the screen
 * loads its snapshot again); and a comment every 15 s. It ends when the session does.
 */
export function createEventStreams(parts: ManageParts) {
  let open = 0;
  return async (request: Request, response: Response): Promise<void> => {
    const after = startOf(request);
    if (open >= STREAMS) {
      response.set('Retry-After', '10');
      throw new ManageFault(
        503,
        'tooManyScreens',
        `Already ${STREAMS} screens follow this server.`,
      );
    }
    open += 1;
    response.once('close', () => (open -= 1));
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    const stream = new EventStream(response, after);
    stream.write(`retry: 2000\nevent: snapshot\ndata: ${JSON.stringify({ seq: after })}\n\n`);
    keepAlive(parts, request, stream);
    await stream.follow(parts.storage);
  };
}

/** `Last-Event-ID` is newer than the address, which a browser repeats when it reconnects. */
function startOf(request: Request): number {
  const last = request.headers['last-event-id'] ?? request.query['after'];
  if (last === undefined || last === '') {
    throw new ManageFault(400, 'badInput', 'Say after which event: ?after= with a snapshot’s seq.');
  }
  return readInput(seqSchema, last);
}

/** Beats until the stream closes, and closes it once its session is over or revoked. */
function keepAlive(parts: ManageParts, request: Request, stream: EventStream): void {
  const beat = async (): Promise<void> => {
    if (stream.closed) return;
    if ((await callerOf(parts, request)) === undefined) {
      stream.end();
      return;
    }
    stream.write(': still here\n\n');
    cancel = schedule();
  };
  const schedule = () =>
    parts.system.timers.after(HEARTBEAT_MS, () => {
      beat().catch((error: unknown) => {
        parts.system.log.warn({ error }, 'a screen’s session could not be checked');
        stream.end();
      });
    });
  let cancel = schedule();
  stream.onClose(() => cancel());
}

/** One screen's connection: writes each event once, in order, and never holds more than a bounded backlog. */
class EventStream {
  private readonly response: Response;
  private last: number;
  /** Events that came while earlier ones were being read; null once the stream is live. */
  private aside: BackroomEvent[] | null = [];

  constructor(response: Response, after: number) {
    this.response = response;
    this.last = after;
  }

  get closed(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  onClose(run: () => void): void {
    this.response.once('close', run);
  }

  /** Catches up from storage, then writes what comes. Resolves when the stream is live or over. */
  async follow(storage: ManageParts['storage']): Promise<void> {
    const stop = storage.onEvents((events) => this.take(events));
    this.onClose(stop);
    for (;;) {
      const events = await storage.eventsAfter(this.last, EVENTS_PER_READ);
      if (this.closed) return;
      if (events === null) {
        this.reset();
        return;
      }
      this.send(events);
      if (events.length < EVENTS_PER_READ) break;
    }
    const aside = this.aside ?? [];
    this.aside = null;
    this.send(aside);
  }

  write(text: string): void {
    if (this.closed) return;
    this.response.write(text);
    // A reader this slow would only fall further behind: cut it off, it starts over from a snapshot.
    if (this.response.writableLength > UNREAD_BYTES) this.response.destroy();
  }

  end(): void {
    if (!this.closed) this.response.end();
  }

  private take(events: readonly BackroomEvent[]): void {
    if (this.aside === null) this.send(events);
    else if (this.aside.length + events.length > EVENTS_ASIDE) this.reset();
    else this.aside.push(...events);
  }

  private send(events: readonly BackroomEvent[]): void {
    let text = '';
    for (const event of events) {
      if (event.seq <= this.last) continue;
      this.last = event.seq;
      text += `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
    }
    if (text !== '') this.write(text);
  }

  private reset(): void {
    this.write('event: reset\ndata: {}\n\n');
    this.end();
  }
}
