import { describe, expect, it } from 'vitest';
import { durationPreferenceMs } from '../../../server/core/preferences.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { standardModules } from '../../../server/modules.ts';
import type { TransactionLane } from '../../../terminal/routing.ts';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import { definitionsOf } from '../../support/definitions.ts';
import { doIt, hasRecord, openTillOf, outcomeAt, playSteps } from '../../support/topology/play.ts';
import { officeAt } from '../../support/topology/office.ts';
import { RoutedTill } from '../../support/topology/routed-till.ts';
import type { EstateDefinitions, RunningEstate } from '../../support/topology/running-estate.ts';
import { runEstate } from '../../support/topology/running-estate.ts';
import { openSlowMain } from '../../support/topology/slow-main.ts';
import { wrongEstate } from '../../support/topology/wrong-estate.ts';
import { CUSTOMER, TICKET, server, storeServer, till } from '../../unit/core/topology/estates.ts';
import { estateOf } from '../../unit/core/topology/estates.ts';

/**
 * More stories of the checker, played against real servers: those of wrong services, preferences and
 * people. Which estate a test is about is said by the sentence of the checker's own tests.
 */
const WAIT = { timeout: 20_000, interval: 50 };
const LIMIT_MS = 60_000;
const POINTS = 'com.example.loyalty.Points';
const GET_TOKEN = 'org.openbravo.mobile.core.authenticate.GetToken';

const openAt = (estate: RunningEstate, page: string, searchKey = 'VBS-2'): Promise<RoutedTill> =>
  RoutedTill.open(
    estate.url(page),
    estate.definitions.terminals.find((row) => row.searchKey === searchKey)!,
  );

/** The standard modules with one more service, or with another definition of a service in front. */
function withService(
  service: ServerModule['services'][number],
  place: 'before' | 'after' = 'after',
): readonly ServerModule[] {
  const loyalty: ServerModule = { name: 'com.example.loyalty', models: [], services: [service] };
  return place === 'before' ? [loyalty, ...standardModules] : [...standardModules, loyalty];
}

/** The standard service with other members. */
function changed(name: string, parts: object): ServerModule['services'][number] {
  const service = standardModules.flatMap((each) => each.services).find((row) => row.name === name);
  return { ...service!, ...parts };
}

describe('the order in which servers are tried', () => {
  it(
    'two store servers with one priority',
    async () => {
      const { finding, definitions } = wrongEstate('two store servers with one priority');
      await using estate = await runEstate(definitions);
      const ours = await openTillOf(estate, 'Shop', 'VBS-2');
      expect(finding.steps.map(({ reaches }) => reaches)).toEqual([['Annex']]);
      expect(ours.offering(GET_TOKEN)[0]?.name).toBe('Annex');
      expect((await doIt(ours, CUSTOMER)).takers).toEqual(['Annex']);
      // The priorities do not tell them apart: a client that goes by its rows may begin with the other.
      const { servers } = ours.router;
      const first = servers.filter((row) => row.priority === servers[0]?.priority).at(-1)!;
      const rows = [first, ...servers.filter((row) => row !== first)];
      const other = await openTillOf(estate, 'Shop', 'VBS-3');
      const [begin = first] = rows.toSorted((a, b) => a.priority - b.priority);
      const sent = await other.sendTo([begin], TICKET, { id: 'OTHER', documentNo: 'VBS-3/1' });
      expect(sent.takers).toEqual(['Shop']);
    },
    LIMIT_MS,
  );
});

describe('mains that are kept alike by nobody', () => {
  it.each(['a main that is its own reserve', 'replication with a server that is not there'])(
    '%s',
    async (what) => {
      const { definitions } = wrongEstate(what);
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      for (const service of [CUSTOMER, TICKET]) {
        const sent = await doIt(till, service);
        await expect.poll(() => till.isConfirmed(sent), WAIT).toBe(true);
      }
      // There is one copy, and Central passes it on to nobody.
      expect(hasRecord(estate, 'Central', TICKET)).toBe(true);
      expect(estate.rows('Shop', 'SELECT DISTINCT destination FROM delivery')).toEqual([
        { destination: 'Central' },
      ]);
      expect(estate.rows('Central', 'SELECT destination FROM delivery')).toEqual([]);
    },
    LIMIT_MS,
  );
});

