import { describe, expect, it } from 'vitest';
import type { Seen, ServerHealth } from '../../../terminal/server-health.ts';
import {
  FIRST_PING_MS,
  LONGEST_STEADY_MS,
  observe,
  pingDelayMs,
  QUIET_MS,
  STEADY_MS,
  steadyMs,
  UNSEEN,
} from '../../../terminal/server-health.ts';

const answered: Seen = { kind: 'answered' };
const gone: Seen = { kind: 'gone', error: 'ECONNREFUSED' };
const unwell: Seen = { kind: 'unwell', error: 'HTTP 500' };

/** What becomes of a server that is seen so at these times, ms. */
function after(...seen: [number, Seen][]): ServerHealth {
  return seen.reduce((health, [atMs, what]) => observe(health, what, atMs), UNSEEN);
}

/** Falls, and answers until it is preferred again. */
function stumble(health: ServerHealth, atMs: number): { health: ServerHealth; backMs: number } {
  const fallen = observe(health, gone, atMs);
  const backMs = atMs + steadyMs(fallen);
  const returning = observe(fallen, answered, atMs);
  expect(observe(returning, answered, backMs - 1).standing).toBe('returning');
  return { health: observe(returning, answered, backMs), backMs };
}

describe('a server', () => {
  it('is offline at once where nobody is there, and doubted after one other failure', () => {
    expect(after([0, gone])).toMatchObject({ standing: 'offline', online: false });
    expect(after([0, unwell])).toMatchObject({ standing: 'doubted', online: false });
    expect(after([0, unwell], [5, unwell])).toMatchObject({ standing: 'offline' });
    expect(after([0, unwell], [5, gone])).toMatchObject({ standing: 'offline' });
  });

  it('has its place back at the first answer after a single hiccup', () => {
    expect(after([0, unwell], [5, answered])).toMatchObject({ online: true, lastError: null });
  });

  it('that fell is preferred again when it has answered for two seconds', () => {
    expect(after([0, gone], [10, answered])).toMatchObject({ standing: 'returning' });
    const soon: [number, Seen][] = [
      [0, gone],
      [10, answered],
      [9 + STEADY_MS, answered],
    ];
    expect(after(...soon).standing).toBe('returning');
    expect(after(...soon, [10 + STEADY_MS, answered]).standing).toBe('online');
    // A failure meanwhile begins the time anew.
    expect(after(...soon, [10 + STEADY_MS, unwell], [11 + STEADY_MS, answered]).standing).toBe(
      'returning',
    );
  });

  it('that falls again and again waits twice as long each time, up to a minute', () => {
    const waits: number[] = [];
    let now = { health: UNSEEN, backMs: 0 };
    for (let fall = 0; fall < 8; fall += 1) {
      const before = now.backMs;
      now = stumble(now.health, before);
      waits.push(now.backMs - before);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(LONGEST_STEADY_MS).toBe(60_000);
    const clean = observe(now.health, gone, now.backMs + QUIET_MS);
    expect(steadyMs(clean)).toBe(STEADY_MS);
  });

  it('that only hiccups again and again loses the benefit of the doubt', () => {
    const twice = after([0, unwell], [1, answered], [2, unwell], [3, answered]);
    expect(twice.standing).toBe('returning');
  });

  it('does not wait for a clock that was set back', () => {
    const returning = after([3_600_000, gone], [3_600_000, answered], [0, answered]);
    expect(observe(returning, answered, STEADY_MS).standing).toBe('online');
  });
});

describe('the pause before a ping', () => {
  const at = (nowMs: number, chance = 0.999_999) => ({ nowMs, chance, intervalMs: 60_000 });
  const rounded = (ms: number | undefined): number => Math.round(ms ?? Number.NaN);

  it('grows with the time since the fall, from one second to the interval', () => {
    const fallen = after([0, gone]);
    const pauses = [0, 1_000, 2_000, 4_000, 500_000].map((ms) => pingDelayMs(fallen, at(ms)));
    expect(pauses.map(rounded)).toEqual([FIRST_PING_MS, 1_000, 2_000, 4_000, 60_000]);
    expect(pingDelayMs(fallen, at(4_000, 0))).toBe(2_000);
  });

  it('is none while the server is online, and short while it is doubted or returns', () => {
    expect(pingDelayMs(UNSEEN, at(0))).toBeUndefined();
    expect(rounded(pingDelayMs(after([0, unwell]), at(0)))).toBe(FIRST_PING_MS);
    expect(rounded(pingDelayMs(after([0, gone], [9, answered]), at(9)))).toBe(FIRST_PING_MS);
  });
});
