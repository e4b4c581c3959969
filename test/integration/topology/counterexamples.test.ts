import { describe, expect, it } from 'vitest';
import { checkTopology } from '../../../server/core/topology/check.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { standardModules } from '../../../server/modules.ts';
import {
  ADDRESS,
  doIt,
  hasRecord,
  openTillOf,
  outcomeAt,
  playSteps,
} from '../../support/topology/play.ts';
import { RoutedTill } from '../../support/topology/routed-till.ts';
import type { RunningEstate } from '../../support/topology/running-estate.ts';
import { runEstate } from '../../support/topology/running-estate.ts';
import { wrongEstate } from '../../support/topology/wrong-estate.ts';
import {
  CASH_MOVEMENT,
  CASH_UP,
  CUSTOMER,
  TICKET,
  only,
  server,
  storeServer,
  topology,
} from '../../unit/core/topology/estates.ts';

/**
 * The stories that the checker tells of wrong estates, played by the estate's own till and servers: each
 * loss that it predicts happens. Which estate a test is about is said by the sentence of the
 * checker's own tests (test/unit/core/topology/wrong/).
 */
const WAIT = { timeout: 20_000, interval: 50 };
const LIMIT_MS = 30_000;

const failoverTickets: readonly ServerModule[] = standardModules.map((module) => ({
  ...module,
  services: module.services.map((service) =>
    service.name === TICKET ? { ...service, routingType: 'Failover' } : service,
  ),
}));

