import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../server/contract/limits.ts';
import { HeldHeartbeats } from '../../../server/sync/held-heartbeats.ts';
import { Throttle } from '../../../server/sync/throttle.ts';
import { manualSystem } from './manual-system.ts';

/** Holds a heartbeat of each server; `ended` names those that were let go, with what they were told. */
function holding(keys: readonly string[]) {
  const system = manualSystem();
  const held = new HeldHeartbeats(system.timers);
  const ended: [string, boolean][] = [];
  const hold = (key: string, holdMs = 20_000): void => {
    void held.hold(key, holdMs).then((goesOn) => ended.push([key, goesOn]));
  };
  keys.forEach((key) => hold(key));
  return { system, held, ended, hold };
}

const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `S${at}`);

describe('held heartbeats', () => {
  it('end when their time is over, and not before', async () => {
    const { system, held, ended } = holding(['A']);
    await system.advance(19_999);
    expect(ended).toEqual([]);
    await system.advance(1);
    expect(ended).toEqual([['A', true]]);
    expect(held.size).toBe(0);
  });

  it('end when the next one of their server comes', async () => {
    const { system, held, ended, hold } = holding(['A', 'B']);
    hold('A');
    hold('B', 0);
    await system.settle();
    expect(ended.map(([key]) => key).toSorted()).toEqual(['A', 'B', 'B']);
    expect(held.size).toBe(1);
  });

  it('all end with news, a few thousand of them one group after another', async () => {
    const { system, held, ended, hold } = holding(many(5_000));
    expect(held.size).toBe(5_000);
    held.release();
    await system.settle();
    expect(ended).toHaveLength(50);
    // Whoever comes now knows the news already and waits for other news.
    hold('S0');
    await system.advance(10_000);
    expect(ended).toHaveLength(5_000);
    expect(held.size).toBe(1);
  });

  it('have a limit, beyond which one is answered at once', async () => {
    const { system, held, ended, hold } = holding(many(LIMITS.heldHeartbeats));
    hold('one more');
    await system.settle();
    expect(ended).toEqual([['one more', true]]);
    expect(held.size).toBe(LIMITS.heldHeartbeats);
  });

  it('all end at once when the server stops, and nobody waits afterwards', async () => {
    const { system, held, ended, hold } = holding(many(200));
    held.stop();
    hold('late');
    await system.settle();
    expect(ended).toHaveLength(201);
    expect(ended.every(([, goesOn]) => !goesOn)).toBe(true);
    expect(held.size).toBe(0);
  });
});

describe('a throttle', () => {
  it('runs at once, then once for all that was asked for during its rest', async () => {
    const system = manualSystem();
    const runs: number[] = [];
    const throttle = new Throttle(system.timers, 3_000, () => runs.push(system.clock.nowMs()));
    const startMs = system.clock.nowMs();
    for (let ask = 0; ask < 5; ask += 1) throttle.ask();
    await system.advance(10_000);
    expect(runs).toEqual([startMs, startMs + 3_000]);
    throttle.ask();
    throttle.ask();
    throttle.stop();
    await system.advance(10_000);
    expect(runs).toHaveLength(3);
  });
});
