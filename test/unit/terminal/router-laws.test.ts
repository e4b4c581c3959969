import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pinger } from '../../../terminal/pinger.ts';
import { RequestRouter } from '../../../terminal/request-router.ts';
import type { Opened } from './support/delivering.ts';
import { HEARTBEAT_MS, openDelivery, PING_MS, SERVICES, stop } from './support/delivering.ts';
import type { Mood } from './support/moody-estate.ts';
import { MOODS } from './support/moody-estate.ts';
import { fakePlatform, flush } from './support/platform.ts';

/** The longest that a till may need from the moment when all servers are well, until all is confirmed. */
const CALM_MS = 4 * 60_000;

interface Step {
  /** Time before the step. */
  afterMs: number;
  sell: (typeof SERVICES)[number][];
  moods: Mood[];
  /** The server that is replaced by an empty one, by its place. */
  forgets: number | null;
}

async function play({ estate, sell }: Opened, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await estate.platform.advance(step.afterMs);
    estate.servers.forEach((server, place) => (server.mood = step.moods[place] ?? 'well'));
    if (step.forgets !== null) estate.servers[step.forgets]?.books.clear();
    for (const service of step.sell) await sell(service);
  }
  await estate.platform.advance(1_000);
}

/** All servers are well from here on: resolves when nothing moves any more. */
async function calm({ estate, queue }: Opened): Promise<void> {
  for (const server of estate.servers) server.mood = 'well';
  const endMs = estate.platform.clock.nowMs() + CALM_MS;
  while (queue.size > 0 && estate.platform.clock.nowMs() < endMs) {
    await estate.platform.advance(HEARTBEAT_MS);
  }
}

/** One to three servers, any of them mains, with any services. */
const someServers = fc
  .array(
    fc.record({ isMain: fc.boolean(), services: fc.subarray([...SERVICES], { minLength: 1 }) }),
    { minLength: 1, maxLength: 3 },
  )
  .map((servers) => servers.map((server, place) => ({ ...server, name: `s${place}` })));

const someSteps = (forgets: fc.Arbitrary<number | null>): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 9_000 }),
      sell: fc.array(fc.constantFrom(...SERVICES), { maxLength: 3 }),
      moods: fc.array(fc.constantFrom<Mood>(...MOODS), { minLength: 3, maxLength: 3 }),
      forgets,
    }),
    { minLength: 1, maxLength: 10 },
  );

