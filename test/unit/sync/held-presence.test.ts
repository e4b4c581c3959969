import { afterEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../server/contract/limits.ts';
import { HEARTBEAT_MS } from '../../../server/core/heartbeat-interval.ts';
import type { Fault } from '../../../server/core/reply.ts';
import { HeldHeartbeats } from '../../../server/sync/held-heartbeats.ts';
import { Presence } from '../../../server/sync/presence.ts';
import { FakeMain, cut, mainServer } from './fake-main.ts';
import { manualSystem } from './manual-system.ts';

/** A main that holds heartbeats, watched by a store server that is online with it. */
async function watched(parts: { intervalMs?: number; mayBeHeld?: () => boolean } = {}) {
  const system = manualSystem(3);
  const main = new FakeMain();
  const held = new HeldHeartbeats(system.timers);
  main.held = held;
  const states: string[] = [];
  const heard: number[] = [];
  const presence = new Presence({
    server: mainServer,
    upstream: main,
    storage: { announce: () => Promise.resolve() },
    system,
    self: { key: 'Store', version: '1' },
    about: () => ({ serverKey: 'Store', serverState: 'online' }),
    intervalMs: () => parts.intervalMs ?? HEARTBEAT_MS,
    mayBeHeld: parts.mayBeHeld ?? (() => true),
    onOnline: () => undefined,
    onState: () => states.push(presence.status().state),
    onHeartbeat: ({ definitionsVersion }) => heard.push(definitionsVersion),
  });
  open.push(async () => {
    held.stop();
    await presence.stop();
  });
  presence.start();
  await system.settle();
  return { system, main, held, presence, states, heard };
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

describe('a heartbeat that a main holds', () => {
  it('is asked for as soon as the main is online, and again when it ends', async () => {
    const { system, main, held } = await watched();
    expect(main.beats).toBe(2);
    expect(main.heard?.hold).toMatchObject({ definitionsVersion: 1, serverState: 'online' });
    expect(held.size).toBe(1);
    await system.advance(100 * LIMITS.heldHeartbeatMs);
    expect(main.beats).toBeGreaterThanOrEqual(100 + 2);
    expect(main.beats).toBeLessThanOrEqual(Math.ceil(100 / 0.8) + 2);
    expect(held.size).toBe(1);
  });

  it('brings a change at once, and the next change within a second', async () => {
    const { system, main, held, heard } = await watched();
    await system.advance(12_000);
    main.definitionsVersion = 2;
    held.release();
    await system.settle();
    expect(heard).toEqual([1, 2]);
    main.definitionsVersion = 3;
    held.release();
    await system.settle();
    main.definitionsVersion = 4;
    held.release();
    await system.advance(1_000);
    expect(heard.at(-1)).toBe(4);
    expect(heard.length).toBeLessThanOrEqual(4);
  });

  it('is not missed where the change falls between two', async () => {
    const { system, main, heard } = await watched();
    // Nobody is told: the next heartbeat knows an older version, and is answered at once.
    main.definitionsVersion = 2;
    await system.advance(LIMITS.heldHeartbeatMs + 1_000);
    expect(heard.at(-1)).toBe(2);
  });

  it('does not keep a look waiting, nor the news that the line is cut', async () => {
    const { system, main, presence, states } = await watched();
    await system.advance(5_000);
    const before = main.beats;
    presence.lookNow();
    await system.settle();
    expect(main.beats).toBe(before + 1);
    main.up = false;
    presence.sawFault(cut as Fault);
    await system.advance(1_000);
    expect(states.at(-1)).toBe('offline');
  });

  it('leaves no more than one behind at the main', async () => {
    const { system, held, presence } = await watched();
    for (let look = 0; look < 20; look += 1) {
      presence.lookNow();
      await system.settle();
    }
    expect(held.size).toBe(1);
  });

  it('is not asked for while the main may owe others something', async () => {
    let mayBeHeld = false;
    const { system, main, held } = await watched({ mayBeHeld: () => mayBeHeld });
    await system.advance(3 * HEARTBEAT_MS);
    expect([main.beats, held.size]).toEqual([4, 0]);
    mayBeHeld = true;
    await system.advance(HEARTBEAT_MS);
    expect(held.size).toBe(1);
  });

  it('is let go by a main that stops, and the main is looked for from then on', async () => {
    const { system, main, held, states } = await watched();
    await system.advance(5_000);
    main.up = false;
    held.stop();
    await system.advance(1_000);
    expect(states.at(-1)).toBe('offline');
  });

  it('keeps to a shorter interval', async () => {
    const { system, main } = await watched({ intervalMs: 5_000 });
    const before = main.beats;
    await system.advance(60_000);
    expect(main.beats - before).toBeGreaterThanOrEqual(60 / 5);
    expect(main.beats - before).toBeLessThanOrEqual(60 / 5 / 0.8);
  });
});