describe('sales that are split between mains', () => {
  it(
    'customers go to one main and tickets to another',
    async () => {
      const { finding, definitions } = wrongEstate(
        'customers go to one main and tickets to another',
      );
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      const [, ticket] = await playSteps(estate, till, finding);
      expect(hasRecord(estate, 'Backup', CUSTOMER)).toBe(false);
      expect(hasRecord(estate, 'Central', TICKET)).toBe(false);
      // The till was told that its ticket is safe, and it is in no main's books.
      expect(outcomeAt(estate, 'Backup', ticket!)).toBe('waiting');
      expect(hasRecord(estate, 'Backup', TICKET)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'addresses go to a main that has no customers',
    async () => {
      const apart = topology({
        servers: [
          storeServer('Shop', 10),
          server('Central', 20),
          server('Post', 30, only(ADDRESS)),
        ],
      });
      const finding = checkTopology(apart).find(({ where }) => where.services.includes(ADDRESS));
      expect(finding?.story).toContain('Post never hears of the customer.');
      await using estate = await runEstate(apart.definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      const [, address] = await playSteps(estate, till, finding!);
      expect(outcomeAt(estate, 'Central', address!)).toBe('applied');
      expect(outcomeAt(estate, 'Post', address!)).toBe('waiting');
      expect(hasRecord(estate, 'Post', CUSTOMER)).toBe(false);
      expect(hasRecord(estate, 'Post', ADDRESS)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'cash-ups go to a main that gets no tickets',
    async () => {
      const { finding, definitions } = wrongEstate('cash-ups go to a main that gets no tickets');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      await doIt(till, CUSTOMER);
      const [, cashUp] = await playSteps(estate, till, finding);
      expect(outcomeAt(estate, 'Central', cashUp!)).toBe('applied');
      expect(outcomeAt(estate, 'Books', cashUp!)).toBe('waiting');
      expect(hasRecord(estate, 'Books', TICKET)).toBe(false);
      expect(hasRecord(estate, 'Books', CASH_UP)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'cash movements stay away from the main of the cash-ups',
    async () => {
      const { finding, definitions } = wrongEstate(
        'cash movements stay away from the main of the cash-ups',
      );
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Central', 'VBS-2');
      await playSteps(estate, till, finding);
      expect(hasRecord(estate, 'Cash', CASH_MOVEMENT)).toBe(true);
      expect(hasRecord(estate, 'Central', CASH_MOVEMENT)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'a second main gets tickets and no cash-ups',
    async () => {
      const { finding, definitions } = wrongEstate('a second main gets tickets and no cash-ups');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      await doIt(till, CUSTOMER);
      await playSteps(estate, till, finding);
      expect(hasRecord(estate, 'Central', CASH_UP)).toBe(true);
      expect(hasRecord(estate, 'Archive', TICKET)).toBe(true);
      expect(hasRecord(estate, 'Archive', CASH_UP)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'tickets go to one of two mains that are not kept alike',
    async () => {
      const { definitions } = wrongEstate('tickets go to one of two mains that are not kept alike');
      await using estate = await runEstate(definitions, { modules: failoverTickets });
      const till = await openTillOf(estate, 'Central', 'VBS-2');
      await doIt(till, CUSTOMER);
      const sell = (id: string, at: string) => sellTo(till, { id, documentNo: id }, at);
      const first = await sell('FIRST', 'Central');
      await expect.poll(() => till.isConfirmed(first), WAIT).toBe(true);
      await estate.stop('Central');
      const second = await sell('SECOND', 'Backup');
      expect(second.takers).toEqual(['Backup']);
      expect(ticketsAt(estate, 'Backup')).toEqual(['SECOND']);
      await estate.start('Central');
      // Only when Central is back does it have both; Backup never does.
      await expect.poll(() => till.isConfirmed(second), WAIT).toBe(true);
      expect(ticketsAt(estate, 'Central')).toEqual(['FIRST', 'SECOND']);
      expect(ticketsAt(estate, 'Backup')).toEqual(['SECOND']);
    },
    LIMIT_MS,
  );
});

/** A fail-over call: the ticket is offered to one main, whom the story names. */
async function sellTo(till: RoutedTill, ticket: { id: string; documentNo: string }, name: string) {
  const up = till.router.servers.filter((each) => each.name === name);
  expect(up).toHaveLength(1);
  return till.sendTo(up, TICKET, {
    ...{ ...ticket, orderType: 0, orderDate: '2026-11-24T09:00:00.000Z', gross: 1.21, net: 1 },
    ...{ bp: { id: 'ANA' }, lines: [], payments: [] },
  });
}

function ticketsAt(estate: RunningEstate, key: string): unknown[] {
  return estate.rows(key, 'SELECT id FROM ticket ORDER BY id').map(({ id }) => id);
}

describe('sales that reach no main', () => {
  it(
    'a main serves another region',
    async () => {
      const { finding, definitions } = wrongEstate('a main serves another region');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      expect(till.servers).toEqual(['Shop']);
      const sent = await doIt(till, finding.steps[0]!.service);
      expect(sent.takers).toEqual(['Shop']);
      // It is taken and has no destination: nothing will ever carry it on.
      expect(estate.rows('Shop', 'SELECT message_id FROM entry')).toEqual([
        { message_id: sent.messageId },
      ]);
      expect(estate.rows('Shop', 'SELECT destination FROM delivery')).toEqual([]);
      expect(await till.isConfirmed(sent)).toBe(false);
      expect(hasRecord(estate, 'Central', TICKET)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'nobody takes cash-ups',
    async () => {
      const { finding, definitions } = wrongEstate('nobody takes cash-ups');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Central', 'VBS-2');
      expect((await doIt(till, TICKET)).takers).toEqual(['Central']);
      expect((await doIt(till, finding.steps[0]!.service)).takers).toEqual([]);
      expect(hasRecord(estate, 'Central', CASH_UP)).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'a misspelt service',
    async () => {
      const { definitions } = wrongEstate('a misspelt service');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      const customer = await doIt(till, CUSTOMER);
      const sent = await doIt(till, TICKET);
      for (const each of [customer, sent]) {
        await expect.poll(() => till.isConfirmed(each), WAIT).toBe(true);
      }
      expect(till.offering(TICKET).map(({ name }) => name)).not.toContain('Other');
      expect(hasRecord(estate, 'Central', TICKET)).toBe(true);
      expect(hasRecord(estate, 'Other', TICKET)).toBe(false);
    },
    LIMIT_MS,
  );
});

describe('tills that do not find what they need', () => {
  /** A till that has asked for its servers and has not logged in. */
  const openAt = (estate: RunningEstate, page: string, searchKey = 'VBS-2'): Promise<RoutedTill> =>
    RoutedTill.open(
      estate.url(page),
      estate.definitions.terminals.find((row) => row.searchKey === searchKey)!,
    );

  it(
    'nobody logs in',
    async () => {
      const { definitions } = wrongEstate('nobody logs in');
      await using estate = await runEstate(definitions);
      const till = await openAt(estate, 'Central');
      expect(till.servers).toEqual(['Central']);
      expect(await till.logIn()).toMatchObject({ ok: false });
    },
    LIMIT_MS,
  );

  it(
    'a store server that does not log in',
    async () => {
      const { definitions } = wrongEstate('a store server that does not log in');
      await using estate = await runEstate(definitions);
      const before = await openTillOf(estate, 'Shop', 'VBS-2');
      await estate.stop('Central');
      const till = await openAt(estate, 'Shop');
      expect(await till.logIn()).toMatchObject({ ok: false });
      // Whoever is logged in already goes on at the store server.
      expect((await doIt(before, TICKET)).takers).toEqual(['Shop']);
    },
    LIMIT_MS,
  );

  it(
    'only a main',
    async () => {
      const { definitions } = wrongEstate('only a main');
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Central', 'VBS-2');
      await estate.stop('Central');
      expect((await doIt(till, TICKET)).takers).toEqual([]);
      expect(await till.logIn()).toMatchObject({ ok: false });
      const customers = 'org.openbravo.retail.posterminal.master.BusinessPartner';
      expect((await till.router.query(customers, {})).reply.kind).toBe('failure');
    },
    LIMIT_MS,
  );

  it(
    'a server that serves nobody',
    async () => {
      const { definitions } = wrongEstate('a server that serves nobody');
      await using estate = await runEstate(definitions);
      const till = await openAt(estate, 'Shop');
      expect(till.servers).toEqual(['Shop', 'Central']);
      await Promise.all([estate.stop('Shop'), estate.stop('Central')]);
      expect((await fetch(estate.url('Spare').replace('/openbravo', '/healthz'))).ok).toBe(true);
      expect(await till.logIn()).toMatchObject({ ok: false });
    },
    LIMIT_MS,
  );

  it(
    'a server without an address',
    async () => {
      const { definitions } = wrongEstate('a server without an address');
      const address = ({ key }: { key: string }, url: string) => (key === 'Shop' ? '' : url);
      await using estate = await runEstate(definitions, { address });
      expect((await openAt(estate, 'Central')).servers).toEqual(['Central']);
    },
    LIMIT_MS,
  );

  it(
    'an address without its context path',
    async () => {
      const { definitions } = wrongEstate('an address without its context path');
      const address = ({ key }: { key: string }, url: string) =>
        key === 'Central' ? new URL(url).origin : url;
      await using estate = await runEstate(definitions, { address });
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      const central = till.router.servers.find(({ name }) => name === 'Central')!;
      const { reply } = await till.router.offer(central, TICKET, '{}');
      expect(reply).toMatchObject({ status: 404 });
      // It is up nevertheless.
      expect((await fetch(`${central.address}/healthz`)).ok).toBe(true);
    },
    LIMIT_MS,
  );

  it(
    'a till in an organization that is not there',
    async () => {
      const { definitions } = wrongEstate('a till in an organization that is not there');
      await using estate = await runEstate(definitions);
      expect((await openAt(estate, 'Shop', 'VBS-2')).servers).toEqual(['Shop', 'Central']);
      expect((await openAt(estate, 'Shop', 'VXX-1')).servers).toEqual(['Central']);
    },
    LIMIT_MS,
  );

  it.each(['servers and no enablement', 'the enablement below the system'])(
    '%s',
    async (what) => {
      const { definitions } = wrongEstate(what);
      await using estate = await runEstate(definitions);
      const till = await openTillOf(estate, 'Shop', 'VBS-2');
      // It knows its page's own server only, and does not turn to the other.
      expect(till.servers).toEqual(['Default']);
      await estate.stop('Shop');
      expect((await doIt(till, TICKET)).takers).toEqual([]);
      expect(await till.logIn()).toMatchObject({ ok: false });
    },
    LIMIT_MS,
  );
});
