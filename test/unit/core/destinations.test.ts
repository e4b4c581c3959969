import { describe, expect, it } from 'vitest';
import type { MobileServer, MobileService } from '../../../server/contract/definitions.ts';
import {
  destinationOf,
  isGroup,
  leaderOf,
  membersOf,
} from '../../../server/core/destination-group.ts';
import { destinationsOf } from '../../../server/core/destinations.ts';
import { definitionsOf } from '../../support/definitions.ts';

const ORDER = 'org.openbravo.retail.posterminal.OrderLoader';
const CUSTOMER = 'org.openbravo.retail.posterminal.CustomerLoader';
const services: MobileService[] = [ORDER, CUSTOMER].map((name) => ({
  name,
  module: 'test',
  routingType: 'Transaction',
  timeoutMs: 10_000,
}));

function server(key: string, parts: Partial<MobileServer> = {}): MobileServer {
  return {
    id: key,
    key,
    name: key,
    description: '',
    type: 'MAIN',
    url: `http://${key}/openbravo`,
    priority: 1,
    allOrganizations: true,
    organizations: [],
    allServices: true,
    definedServices: 'only',
    services: [],
    active: true,
    ...parts,
  };
}

const STORE = { key: 'Store', role: 'store' } as const;

interface Parts {
  service?: string;
  organization?: string;
  sender?: string | null;
  alsoByTill?: boolean;
  self?: { key: string; role: 'store' | 'main' };
  services?: MobileService[];
}

function destinations(servers: MobileServer[], parts: Parts = {}): string[] {
  const { service = ORDER, organization = 'Shop', sender = null, self = STORE } = parts;
  const { alsoByTill = false } = parts;
  const organizations = [
    { id: 'Region', name: 'Region', parent: null, active: true },
    { id: 'Shop', name: 'Shop', parent: 'Region', active: true },
    { id: 'Elsewhere', name: 'Elsewhere', parent: null, active: true },
  ];
  const message = { service, organization, sender, alsoByTill, self };
  return destinationsOf(
    definitionsOf({ servers, organizations }),
    parts.services ?? services,
    message,
  );
}

describe('destinations of a message', () => {
  it('are every active main, by priority, and no store server', () => {
    const servers = [
      server('B', { priority: 20 }),
      server('A', { priority: 10 }),
      server('Gone', { active: false }),
      server('Store', { type: 'STORE' }),
      server('Other', { type: 'STORE' }),
    ];
    expect(destinations(servers)).toEqual(['A', 'B']);
  });

  it('leave out a main that does not offer the service', () => {
    const servers = [
      server('OnlyCustomers', { allServices: false, services: [CUSTOMER] }),
      server('NoTickets', { allServices: false, definedServices: 'excluding', services: [ORDER] }),
    ];
    expect(destinations(servers)).toEqual([]);
    expect(destinations(servers, { service: CUSTOMER })).toEqual(['NoTickets', 'OnlyCustomers']);
  });

  it('leave out a main that serves other organizations, and count one above', () => {
    const servers = [
      server('Here', { allOrganizations: false, organizations: ['Region'] }),
      server('There', { allOrganizations: false, organizations: ['Elsewhere'] }),
    ];
    expect(destinations(servers)).toEqual(['Here']);
    expect(destinations(servers, { organization: 'Elsewhere' })).toEqual(['There']);
    // An organization that is not defined here says nothing about who serves it.
    expect(destinations(servers, { organization: 'Unheard of' })).toEqual(['Here', 'There']);
  });

  it('count a service that no module declares where a main names it', () => {
    const servers = [server('Main', { allServices: false, services: ['com.example.Loyalty'] })];
    expect(destinations(servers, { service: 'com.example.Loyalty' })).toEqual(['Main']);
    expect(destinations(servers, { service: 'com.example.Other' })).toEqual([]);
  });

  it('are none at a main that is alone, the other mains for what a till handed to it', () => {
    const self = { key: 'Main', role: 'main' } as const;
    const both = [server('Main'), server('Second')];
    expect(destinations([server('Main')], { self })).toEqual([]);
    expect(destinations(both, { self })).toEqual(['Second']);
    expect(destinations(both, { self, sender: 'Store' })).toEqual([]);
    expect(destinations(both, { self, sender: 'Second' })).toEqual([]);
  });

  it('are at a main also the other mains for what a till handed to it after a server', () => {
    const self = { key: 'Main', role: 'main' } as const;
    const three = [server('Main'), server('Second'), server('Third')];
    const alsoByTill = true;
    expect(destinations(three, { self, sender: 'Store', alsoByTill })).toEqual(['Second', 'Third']);
    expect(destinations(three, { self, sender: 'Second', alsoByTill })).toEqual(['Third']);
  });
});

describe('destinations of a fail-over service', () => {
  const failover = services.map((row): MobileService => ({ ...row, routingType: 'Failover' }));
  const mains = ['A', 'B', 'C'].map((key, at) => server(key, { priority: at }));
  const at = (key: string, sender: string | null): string[] =>
    destinations(mains, { services: failover, sender, self: { key, role: 'main' } });

  it('are one group of all mains in their order; a single main is no group', () => {
    expect(destinations(mains, { services: failover })).toEqual(['A > B > C']);
    expect(destinations(mains.slice(0, 1), { services: failover })).toEqual(['A']);
    expect(destinations([], { services: failover })).toEqual([]);
  });

  it('at a main are the first of the group, and nothing goes back or round', () => {
    expect(at('A', 'Store')).toEqual([]);
    expect(at('B', 'Store')).toEqual(['A']);
    expect(at('C', null)).toEqual(['A']);
    expect(at('B', 'A')).toEqual([]);
    expect(at('A', 'B')).toEqual([]);
  });
});

describe('a group', () => {
  it('is named by its members, and read again', () => {
    const name = destinationOf(['A', 'B']);
    expect(membersOf(name)).toEqual(['A', 'B']);
    expect([isGroup(name), isGroup('A')]).toEqual([true, false]);
    expect(membersOf('A')).toEqual(['A']);
  });

  it('is led by the first member that is not passed over', () => {
    const leader = (...passedOver: string[]) => leaderOf('A > B > C', new Set(passedOver));
    expect(leader()).toBe('A');
    expect(leader('A')).toBe('B');
    expect(leader('B')).toBe('A');
    expect(leader('A', 'B', 'C')).toBeUndefined();
  });
});
