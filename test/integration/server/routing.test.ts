import { describe, expect, it } from 'vitest';
import type { ServerStates } from '../../../server/contract/manage.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { standardModules } from '../../../server/modules.ts';
import { ORDER, serverEstate } from './estate-of-servers.ts';
import type { ServerEstate, ServerName } from './estate-of-servers.ts';

const WAIT = { timeout: 30_000, interval: 100 };
const LONG = 90_000;

/** The standard modules with tickets as a fail-over service: one of the mains is enough. */
const failoverTickets: readonly ServerModule[] = standardModules.map((module) => ({
  ...module,
  services: module.services.map((service) =>
    service.name === ORDER ? { ...service, routingType: 'Failover' } : service,
  ),
}));

async function startAll(estate: ServerEstate): Promise<void> {
  for (const name of ['A', 'B', 'Store'] as const) await estate.start(name);
  // Everybody knows everybody: tills, users and keys have arrived.
  const keys = (name: ServerName): number =>
    estate.rows(name, `SELECT id FROM record WHERE model IN ('ServerKey', 'Terminal')`).length;
  for (const name of ['B', 'Store'] as const) {
    await expect.poll(() => keys(name), { ...WAIT, message: `${name} has the estate` }).toBe(5);
  }
}

const ticketsAt = (estate: ServerEstate, name: ServerName): string[] =>
  estate.rows(name, 'SELECT id FROM ticket ORDER BY id').map(({ id }) => id as string);
const stateOf = async (estate: ServerEstate, name: ServerName): Promise<ServerStates> =>
  (await (await estate.manage(name, 'server-states')).json()) as ServerStates;

