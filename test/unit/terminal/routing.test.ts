import { describe, expect, it } from 'vitest';
import type { RouterServer, RoutingTable } from '../../../terminal/routing.ts';
import {
  failoverOrder,
  routeFor,
  serversOffering,
  tableFor,
  transactionLanes,
} from '../../../terminal/routing.ts';

const server = (name: string, more: Partial<RouterServer> = {}): RouterServer => ({
  name,
  address: `http://${name}.test/openbravo`,
  priority: 10,
  allServices: true,
  mainServer: false,
  currentServer: false,
  services: [],
  ...more,
});

const services: RoutingTable['services'] = [
  { name: 'pos.master', type: 'Failover', timeout: 5, defaultTimeout: 9 },
  { name: 'pos.master.Product', type: 'Failover', timeout: null, defaultTimeout: 7 },
  { name: 'pos.OrderLoader', type: 'Transaction' },
];

describe('the route of a request', () => {
  const table: RoutingTable = { servers: [], services };

  it('is that of the longest service name that its path contains', () => {
    expect(routeFor(table, 'jsonrest/pos.master.Product')).toEqual({
      name: 'pos.master.Product',
      routingType: 'Failover',
      timeoutMs: 7_000,
    });
    expect(routeFor(table, 'jsonrest/pos.master.Brand')).toMatchObject({
      name: 'pos.master',
      timeoutMs: 5_000,
    });
  });

  it('is Generic and Fail Over where no service fits', () => {
    expect(routeFor(table, 'loginutils')).toMatchObject({
      name: 'Generic',
      routingType: 'Failover',
    });
  });
});

describe('the table of a till', () => {
  it('is in order of priority, and reaches the answering server where it answered', () => {
    const table = tableFor(
      {
        services,
        servers: [
          server('late', { priority: 30 }),
          server('here', { priority: 20, currentServer: true }),
          server('first', { priority: 10, address: 'http://first.test/openbravo/' }),
        ],
      },
      'http://192.168.1.4:8427/openbravo',
    );
    expect(table.servers.map(({ name, address }) => [name, address])).toEqual([
      ['first', 'http://first.test/openbravo'],
      ['here', 'http://192.168.1.4:8427/openbravo'],
      ['late', 'http://late.test/openbravo'],
    ]);
  });

  it('is the origin with all services where there are no definitions', () => {
    const table = tableFor({ servers: [], services: [] }, 'http://origin.test/openbravo');
    expect(table.servers).toMatchObject([
      { address: 'http://origin.test/openbravo', allServices: true },
    ]);
    expect(transactionLanes(table, ['pos.OrderLoader'])).toMatchObject([{ name: 'store' }]);
  });
});

describe('Fail Over', () => {
  it('tries online servers first, then the offline ones, each in order', () => {
    const [a, b, c] = [server('a'), server('b'), server('c')];
    const order = failoverOrder([a, b, c], (each) => (each === a ? 'offline' : 'online'));
    expect(order.map((each) => each.name)).toEqual(['b', 'c', 'a']);
    const all = { a: 'offline', b: 'returning', c: 'online' } as const;
    const mixed = failoverOrder([a, b, c], (each) => all[each.name as keyof typeof all]);
    expect(mixed.map((each) => each.name)).toEqual(['c', 'b', 'a']);
  });

  it('uses only servers that offer the service, by its exact name', () => {
    const table: RoutingTable = {
      services,
      servers: [
        server('queries', { allServices: false, services: ['pos.master.Product'] }),
        server('prefix', { allServices: false, services: ['pos.master'] }),
        server('all'),
      ],
    };
    const names = serversOffering(table, 'pos.master.Product').map((each) => each.name);
    expect(names).toEqual(['queries', 'all']);
    expect(serversOffering(table, 'Generic')).toHaveLength(3);
  });
});

describe('the lanes of transactions', () => {
  const main = (name: string) => server(name, { mainServer: true, priority: 50 });
  const queriesOnly = server('store', { allServices: false, services: ['pos.master'] });

  it('are one where a store server offers them, through all servers in order of priority', () => {
    const first = server('m0', { mainServer: true, priority: 5 });
    const table = { services, servers: [first, server('s1'), server('s2'), main('m1')] };
    const lanes = transactionLanes(table, ['pos.OrderLoader']);
    expect(lanes.map((lane) => [lane.name, lane.servers.map((each) => each.name)])).toEqual([
      ['store', ['m0', 's1', 's2', 'm1']],
    ]);
  });

  it('are one for each main where no store server offers them', () => {
    const table = { services, servers: [queriesOnly, main('m1'), main('m2')] };
    const lanes = transactionLanes(table, ['pos.OrderLoader']);
    expect(lanes.map((lane) => lane.name)).toEqual(['main/m1', 'main/m2']);
  });

  it('are decided for each service: what only mains offer goes to each of them', () => {
    const half = server('half', { allServices: false, services: ['pos.OrderLoader'] });
    const mains = [main('m1'), main('m2')];
    const more = { name: 'pos.Cash', type: 'Transaction' } as const;
    const table = { services: [...services, more], servers: [half, ...mains] };
    const lanes = transactionLanes(table, ['pos.OrderLoader', 'pos.Cash']);
    const shown = lanes.map(({ name, routes }) => [
      name,
      [...routes].map(([service, servers]) => `${service} ${servers.map((s) => s.name).join()}`),
    ]);
    expect(shown).toEqual([
      ['store', ['pos.OrderLoader half,m1,m2']],
      ['main/m1', ['pos.Cash m1']],
      ['main/m2', ['pos.Cash m2']],
    ]);
  });

  it('hold nothing for a service that nobody offers, whatever the others do', () => {
    const only = server('half', { allServices: false, services: ['pos.OrderLoader'] });
    const more = { name: 'pos.Cash', type: 'Transaction' } as const;
    const table = { services: [...services, more], servers: [only] };
    const lanes = transactionLanes(table, ['pos.OrderLoader', 'pos.Cash']);
    expect(lanes.map(({ routes }) => [...routes.keys()])).toEqual([['pos.OrderLoader']]);
  });

  it.each([
    ['Failover', ['mains']],
    ['Broadcast', ['main/m1', 'main/m2']],
    ['Ping', ['main/m1', 'main/m2']],
  ] as const)('of a %s service that only mains offer are %j', (type, names) => {
    const more = [{ name: 'pos.Cash', type }];
    const table = { services: more, servers: [main('m1'), main('m2')] };
    expect(transactionLanes(table, ['pos.Cash']).map(({ name }) => name)).toEqual(names);
  });
});
