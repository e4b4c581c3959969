import { createHash } from 'node:crypto';
import type { Platform } from '../../../../terminal/platform.ts';

/** A platform whose time a test moves; ids and chance repeat. */
export interface FakePlatform extends Platform {
  /** Lets the time pass and runs what is due, in order, with everything that follows from it. */
  advance(ms: number): Promise<void>;
  lines: string[];
}

interface Timer {
  atMs: number;
  run: () => void;
}

const START_MS = Date.UTC(2026, 4, 4, 9, 30);

export function fakePlatform(
  fetchIt: typeof fetch = () => Promise.reject(new Error('no network')),
): FakePlatform {
  let nowMs = START_MS;
  let ids = 0;
  let timers: Timer[] = [];
  const lines: string[] = [];
  const after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { atMs: nowMs + delayMs, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  return {
    lines,
    clock: { nowMs: () => nowMs },
    timers: {
      after,
      pause: (delayMs, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted === true) {
            resolve();
            return;
          }
          const cancel = after(delayMs, resolve);
          signal?.addEventListener('abort', () => {
            cancel();
            resolve();
          });
        }),
    },
    chance: { next: () => 0.5 },
    ids: {
      next: () => {
        ids += 1;
        return createHash('sha256').update(String(ids)).digest('hex').slice(0, 32).toUpperCase();
      },
    },
    fetch: fetchIt,
    digest: (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest('hex')),
    log: (_fields, message) => lines.push(message),
    async advance(ms) {
      const endMs = nowMs + ms;
      await flush();
      for (;;) {
        const [next] = timers
          .filter((timer) => timer.atMs <= endMs)
          .sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
        await flush();
      }
      nowMs = endMs;
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
export async function flush(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
