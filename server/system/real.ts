import { randomBytes } from 'node:crypto';
import type { Cancel, Chance, Clock, Ids, Log, System, Timers } from './ports.ts';

const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

const timers: Timers = {
  after(delayMs, run): Cancel {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
  pause(delayMs, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, delayMs);
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};

const chance: Chance = { next: () => Math.random() };

const ids: Ids = { next: () => randomBytes(16).toString('hex').toUpperCase() };

/** The real clock, timers, chance and ids of this machine, with the given log. */
export function realSystem(log: Log): System {
  return { clock, timers, chance, ids, log };
}
