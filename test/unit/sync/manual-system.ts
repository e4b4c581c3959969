import type { Log, System } from '../../../server/system/ports.ts';

/** Monday noon, where a manual clock starts. */
const START_MS = Date.parse('2026-11-23T12:00:00Z');

interface LogLine {
  level: keyof Log;
  fields: object;
  message: string;
}

/** A system whose time stands still until a test moves it, and whose chance follows from a seed. */
export interface ManualSystem extends System {
  lines: LogLine[];
  /** Lets everything run that runs without time going on. */
  settle(): Promise<void>;
  /** Moves the clock, firing the timers on the way, each with everything that it causes. */
  advance(ms: number): Promise<void>;
}

interface Timer {
  atMs: number;
  fire: () => void;
}

export function manualSystem(seed = 1): ManualSystem {
  let nowMs = START_MS;
  let timers: Timer[] = [];
  const lines: LogLine[] = [];
  const add = (delayMs: number, fire: () => void): (() => void) => {
    const timer = { atMs: nowMs + delayMs, fire };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const log = (level: keyof Log) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return {
    lines,
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
    timers: {
      after: add,
      pause: (delayMs, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted === true) {
            resolve();
            return;
          }
          const cancel = add(delayMs, resolve);
          signal?.addEventListener('abort', () => {
            cancel();
            resolve();
          });
        }),
    },
    chance: { next: randomFrom(seed) },
    ids: { next: () => 'ID' },
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    settle,
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = timers
          .filter((timer) => timer.atMs <= untilMs)
          .toSorted((one, other) => one.atMs - other.atMs);
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.fire();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** A small generator (mulberry32): the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
