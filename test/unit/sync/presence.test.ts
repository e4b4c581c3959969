import { afterEach, describe, expect, it } from 'vitest';
import type { BackroomEvent } from '../../../server/contract/manage.ts';
import type { Fault } from '../../../server/core/reply.ts';
import { HEARTBEAT_MS } from '../../../server/core/heartbeat-interval.ts';
import { Presence } from '../../../server/sync/presence.ts';
import { FakeMain, cut, mainServer } from './fake-main.ts';
import { manualSystem } from './manual-system.ts';
import type { ManualSystem } from './manual-system.ts';

interface Rig {
  system: ManualSystem;
  main: FakeMain;
  presence: Presence;
  /** The states that were announced. */
  announced: unknown[];
  versions: number[];
  mayBeHeld: { value: boolean };
}

const open: Presence[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((presence) => presence.stop()));
});

function rig(announce: () => Promise<void> = () => Promise.resolve()): Rig {
  const system = manualSystem(7);
  const main = new FakeMain();
  const announced: unknown[] = [];
  const versions: number[] = [];
  const mayBeHeld = { value: true };
  const presence = new Presence({
    server: mainServer,
    upstream: main,
    storage: {
      announce: ({ kind, data }: Pick<BackroomEvent, 'kind' | 'data'>) => {
        if (kind === 'serverState') announced.push(data['state']);
        return announce();
      },
    },
    system,
    self: { key: 'Store', version: '1' },
    about: () => ({ serverKey: 'Store', serverState: 'online' }),
    intervalMs: () => HEARTBEAT_MS,
    mayBeHeld: () => mayBeHeld.value,
    onOnline: () => undefined,
    onState: () => undefined,
    onHeartbeat: ({ definitionsVersion }) => versions.push(definitionsVersion),
  });
  open.push(presence);
  return { system, main, presence, announced, versions, mayBeHeld };
}

describe('presence', () => {
  it('finds a main, announces its states and then hears from it every half minute', async () => {
    const { system, main, presence, announced, versions } = rig();
    expect(presence.status()).toMatchObject({
      state: 'offline',
      lastContactAt: null,
      backroom: null,
    });
    presence.start();
    await system.settle();
    expect(announced).toEqual(['transitioning to online', 'online']);
    await system.advance(10 * HEARTBEAT_MS);
    // The second was asked to be held, which this main cannot.
    expect(main.beats).toBe(12);
    expect(versions).toHaveLength(12);
    expect(presence.status()).toMatchObject({
      state: 'online',
      since: '2026-11-23T12:00:00.000Z',
      lastContactAt: '2026-11-23T12:05:00.000Z',
      backroom: true,
      lastError: null,
    });
  });

  it('looks for a lost main every five seconds at first, and every fifteen later', async () => {
    const { system, main, presence } = rig();
    main.up = false;
    presence.start();
    await system.advance(60_000);
    expect(main.probes).toBeGreaterThan(60 / 5);
    const probes = main.probes;
    await system.advance(15 * 60_000);
    expect(main.probes - probes).toBeGreaterThan((15 * 60) / 15);
    expect(main.probes - probes).toBeLessThan((15 * 60) / 4);
    expect(presence.status()).toMatchObject({ state: 'offline', lastError: 'no connection' });
  });

  it('asks at once whether a main is gone when a call to it was cut', async () => {
    const { system, main, presence, announced } = rig();
    presence.start();
    await system.settle();
    const before = main.beats;
    presence.sawFault(cut as Fault);
    expect(presence.status().state).toBe('transitioning to offline');
    await system.settle();
    expect(announced.slice(2)).toEqual(['transitioning to offline', 'online']);
    expect(main.beats).toBeGreaterThan(before);
  });

  it('takes no other server for the main, and does not hurry it', async () => {
    const { system, main, presence } = rig();
    main.serverKey = 'Somebody';
    presence.start();
    await system.advance(10 * 60_000);
    expect(presence.online).toBe(false);
    expect(presence.status().lastError).toContain('is "Somebody", not "Main"');
    expect(main.probes).toBeLessThan(200);
  });

  it('tells a main of this server, and takes one that calls itself offline at its word', async () => {
    const { system, main, presence } = rig();
    presence.start();
    await system.settle();
    expect(main.heard).toMatchObject({ id: 'Store', serverKey: 'Store', serverState: 'online' });
    expect(presence.declaredOffline).toBe(false);
    main.serverState = 'offline';
    await system.advance(HEARTBEAT_MS);
    expect(presence.declaredOffline).toBe(true);
    expect(presence.status().lastError).toBe('it says that it is offline: for a test');
    main.serverState = 'transitioning to online';
    presence.lookNow();
    await system.settle();
    expect(presence.online).toBe(true);
  });

  it('does not call a main offline that it has not looked for yet', async () => {
    const { system, main, presence } = rig();
    main.up = false;
    expect([presence.online, presence.declaredOffline]).toEqual([false, false]);
    presence.start();
    await system.settle();
    expect(presence.declaredOffline).toBe(true);
  });

  it('holds a main without heartbeats by probes alone', async () => {
    const { system, main, presence, announced } = rig();
    main.backroom = false;
    presence.start();
    await system.advance(2 * HEARTBEAT_MS);
    expect(announced).toEqual(['online']);
    expect(main).toMatchObject({ probes: 3, beats: 0 });
    main.up = false;
    await system.advance(HEARTBEAT_MS);
    expect(announced).toEqual(['online', 'offline']);
  });

  it('goes on when a state cannot be announced', async () => {
    const { system, presence } = rig(() => Promise.reject(new Error('the disk is full')));
    presence.start();
    await system.advance(60_000);
    expect(presence.online).toBe(true);
    expect(system.lines.map(({ message }) => message)).toContain('a state was not announced');
  });
});
