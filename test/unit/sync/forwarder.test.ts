import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { HEARTBEAT_MS } from '../../../server/core/heartbeat-interval.ts';
import { DAMAGED } from '../../../server/sync/forwarder.ts';
import { MainLink } from '../../../server/sync/main-link.ts';
import { SUSPECT_ATTEMPTS } from '../../../server/sync/parcels.ts';
import type { Storage } from '../../../server/storage/port.ts';
import { FakeMain, cut, loginPage, mainServer, unreachable } from './fake-main.ts';
import { FakeOutbox } from './fake-outbox.ts';
import { manualSystem } from './manual-system.ts';
import type { ManualSystem } from './manual-system.ts';

interface Rig {
  system: ManualSystem;
  main: FakeMain;
  outbox: FakeOutbox;
  link: MainLink;
  /** What the link is told of the others. */
  routing: { held: boolean; groups: { destination: string; leads: boolean }[]; offline: string[] };
}

const open: MainLink[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((link) => link.stop()));
});

function rig(seed = 1): Rig {
  const system = manualSystem(seed);
  const main = new FakeMain();
  const outbox = new FakeOutbox();
  const routing: Rig['routing'] = { held: false, groups: [], offline: [] };
  const storage = Object.assign(outbox, { announce: () => Promise.resolve() });
  const link = new MainLink({
    server: mainServer,
    upstream: main,
    storage: storage as unknown as Storage,
    system,
    self: { key: 'Store', version: '1' },
    routing: () => routing,
    about: () => ({}),
    heartbeatIntervalMs: () => HEARTBEAT_MS,
    onOnline: () => undefined,
    onState: () => undefined,
    onHeartbeat: () => undefined,
  });
  open.push(link);
  return { system, main, outbox, link, routing };
}

/** A link whose main is online, with nothing to do. */
async function online(seed = 1): Promise<Rig> {
  const parts = rig(seed);
  parts.link.start();
  await parts.system.settle();
  expect(parts.link.presence.online).toBe(true);
  return parts;
}

