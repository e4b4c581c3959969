import { hash, randomBytes } from 'node:crypto';
import type { Chance, Platform } from '../platform.ts';
import { timers } from '../timers.ts';

/** The till's platform in Node. With a seed its chance repeats; ids never do. */
export function nodePlatform(log: Platform['log'], seed?: number): Platform {
  return {
    clock: { nowMs: () => Date.now() },
    timers,
    chance: seed === undefined ? { next: () => Math.random() } : seededChance(seed),
    ids: { next: () => randomBytes(16).toString('hex').toUpperCase() },
    fetch: (...call) => fetch(...call),
    digest: (bytes) => Promise.resolve(hash('sha256', bytes, 'hex')),
    log,
  };
}

/** Chance that repeats for a seed (mulberry32): for simulations, not for secrets. */
function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}
