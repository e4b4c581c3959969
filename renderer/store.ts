import type { QueryClient } from '@tanstack/react-query';
import { isLoggedOut } from './client.ts';
import { TOPICS, topicsOf } from './fold.ts';
import { createFolder } from './folder.ts';
import { endSession, overviewQuery, refresh } from './queries.ts';
import { followEvents } from './stream.ts';

/**
 * Whether this screen hears from its server. `polling`: the server has no stream left for us, so the
 * screen asks again every few seconds. `lost`: no answer since then.
 */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'polling' }
  | { state: 'lost'; sinceMs: number };

/** Pauses before the next try: soon, then calmer. */
const RETRY_MS = [300, 1_000, 2_000, 4_000];
const POLL_MS = 10_000;
const BEHIND_MS = 250;

/** Keeps the query cache true while somebody is logged in. */
export interface Live {
  /** Runs until the signal is aborted. */
  run(signal: AbortSignal): Promise<void>;
  connection: () => Connection;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Snapshot, then numbered events: each connection starts with a fresh overview and follows the events
 * after its number. What an event touches is refreshed, folded to about two refreshes a second. A gap
 * in the numbers, a reset or a broken line starts over with a snapshot.
 */
export function createLive(queryClient: QueryClient): Live {
  const listeners = new Set<() => void>();
  let connection: Connection = { state: 'connecting' };
  const become = (next: Connection): void => {
    if (next.state === connection.state) return;
    connection = next;
    for (const listener of listeners) listener();
  };

  /** One connection from its snapshot to its end. Tells whether it opened and how long to pause. */
  const connectOnce = async (
    signal: AbortSignal,
  ): Promise<{ opened: boolean; pauseMs: number }> => {
    const folder = createFolder((topics) => refresh(queryClient, topics));
    let opened = false;
    try {
      const { seq } = await queryClient.query({ ...overviewQuery, staleTime: 0 });
      const end = await followEvents(seq, signal, {
        open() {
          opened = true;
          become({ state: 'live' });
          folder.mark(TOPICS.filter((topic) => topic !== 'overview'));
        },
        event: (event) => folder.mark(topicsOf(event.kind)),
      });
      if (end.kind === 'behind') return { opened, pauseMs: BEHIND_MS };
      if (end.kind === 'refused' && end.status !== 401) {
        become({ state: 'polling' });
        await refresh(queryClient, TOPICS);
        return { opened, pauseMs: POLL_MS };
      }
      if (end.kind === 'refused') void endSession(queryClient);
    } catch (error) {
      if (isLoggedOut(error)) void endSession(queryClient);
    } finally {
      folder.stop();
    }
    if (!signal.aborted) become({ state: 'lost', sinceMs: Date.now() });
    return { opened, pauseMs: 0 };
  };

  return {
    async run(signal) {
      let failures = 0;
      while (!signal.aborted) {
        const { opened, pauseMs } = await connectOnce(signal);
        failures = opened ? 0 : failures + 1;
        const retryMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
        await pause(pauseMs || retryMs, signal);
      }
    },
    connection: () => connection,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Waits; coming back to the page or to the network ends the wait. */
function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = (): void => {
      window.clearTimeout(timer);
      done.abort();
      resolve();
    };
    const timer = window.setTimeout(end, delayMs);
    const options = { signal: done.signal };
    signal.addEventListener('abort', end, options);
    window.addEventListener('online', end, options);
    document.addEventListener('visibilitychange', end, options);
  });
}