describe('services that are defined wrongly', () => {
  it(
    'tickets that are pinged',
    async () => {
      const { definitions } = wrongEstate('tickets that are pinged');
      const modules = standardModules.map((module) => ({
        ...module,
        services: module.services.map((row) =>
          row.name === TICKET ? { ...row, routingType: 'Ping' as const } : row,
        ),
      }));
      await using estate = await runEstate(definitions, { modules });
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      expect(till.router.routeOf(TICKET).routingType).toBe('Ping');
      // A ping goes to the servers that are offline.
      const offline = till.router.servers.filter(({ name }) =>
        till.router.offline().includes(name),
      );
      const sent = await till.sendTo(offline, TICKET, { id: 'TICKET', documentNo: 'VBS-2/1' });
      expect(sent.takers).toEqual([]);
      for (const key of ['Shop', 'Central']) expect(outcomeAt(estate, key, sent)).toBeUndefined();
    },
    LIMIT_MS,
  );

  it(
    'a service defined twice with different routing types',
    async () => {
      const { definitions } = wrongEstate('a service defined twice with different routing types');
      // Two mains, so that "every" and "one of them" are not the same.
      const { servers } = estateOf({ servers: [server('Central', 20), server('Backup', 30)] });
      const second = changed(TICKET, { routingType: 'Failover' });
      await using estate = await runEstate(
        { ...definitions, servers },
        { modulesOf: (key) => withService(second, key === 'Central' ? 'before' : 'after') },
      );
      const one = await openTillOf(estate, 'Backup', 'VBS-2');
      const other = await openTillOf(estate, 'Central', 'VBS-3');
      const lanes = [one, other].map(({ router }) => router.lanes([TICKET]));
      expect(lanes.map((each) => each.length)).toEqual([2, 1]);
      const sell = (till: RoutedTill, lane: TransactionLane, id: string) =>
        till.sendTo(lane.servers.slice(0, 1), TICKET, { id, documentNo: id });
      const everywhere = await Promise.all(lanes[0]!.map((lane) => sell(one, lane, 'ONE')));
      expect(everywhere.map(({ takers }) => takers)).toEqual([['Central'], ['Backup']]);
      const [somewhere] = await Promise.all(lanes[1]!.map((lane) => sell(other, lane, 'OTHER')));
      await expect.poll(() => other.isConfirmed(somewhere!), WAIT).toBe(true);
      expect(outcomeAt(estate, 'Central', somewhere!)).toBeDefined();
      expect(outcomeAt(estate, 'Backup', somewhere!)).toBeUndefined();
    },
    LIMIT_MS,
  );

  it(
    'a service defined twice alike',
    async () => {
      const { definitions } = wrongEstate('a service defined twice alike');
      const second = changed(TICKET, { timeoutMs: 5_000 });
      await using estate = await runEstate(definitions, {
        modulesOf: (key) => withService(second, key === 'Central' ? 'before' : 'after'),
      });
      const timeoutAt = async (page: string): Promise<number> =>
        (await openAt(estate, page)).router.routeOf(TICKET).timeoutMs;
      expect([await timeoutAt('Shop'), await timeoutAt('Central')]).toEqual([10_000, 5_000]);
    },
    LIMIT_MS,
  );

  it(
    'a transaction that may take longer than a store server waits',
    async () => {
      const { definitions } = wrongEstate(
        'a transaction that may take longer than a store server waits',
      );
      // What the store server waits is a second and a half here, and the main needs three.
      await using slow = openSlowMain(3_000);
      await using estate = await runEstate(definitions, {
        mainUrl: (base) => slow.before(base),
        systemOf: (key, real) =>
          key === 'Shop'
            ? {
                ...real,
                timers: {
                  after: (delayMs, run) => real.timers.after(delayMs / 10, run),
                  pause: (delayMs, signal) => real.timers.pause(delayMs / 10, signal),
                },
              }
            : real,
      });
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      slow.slowDown();
      const first = await doIt(till, CUSTOMER);
      await expect.poll(() => slow.timesSent(first.messageId), WAIT).toBeGreaterThan(2);
      const behind = await doIt(till, TICKET);
      expect(outcomeAt(estate, 'Central', first)).toBe('applied');
      expect(await till.isConfirmed(first)).toBe(false);
      expect(await till.isConfirmed(behind)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'a query that waits longer than until the next ping',
    async () => {
      const { finding, definitions } = wrongEstate(
        'a query that waits longer than until the next ping',
      );
      const hanging = Promise.withResolvers<never>();
      hanging.promise.catch(() => undefined);
      const modules = withService({
        ...{ name: POINTS, routingType: 'Failover', timeoutMs: 150_000, kind: 'query' },
        answer: () => hanging.promise,
      });
      await using estate = await runEstate(definitions, { modules });
      // Waits of minutes take a thousandth of their time at this till.
      const { timers, ...others } = nodePlatform(() => undefined, 1);
      const waits: number[] = [];
      const after = (ms: number, run: () => void): (() => void) => {
        if (ms < 60_000) return timers.after(ms, run);
        waits.push(ms);
        return timers.after(ms / 1_000, run);
      };
      const platform = { ...others, timers: { ...timers, after } };
      const till = await openTillOf(estate, 'Shop', 'VBS-2', platform);
      expect(till.offering(POINTS).map(({ name }) => name)).toEqual(finding.where.servers);
      const { reply } = await till.router.query(POINTS, {});
      expect(reply).toMatchObject({ kind: 'failure', code: 'timeout' });
      const pingMs = durationPreferenceMs(
        { ...definitionsOf(), ...definitions },
        'pingInterval',
        'Bilbao',
      );
      expect(waits).toEqual([150_000, 150_000]);
      expect(waits.reduce((sum, ms) => sum + ms)).toBeGreaterThanOrEqual(pingMs);
      hanging.reject(new Error('the test is over'));
    },
    LIMIT_MS,
  );
});

describe('organizations that are wrong', () => {
  it(
    'a server for an inactive organization',
    async () => {
      const { definitions } = wrongEstate('a server for an inactive organization');
      // The tills that Shop was meant for work elsewhere since their organization was closed.
      const moved = estateOf({ terminals: [till('VXX-1', 'Moved')] }).terminals;
      const organizations = [
        ...definitions.organizations,
        { id: 'Moved', name: 'Moved', parent: null, active: true },
      ];
      const terminals = [...definitions.terminals, ...moved];
      await using estate = await runEstate({ ...definitions, organizations, terminals });
      expect((await openAt(estate, 'Shop', 'VBS-2')).servers).toEqual(['Shop', 'Central']);
      expect((await openAt(estate, 'Shop', 'VXX-1')).servers).toEqual(['Central']);
    },
    LIMIT_MS,
  );

  it(
    'no active store',
    async () => {
      const { finding, definitions } = wrongEstate('no active store');
      await using estate = await runEstate(definitions);
      // The tills are there and ask, and a running main can prove nothing for them either.
      expect((await openAt(estate, 'Shop', 'VBS-2')).servers).not.toEqual([]);
      const office = await officeAt(estate, 'Central');
      const live = (await office('/topology')) as { findings: { rule: string; story: string }[] };
      expect(live.findings[0]).toMatchObject({ rule: 'no-stores' });
      expect(live.findings[0]?.story).toBe(finding.story);
    },
    LIMIT_MS,
  );

  it(
    'a store without servers',
    async () => {
      const { definitions } = wrongEstate('a store without servers');
      const elsewhere = { allOrganizations: false, organizations: ['Other'] };
      // Somebody has to own the definitions: a main of the other region.
      const { servers } = estateOf({
        servers: [storeServer('Elsewhere', 10, elsewhere), server('Central', 20, elsewhere)],
      });
      const other = { id: 'Other', name: 'Other', parent: '0', active: true };
      const organizations = [...definitions.organizations, other];
      await using estate = await runEstate({ ...definitions, organizations, servers });
      const till = await openTillOf(estate, 'Elsewhere', 'VBS-2');
      expect(till.servers).toEqual(['Default']);
      await estate.stop('Elsewhere');
      expect((await doIt(till, TICKET)).takers).toEqual([]);
    },
    LIMIT_MS,
  );
});

describe('mains that do not know of each other', () => {
  const prioritiesAt = async (estate: RunningEstate, page: string) =>
    Object.fromEntries(
      (await openAt(estate, page)).router.servers.map(({ name, priority }) => [name, priority]),
    );
  const priority = (definitions: EstateDefinitions, key: string, value: number) => ({
    changes: [
      {
        ...{ action: 'update', model: 'MobileServer', fields: { priority: value } },
        id: definitions.servers.find((row) => row.key === key)!.id,
      },
    ],
  });

  it(
    'several mains and no owner of the definitions',
    async () => {
      const { definitions } = wrongEstate('several mains and no owner of the definitions');
      await using estate = await runEstate(definitions);
      const central = await officeAt(estate, 'Central');
      const backup = await officeAt(estate, 'Backup');
      await backup('/changes', priority(definitions, 'Backup', 35));
      await central('/changes', priority(definitions, 'Central', 25));
      await expect
        .poll(() => prioritiesAt(estate, 'Shop'), WAIT)
        .toEqual({ Shop: 10, Central: 25, Backup: 30 });
      expect(await prioritiesAt(estate, 'Backup')).toEqual({ Shop: 10, Central: 20, Backup: 35 });
    },
    LIMIT_MS,
  );

  it(
    'several mains without a store server',
    async () => {
      const { finding, definitions } = wrongEstate('several mains without a store server');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Central', 'VBS-2');
      await playSteps(estate, till, { ...finding, steps: [] });
      // A client of those years hands its ticket to the first alone; a Backroom main passes it on.
      const [first] = till.offering(TICKET);
      expect([first?.name]).toEqual(finding.steps[0]?.reaches);
      await till.sendTo([first!], CUSTOMER, { id: 'ANA', name: 'Ana' });
      const sent = await till.sendTo([first!], TICKET, { id: 'TICKET', documentNo: 'VBS-2/1' });
      expect(sent.takers).toEqual(['Central']);
      await expect.poll(() => outcomeAt(estate, 'Backup', sent), WAIT).toBeDefined();
    },
    LIMIT_MS,
  );
});
