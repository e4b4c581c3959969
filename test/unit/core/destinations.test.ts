import { describe, expect, it } from 'vitest';
import type { MobileServer, MobileService } from '../../../server/contract/definitions.ts';
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

const destinations = (servers: MobileServer[], service = ORDER): string[] =>
  destinationsOf(definitionsOf({ servers }), services, {
    service,
    self: { key: 'Store', role: 'store' },
  });

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
    expect(destinations(servers, CUSTOMER)).toEqual(['NoTickets', 'OnlyCustomers']);
  });

  it('count a service that no module declares where a main names it', () => {
    const servers = [server('Main', { allServices: false, services: ['com.example.Loyalty'] })];
    expect(destinations(servers, 'com.example.Loyalty')).toEqual(['Main']);
    expect(destinations(servers, 'com.example.Other')).toEqual([]);
  });

  it('are none at a main', () => {
    const definitions = definitionsOf({ servers: [server('Main'), server('Second')] });
    const self = { key: 'Main', role: 'main' } as const;
    expect(destinationsOf(definitions, services, { service: ORDER, self })).toEqual([]);
  });
});
