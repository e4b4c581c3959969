import { describe, expect, it } from 'vitest';
import type { MobileService } from '../../../server/contract/definitions.ts';
import type { OpenRoute } from '../../../server/core/stale-routes.ts';
import { groupsOf, staleRoutes } from '../../../server/core/stale-routes.ts';
import { definitionsOf } from '../../support/definitions.ts';
import { mainServer } from '../sync/fake-main.ts';

const second = { ...mainServer, id: 'N', key: 'Second', priority: 2 };
const self = { key: 'Store', role: 'store' } as const;
const both = definitionsOf({ servers: [mainServer, second] });
const services: MobileService[] = [
  { name: 'Tickets', module: 'm', routingType: 'Transaction', timeoutMs: 1 },
  { name: 'Points', module: 'm', routingType: 'Failover', timeoutMs: 1 },
  { name: 'Stock', module: 'm', routingType: 'Failover', timeoutMs: 1 },
];

function route(destinations: [string, number, number][], entries = 2): OpenRoute {
  return {
    service: 'Tickets',
    organization: 'Shop',
    sender: null,
    entries,
    destinations: destinations.map(([destination, live, waiting]) => {
      return { destination, live, waiting };
    }),
  };
}
const stale = (one: OpenRoute) => staleRoutes(both, services, self, [one]);

describe('routes whose destinations have changed', () => {
  it.each<[string, OpenRoute]>([
    ['a main is missing', route([['Main', 2, 2]])],
    [
      'one message lacks a main',
      route([
        ['Main', 2, 0],
        ['Second', 1, 1],
      ]),
    ],
    [
      'a main is gone',
      route([
        ['Main', 2, 2],
        ['Second', 2, 2],
        ['Old', 1, 1],
      ]),
    ],
    ['nothing was defined before', route([])],
  ])('%s', (_name, one) => {
    const { service, organization, sender } = one;
    const destinations = ['Main', 'Second'];
    expect(stale(one)).toEqual([{ service, organization, sender, destinations }]);
  });

  it.each<[string, OpenRoute]>([
    [
      'all is as it should be',
      route([
        ['Main', 2, 0],
        ['Second', 2, 2],
      ]),
    ],
    [
      'what a main that is gone has is history',
      route([
        ['Main', 2, 2],
        ['Second', 2, 2],
        ['Old', 2, 0],
      ]),
    ],
  ])('not: %s', (_name, one) => {
    expect(stale(one)).toEqual([]);
  });

  it('the groups are those of fail-over transactions only', () => {
    const isTransaction = (name: string): boolean => name !== 'Stock';
    expect(groupsOf(both, services, self, isTransaction)).toEqual(['Main > Second']);
    expect(groupsOf(both, services.slice(0, 1), self, isTransaction)).toEqual([]);
  });
});