describe('a service that every main gets', () => {
  it(
    'reaches both mains through the store server, once each, whatever way it takes besides',
    async () => {
      await using estate = await serverEstate();
      await startAll(estate);
      const ids = ['M1', 'M2', 'M3'];
      for (const id of ids) expect(await estate.sell('Store', id)).toBe(200);
      await expect.poll(() => estate.confirmed('Store', ids), WAIT).toEqual(ids);
      // The till lost the answer and sends to the other server that it knows, and to the first again.
      expect(await estate.sell('B', 'M3')).toBe(200);
      expect(await estate.sell('Store', 'M3')).toBe(200);
      // What only B was given reaches A through B.
      expect(await estate.sell('B', 'M4')).toBe(200);
      const all = ['T-M1', 'T-M2', 'T-M3', 'T-M4'];
      for (const main of ['A', 'B'] as const) {
        await expect.poll(() => ticketsAt(estate, main), WAIT).toEqual(all);
        expect(estate.rows(main, 'SELECT entry_no FROM entry')).toHaveLength(4);
      }
    },
    LONG,
  );

  it(
    'reaches the second main through the first when the store server that had it is gone',
    async () => {
      await using estate = await serverEstate();
      await startAll(estate);
      await estate.stop('B');
      const ids = ['M1', 'M2'];
      for (const id of ids) expect(await estate.sell('Store', id)).toBe(200);
      await expect.poll(() => ticketsAt(estate, 'A'), WAIT).toEqual(['T-M1', 'T-M2']);
      const passedOn = 'SELECT destination, state FROM delivery ORDER BY delivery_no';
      expect(estate.rows('A', passedOn)).toEqual([]);
      // The store server is lost with its disk. The till gives A what is not confirmed, then sells on.
      await estate.stop('Store');
      const all = [...ids, 'M3'];
      for (const id of all) expect(await estate.sell('A', id)).toBe(200);
      expect(await estate.confirmed('A', all)).toEqual([]);
      const waiting = { destination: 'B', state: 'waiting' };
      expect(estate.rows('A', passedOn)).toEqual([waiting, waiting, waiting]);

      await estate.start('B');
      await expect.poll(() => estate.confirmed('A', all), WAIT).toEqual(all);
      const taken = 'SELECT message_id, actor FROM entry ORDER BY entry_no';
      const byA = all.map((id) => ({ message_id: id, actor: 'server:A' }));
      expect(estate.rows('B', taken)).toEqual(byA);
      // The till gives them to B too: nothing goes back to A, and nobody has anything twice.
      for (const id of all) expect(await estate.sell('B', id)).toBe(200);
      expect(estate.rows('B', passedOn)).toEqual([]);
      expect(await estate.confirmed('B', all)).toEqual(all);
      // The store server was not lost after all, and owes them to B still.
      await estate.start('Store');
      await expect.poll(() => estate.confirmed('Store', ids), WAIT).toEqual(ids);
      expect(estate.rows('B', taken)).toEqual(byA);
      expect(estate.rows('A', taken)).toHaveLength(3);
    },
    LONG,
  );

  it(
    'does not go round between mains that tills and a store server hand it to',
    async () => {
      await using estate = await serverEstate();
      await startAll(estate);
      await estate.sell('Store', 'M1');
      await expect.poll(() => estate.confirmed('Store', ['M1']), WAIT).toEqual(['M1']);
      for (const main of ['A', 'B', 'A', 'B'] as const) await estate.sell(main, 'M1');
      for (const main of ['A', 'B'] as const) {
        await expect.poll(() => estate.confirmed(main, ['M1']), WAIT).toEqual(['M1']);
      }
      // Each main passed it on once, for each had it from the store server alone.
      const sent = 'SELECT destination, state, attempts_started FROM delivery';
      const once = { state: 'acknowledged', attempts_started: 1 };
      expect(estate.rows('A', sent)).toEqual([{ destination: 'B', ...once }]);
      expect(estate.rows('B', sent)).toEqual([{ destination: 'A', ...once }]);
      for (const main of ['A', 'B'] as const) {
        expect(ticketsAt(estate, main)).toEqual(['T-M1']);
        expect(estate.rows(main, 'SELECT entry_no FROM entry')).toHaveLength(1);
      }
    },
    LONG,
  );

  it(
    'is withdrawn from a main that is switched off, and goes to one that is added',
    async () => {
      await using estate = await serverEstate();
      await startAll(estate);
      await estate.stop('B');
      const ids = ['M1', 'M2'];
      for (const id of ids) await estate.sell('Store', id);
      await expect.poll(() => ticketsAt(estate, 'A'), WAIT).toHaveLength(2);
      expect(await estate.confirmed('Store', ids)).toEqual([]);

      await estate.redefine({ B: { active: false } });
      await expect
        .poll(() => estate.confirmed('Store', ids), { ...WAIT, timeout: 60_000 })
        .toEqual(ids);
      const withdrawn = `SELECT withdrawn_by FROM delivery WHERE destination = 'B'`;
      expect(estate.rows('Store', withdrawn)).toEqual([
        { withdrawn_by: 'definitions' },
        { withdrawn_by: 'definitions' },
      ]);

      await estate.manage('Store', 'server-state', { to: 'offline', reason: 'hold it' });
      await estate.sell('Store', 'M3');
      const forB = `SELECT entry_no FROM delivery WHERE destination = 'B' AND state = 'waiting'`;
      expect(estate.rows('Store', forB)).toEqual([]);
      await estate.redefine({});
      await expect.poll(() => estate.rows('Store', forB), WAIT).toHaveLength(1);
      await estate.manage('Store', 'server-state', { to: 'online', reason: 'go on' });
      await estate.start('B');
      // Only what was not confirmed when B was added is sent to it.
      await expect.poll(() => ticketsAt(estate, 'B'), WAIT).toEqual(['T-M3']);
      await expect.poll(() => estate.confirmed('Store', ['M3']), WAIT).toEqual(['M3']);
    },
    LONG,
  );
});

describe('a service that one of a group of mains gets', () => {
  it(
    'goes to the next while the first is gone, who passes it on when that returns',
    async () => {
      await using estate = await serverEstate({ modules: failoverTickets });
      await startAll(estate);
      await estate.sell('Store', 'M1');
      await expect.poll(() => estate.confirmed('Store', ['M1']), WAIT).toEqual(['M1']);
      expect(ticketsAt(estate, 'A')).toEqual(['T-M1']);
      expect(ticketsAt(estate, 'B')).toEqual([]);

      await estate.stop('A');
      for (const id of ['M2', 'M3']) await estate.sell('Store', id);
      await expect.poll(() => estate.confirmed('Store', ['M2', 'M3']), WAIT).toEqual(['M2', 'M3']);
      expect(ticketsAt(estate, 'B')).toEqual(['T-M2', 'T-M3']);

      await estate.start('A');
      // What is sold now does not overtake what B took.
      await estate.sell('Store', 'M4');
      // M3 comes to A on two ways: from B, and from a till that had not heard of its answer.
      await estate.sell('A', 'M3');
      const all = ['T-M1', 'T-M2', 'T-M3', 'T-M4'];
      await expect.poll(() => ticketsAt(estate, 'A'), { ...WAIT, timeout: 80_000 }).toEqual(all);
      const taken = estate.rows('A', 'SELECT message_id FROM entry ORDER BY entry_no');
      expect(taken).toHaveLength(4);
      expect(taken.at(-1)).toEqual({ message_id: 'M4' });
      await expect
        .poll(() => estate.rows('B', `SELECT state FROM delivery WHERE state = 'waiting'`), WAIT)
        .toEqual([]);
      const destinations = estate.rows('B', 'SELECT DISTINCT destination FROM delivery');
      expect(destinations).toEqual([{ destination: 'A' }]);
    },
    LONG,
  );
});