describe('the forwarder', () => {
  it('sends nothing while a manager holds this server offline', async () => {
    const { system, main, outbox, link, routing } = await online();
    routing.held = true;
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.advance(120_000);
    expect(main.calls).toEqual([]);
    expect(outbox.rows[0]?.claim).toBe(0);
    routing.held = false;
    link.forwarder.wake();
    await system.settle();
    expect(main.applied).toEqual(['A1']);
  });

  it('stops between two calls when it is held, and gives back what it claimed', async () => {
    const { system, main, outbox, link, routing } = rig();
    main.backroom = false;
    main.script = () => {
      routing.held = true;
      return undefined;
    };
    for (const id of ['A1', 'A2', 'A3']) outbox.add('T1', id);
    link.start();
    await system.settle();
    expect(main.applied).toEqual(['A1']);
    expect(outbox.states()).toEqual({ A1: 'acknowledged', A2: 'waiting', A3: 'waiting' });
  });

  it('asks for what falls to its main in a group, and says who is offline', async () => {
    const { system, outbox, link, routing } = await online();
    routing.groups = [{ destination: 'First > Main', leads: true }];
    routing.offline = ['First'];
    link.forwarder.wake();
    await system.settle();
    expect(outbox.queries.slice(-2)).toMatchObject([
      { destination: 'Main' },
      {
        destination: 'First > Main',
        group: { member: 'Main', leads: true, offline: ['First'] },
      },
    ]);
    expect(outbox.queries.at(-2)).not.toHaveProperty('group');
  });

  it('sends what waits as one batch as soon as it is woken', async () => {
    const { system, main, outbox, link } = await online();
    outbox.add('T1', 'A1');
    outbox.add('T2', 'B1');
    outbox.add('T1', 'A2');
    link.forwarder.wake();
    await system.settle();
    expect(main.calls).toEqual([['A1', 'B1', 'A2']]);
    expect(outbox.states()).toEqual({ A1: 'acknowledged', B1: 'acknowledged', A2: 'acknowledged' });
  });

  it('finds what nobody woke it for', async () => {
    const { system, main, outbox } = await online();
    outbox.add('T1', 'A1');
    await system.advance(31_000);
    expect(main.applied).toEqual(['A1']);
  });

  it('sends one message a call to a main without batches', async () => {
    const { system, main, outbox, link } = rig();
    main.backroom = false;
    outbox.add('T1', 'A1');
    outbox.add('T1', 'A2');
    link.start();
    await system.settle();
    expect(main.calls).toEqual([['A1'], ['A2']]);
    expect(main.beats).toBe(0);
    expect(Object.values(outbox.states())).toEqual(['acknowledged', 'acknowledged']);
  });

  it('keeps the order of a lane when its head fails, and goes on with other lanes', async () => {
    const { system, main, outbox, link } = rig();
    main.backroom = false;
    main.script = (ids, call) => (ids.includes('A1') && call === 1 ? loginPage : undefined);
    for (const [terminal, id] of [
      ['T1', 'A1'],
      ['T1', 'A2'],
      ['T2', 'B1'],
    ] as const) {
      outbox.add(terminal, id);
    }
    link.start();
    await system.settle();
    expect(main.calls).toEqual([['A1'], ['B1']]);
    await system.advance(1000);
    expect(main.applied).toEqual(['B1', 'A1', 'A2']);
  });

  it('counts one failure of a lane a call, however many of its messages were in it', async () => {
    const { system, main, outbox, link } = await online();
    main.script = (_ids, call) => (call === 1 ? loginPage : undefined);
    outbox.add('T1', 'A1');
    outbox.add('T1', 'A2');
    link.forwarder.wake();
    await system.settle();
    expect(outbox.settlements.map(({ result }) => result)).toEqual(['retry', 'interrupted']);
    await system.advance(1000);
    expect(main.applied).toEqual(['A1', 'A2']);
  });

  it('waits as long as the main asks for', async () => {
    const { system, main, outbox, link } = await online();
    main.script = (_ids, call) =>
      call === 1
        ? ({ ...loginPage, status: 503, retryAfterMs: 20_000 } as typeof loginPage)
        : undefined;
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.advance(19_999);
    expect(main.calls).toHaveLength(1);
    await system.advance(1);
    expect(main.applied).toEqual(['A1']);
  });

  it('does not send a message whose bytes the disk has changed', async () => {
    const { system, main, outbox, link } = await online();
    const rotten = outbox.add('T1', 'A1');
    outbox.add('T1', 'A2');
    rotten.body[3]! ^= 1;
    link.forwarder.wake();
    await system.settle();
    expect(main.calls).toEqual([['A2']]);
    expect(rotten).toMatchObject({ state: 'parked', error: DAMAGED });
  });

  it('claims nothing while the main is offline, and sends at once when it is back', async () => {
    const { system, main, outbox, link } = await online();
    main.up = false;
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.advance(100);
    expect(link.presence.online).toBe(false);
    const { claims } = outbox;
    outbox.add('T2', 'B1');
    link.forwarder.wake();
    await system.advance(60 * 60_000);
    expect(outbox.claims).toBe(claims);
    expect(main.applied).toEqual([]);
    main.up = true;
    await system.advance(15_000);
    expect(main.applied).toEqual(['A1', 'B1']);
  });

  it('sends nothing more of what it claimed when the main goes away meanwhile', async () => {
    const { system, main, outbox, link } = rig();
    main.backroom = false;
    main.script = (_ids, call) => {
      main.up = call < 2;
      return call < 2 ? undefined : unreachable;
    };
    for (let at = 0; at < 6; at += 1) outbox.add(`T${at}`, `A${at}`);
    link.start();
    await system.settle();
    expect(main.calls).toEqual([['A0'], ['A1']]);
    expect(outbox.settlements.map(({ result }) => result)).toEqual([
      ...['acknowledged', 'retry'],
      ...['interrupted', 'interrupted', 'interrupted', 'interrupted'],
    ]);
  });

  it('takes the answer to a message for contact', async () => {
    const { system, outbox, link } = await online();
    await system.advance(10_000);
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.settle();
    expect(link.status().lastContactAt).toBe('2026-11-23T12:00:10.000Z');
  });

  it('finds which message of a refused batch is refused', async () => {
    const { system, main, outbox, link } = await online();
    main.script = (ids) =>
      ids.includes('A2')
        ? ({
            ...loginPage,
            status: 413,
            text: '{"error":{"message":"too large"}}',
          } as typeof loginPage)
        : undefined;
    for (const id of ['A1', 'A2', 'A3']) outbox.add('T1', id);
    link.forwarder.wake();
    await system.settle();
    expect(main.calls).toEqual([['A1', 'A2', 'A3'], ['A1'], ['A2'], ['A3']]);
    expect(outbox.states()).toEqual({ A1: 'acknowledged', A2: 'parked', A3: 'acknowledged' });
  });

  it('lets a message that brings the main down hold back its own lane only', async () => {
    const { system, main, outbox, link } = await online();
    main.script = (ids) => (ids.includes('A1') ? cut : undefined);
    outbox.add('T1', 'A1');
    outbox.add('T1', 'A2');
    for (let at = 0; at < 5; at += 1) outbox.add('T2', `B${at}`);
    link.forwarder.wake();
    await system.advance(5 * 60_000);
    expect(main.applied).toEqual(['B0', 'B1', 'B2', 'B3', 'B4']);
    expect(
      main.calls.filter((ids) => ids.length > 2 && ids.includes('A1')).length,
    ).toBeLessThanOrEqual(SUSPECT_ATTEMPTS);
    expect(outbox.states()).toMatchObject({ A1: 'waiting', A2: 'waiting' });
  });

  it('outlives a storage that refuses, logs it once, and goes on', async () => {
    const { system, main, outbox, link } = await online();
    outbox.failing.claim = 5;
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.advance(60_000);
    expect(main.applied).toEqual(['A1']);
    expect(system.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('leaves nothing claimed when a call throws', async () => {
    const { system, main, outbox, link } = await online();
    main.script = (_ids, call) => {
      if (call === 1) throw new Error('there is no key to sign with');
      return undefined;
    };
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.advance(10_000);
    expect(main.applied).toEqual(['A1']);
    expect(outbox.settlements.map(({ result }) => result)).toEqual(['interrupted', 'acknowledged']);
  });

  it('insists on writing down how a delivery ended', async () => {
    const { system, main, outbox, link } = await online();
    outbox.failing.settle = 4;
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.advance(60_000);
    expect(main.calls).toEqual([['A1']]);
    expect(outbox.states()).toEqual({ A1: 'acknowledged' });
  });

  it('puts what is under way back in line when it is stopped', async () => {
    const { system, main, outbox, link } = await online();
    main.silent = true;
    outbox.add('T1', 'A1');
    link.forwarder.wake();
    await system.settle();
    expect(outbox.states()).toEqual({ A1: 'claimed' });
    const stopped = link.stop();
    await system.advance(3_000);
    await stopped;
    expect(outbox.states()).toEqual({ A1: 'waiting' });
    expect(outbox.settlements.map(({ result }) => result)).toEqual(['interrupted']);
  });
});

describe('a law of forwarding', () => {
  it('brings each message once and in the order of its lane through any run of faults', async () => {
    const seedAndFaults = fc.record({
      seed: fc.integer({ min: 1, max: 1e9 }),
      /** What happens to a call: nothing, lost before or after the main took it, or a strange answer. */
      faults: fc.array(fc.constantFrom('none', 'before', 'after', 'html', 'down'), {
        maxLength: 30,
      }),
    });
    await fc.assert(
      fc.asyncProperty(seedAndFaults, async ({ seed, faults }) => {
        const { system, main, outbox, link } = rig(seed);
        main.script = (ids, call) => {
          const fault = faults[call - 1] ?? 'none';
          if (fault === 'after')
            main.applied.push(...ids.filter((id) => !main.applied.includes(id)));
          if (fault === 'down') main.up = false;
          return fault === 'none' ? undefined : fault === 'html' ? loginPage : cut;
        };
        link.start();
        for (let at = 0; at < 24; at += 1) outbox.add(`T${at % 3}`, `${at % 3}-${at}`);
        for (let minute = 0; minute < 60; minute += 1) {
          await system.advance(60_000);
          main.up = true;
        }
        await link.stop();
        for (const lane of ['0', '1', '2']) {
          const order = (ids: readonly string[]): string[] =>
            ids.filter((id) => id.startsWith(`${lane}-`));
          const expected = order(outbox.rows.map(({ messageId }) => messageId));
          expect(order(main.applied)).toEqual(expected);
        }
        expect(new Set(Object.values(outbox.states()))).toEqual(new Set(['acknowledged']));
      }),
      { numRuns: 25 },
    );
  });
});
