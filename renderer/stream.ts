import { eventSchema } from '../server/contract/manage.ts';
import type { BackroomEvent } from '../server/contract/manage.ts';
import { API } from './client.ts';
import { placeOf } from './fold.ts';
import { createSseReader } from './sse.ts';

/** The server beats every 15 s; two beats and a bit missed means that the line is dead. */
const SILENCE_MS = 40_000;

/**
 * How a connection ended. `behind`: events were missed, load the snapshot again. `refused`: the
 * server answered without a stream, with this status. `broken`: no answer, an end, or silence.
 */
export type StreamEnd =
  { kind: 'behind' } | { kind: 'refused'; status: number } | { kind: 'broken' };

/** Follows the events after a snapshot's number until the connection ends. Never rejects. */
export async function followEvents(
  after: number,
  signal: AbortSignal,
  on: { open(): void; event(event: BackroomEvent): void },
): Promise<StreamEnd> {
  const silence = new AbortController();
  let timer: number | undefined;
  const heard = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    heard();
    const response = await fetch(`${API}/events?after=${after}`, {
      signal: AbortSignal.any([signal, silence.signal]),
      headers: { Accept: 'text/event-stream' },
    });
    if (!response.ok || !response.body) return { kind: 'refused', status: response.status };
    on.open();
    return await read(response.body, after, { heard, event: (event) => on.event(event) });
  } catch {
    return { kind: 'broken' };
  } finally {
    window.clearTimeout(timer);
    // Leaving early must also free the server's end.
    silence.abort();
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  after: number,
  on: { heard(): void; event(event: BackroomEvent): void },
): Promise<StreamEnd> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const messagesOf = createSseReader();
  let last = after;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { kind: 'broken' };
    on.heard();
    for (const message of messagesOf(decoder.decode(value, { stream: true }))) {
      if (message.event === 'reset') return { kind: 'behind' };
      if (message.event !== 'message') continue;
      const event = eventSchema.parse(JSON.parse(message.data));
      const place = placeOf(last, event.seq);
      if (place === 'gap') return { kind: 'behind' };
      if (place === 'next') {
        last = event.seq;
        on.event(event);
      }
    }
  }
}