describe('states of servers', () => {
  it(
    'a manager holds a store server offline with a reason, and everybody sees it',
    async () => {
      await using estate = await serverEstate();
      await startAll(estate);
      const own = async (): Promise<string> => (await stateOf(estate, 'Store')).own.state;
      await expect.poll(own, WAIT).toBe('online');
      const wish = { to: 'offline', reason: 'new cabling' };
      expect((await estate.manage('Store', 'server-state', wish)).status).toBe(204);
      expect((await stateOf(estate, 'Store')).own).toMatchObject({
        state: 'offline',
        reason: 'new cabling',
        forced: true,
      });
      // Selling goes on; nothing is forwarded, also after a restart.
      expect(await estate.sell('Store', 'M1')).toBe(200);
      await estate.stop('Store');
      await estate.start('Store');
      expect(await estate.sell('Store', 'M2')).toBe(200);
      await expect
        .poll(async () => (await stateOf(estate, 'A')).peers, WAIT)
        .toContainEqual(
          expect.objectContaining({ key: 'Store', state: 'offline', reason: 'new cabling' }),
        );
      expect(ticketsAt(estate, 'A')).toEqual([]);
      expect(estate.rows('Store', 'SELECT attempts_started FROM delivery')).not.toContainEqual({
        attempts_started: 1,
      });

      const freed = { to: 'online', reason: 'cabling is done' };
      expect((await estate.manage('Store', 'server-state', freed)).status).toBe(204);
      await expect.poll(() => ticketsAt(estate, 'A'), WAIT).toEqual(['T-M1', 'T-M2']);
      await expect.poll(own, WAIT).toBe('online');
      const audited = estate.rows(
        'Store',
        `SELECT actor, detail FROM audit WHERE action = 'forceState' ORDER BY line_no`,
      );
      expect(audited).toEqual([
        { actor: 'user:boss', detail: JSON.stringify(wish) },
        { actor: 'user:boss', detail: JSON.stringify(freed) },
      ]);
      expect((await estate.manage('Store', 'server-state', { to: 'online' })).status).toBe(400);
    },
    LONG,
  );

  it(
    'a main that a manager holds offline is not sent to, and its place is taken',
    async () => {
      await using estate = await serverEstate({ modules: failoverTickets });
      await startAll(estate);
      await estate.manage('A', 'server-state', { to: 'offline', reason: 'database moves' });
      // B too, which would pass on to A what it takes in its place.
      for (const name of ['Store', 'B'] as const) {
        const seen = async (): Promise<unknown> =>
          (await stateOf(estate, name)).peers.find(({ key }) => key === 'A');
        await expect
          .poll(seen, { ...WAIT, timeout: 60_000 })
          .toMatchObject({ reason: expect.stringContaining('database moves') as string });
      }
      await estate.sell('Store', 'M1');
      await expect.poll(() => ticketsAt(estate, 'B'), WAIT).toEqual(['T-M1']);
      expect(ticketsAt(estate, 'A')).toEqual([]);
      await estate.manage('A', 'server-state', { to: 'online', reason: 'moved' });
      await expect.poll(() => ticketsAt(estate, 'A'), WAIT).toEqual(['T-M1']);
    },
    LONG,
  );

  it(
    'the field asks for states by its own services',
    async () => {
      await using estate = await serverEstate();
      await startAll(estate);
      const controller = 'org.openbravo.mobile.core.servercontroller';
      const status = async (name: ServerName): Promise<unknown> =>
        (await estate.query(name, `${controller}.MobileServerStatusInformation`))['serverStatus'];
      await expect.poll(() => status('A'), WAIT).toBe('ON');
      const known = async (serverKey: string): Promise<unknown> => {
        const retrieve = `${controller}.RetrieveMobileServerStatus`;
        return (await estate.query('A', retrieve, { serverKey }))['serverStatus'];
      };
      await expect.poll(() => known('Store'), WAIT).toBe('ON');
      expect(await known('A')).toBe('ON');
      expect(await known('Nobody')).toBeUndefined();
    },
    LONG,
  );
});