/** The most of these times that fall into any window of so many ms. */
function mostWithin(timesMs: readonly number[], windowMs: number): number {
  let [most, first] = [0, 0];
  timesMs.forEach((atMs, last) => {
    while ((timesMs[first] ?? atMs) <= atMs - windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

/**
 * Requests that move nothing (docs/request-router.md, "No storm"), in one second: for each server of
 * each lane four offers and a heartbeat, two of them repeated with a new token; for each server three
 * pings (two and the edge of the window), a question for a new token and a log-in.
 */
function checkNoStorm({ estate, router }: Opened): void {
  const useless = estate.requests.filter((each) => !each.useful).map((each) => each.atMs);
  const pairs = router.lanes(SERVICES).reduce((sum, lane) => sum + lane.servers.length, 0);
  expect(mostWithin(useless, 1_000)).toBeLessThanOrEqual(7 * pairs + 5 * router.servers.length);
}

describe('whatever its servers do, a till', () => {
  it('loses no message, believes no false receipt, sends the same bytes, and makes no storm', async () => {
    const forgets = fc.option(fc.nat(2), { freq: 4 });
    await fc.assert(
      fc.asyncProperty(someServers, someSteps(forgets), async (servers, steps) => {
        const opened = await openDelivery(servers);
        const { estate, queue, log, delivery } = opened;
        await play(opened, steps);
        const offered = new Set(servers.flatMap((server) => server.services));
        const made = steps.flatMap((step) => step.sell);
        const homeless = made.filter((service) => !offered.has(service));
        await calm(opened);
        // What nobody offers is kept and told; all else is confirmed.
        expect(queue.messages().map(({ service }) => service)).toEqual(homeless);
        expect(new Set(delivery.servicesWithoutServer())).toEqual(new Set(homeless));
        expect(estate.faults).toEqual([]);
        for (const record of log.records) {
          if (record.kind !== 'accepted') continue;
          expect(estate.receipts).toContain(`${record.server} ${record.messageId}`);
        }
        checkNoStorm(opened);
        await stop(opened);
      }),
      { numRuns: 200 },
    );
  });

  it('hands over in its order: on each lane, and of each service at each server', async () => {
    await fc.assert(
      fc.asyncProperty(someServers, someSteps(fc.constant(null)), async (servers, steps) => {
        const opened = await openDelivery(servers);
        await play(opened, steps);
        await calm(opened);
        const { arrivals } = opened.estate;
        const lanes = opened.router.lanes(SERVICES);
        for (const { routes, servers: members } of lanes) {
          const names = new Set(members.map(({ name }) => name));
          const onLane = arrivals.filter(
            ({ server, service }) => names.has(server) && routes.has(service),
          );
          const firsts = [...new Set(onLane.map(({ messageId }) => messageId))];
          expect(firsts).toEqual(firsts.toSorted());
          for (const name of names) {
            for (const service of routes.keys()) {
              const own = onLane
                .filter((each) => each.server === name && each.service === service)
                .map(({ messageId }) => messageId);
              expect(own).toEqual(own.toSorted());
            }
          }
        }
        await stop(opened);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a store server that is wiped', () => {
  it('is offered all 60 unconfirmed messages again, in their order', async () => {
    const opened = await openDelivery([
      { name: 'store', isMain: false, services: SERVICES },
      { name: 'main', isMain: true, services: ['Other'] },
    ]);
    const { estate, queue, sell } = opened;
    const [store] = estate.servers;
    if (store === undefined) throw new Error('there is a store server');
    for (let sale = 0; sale < 60; sale += 1) await sell(SERVICES[sale % 3] ?? '');
    await estate.platform.advance(2_000);
    const before = [...store.books.keys()];
    expect(before).toHaveLength(60);
    store.books.clear();
    await estate.platform.advance(20_000);
    expect([...store.books.keys()]).toEqual(before);
    expect(queue.size).toBe(0);
    await stop(opened);
  });
});

describe('a server that comes and goes', () => {
  /** How often it may be preferred again within a minute: after 2, 4, 8 and 16 s of good answers. */
  const MOST_RETURNS_PER_MINUTE = 4;

  it('is not preferred again more than four times in any minute', async () => {
    const span = fc.integer({ min: 200, max: 2_500 });
    await fc.assert(
      fc.asyncProperty(span, span, fc.integer({ min: 100, max: 900 }), async (up, down, pace) => {
        let isUp = true;
        const calm = { response: { status: 0 } };
        const platform = fakePlatform((input) =>
          isUp || !(input as string).includes('//a.')
            ? Promise.resolve(Response.json(calm))
            : Promise.reject(new TypeError('ECONNREFUSED')),
        );
        const router = new RequestRouter({ platform, origin: 'http://a.test', terminalName: 'T' });
        const server = { allServices: true, mainServer: false, currentServer: false, services: [] };
        router.configure({
          servers: ['a', 'b'].map((name, priority) => ({
            ...{ ...server, name, priority, address: `http://${name}.test` },
          })),
          services: [],
        });
        const [flapping] = router.servers;
        if (flapping === undefined) throw new Error('there are two servers');
        const returns: number[] = [];
        let was = true;
        router.changes.subscribe(() => {
          const { online } = router.healthOf(flapping);
          if (online && !was) returns.push(platform.clock.nowMs());
          was = online;
        });
        const pinger = new Pinger({ platform, router, intervalMs: PING_MS });
        pinger.start();
        const flap = (): void => {
          isUp = !isUp;
          platform.timers.after(isUp ? up : down, flap);
        };
        platform.timers.after(up, flap);
        for (let spentMs = 0; spentMs < 150_000; spentMs += pace) {
          expect((await router.query('Query', {})).reply.kind).toBe('answer');
          await platform.advance(pace);
        }
        expect(mostWithin(returns, 60_000)).toBeLessThanOrEqual(MOST_RETURNS_PER_MINUTE);
        await pinger.stop();
        await flush();
      }),
      { numRuns: 20 },
    );
  });
});
