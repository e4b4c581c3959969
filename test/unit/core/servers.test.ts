import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MobileServer, MobileService } from '../../../server/contract/definitions.ts';
import { lineageOf } from '../../../server/core/organizations.ts';
import {
  offeredServices,
  serversForClient,
  servicesForClient,
} from '../../../server/core/servers.ts';
import { definitionsOf } from '../../support/definitions.ts';

const services: MobileService[] = [
  'x.master.Product',
  'x.master.ProductPrice',
  'x.master.Brand',
  'x.OrderLoader',
].map((name) => ({ name, module: 'x', routingType: 'Failover', timeoutMs: 5_000 }));

const organizations = [
  { id: '0', name: 'Company', parent: null, active: true },
  { id: 'north', name: 'North', parent: '0', active: true },
  { id: 'store-1', name: 'Store 1', parent: 'north', active: true },
  { id: 'store-2', name: 'Store 2', parent: '0', active: true },
];

function server(parts: Partial<MobileServer> & Pick<MobileServer, 'key'>): MobileServer {
  return {
    id: parts.key,
    name: parts.key,
    description: '',
    type: 'STORE',
    url: `http://${parts.key}/openbravo`,
    priority: 10,
    allOrganizations: true,
    organizations: [],
    allServices: true,
    definedServices: 'only',
    services: [],
    active: true,
    ...parts,
  };
}

function resolve(servers: MobileServer[], organization: string | null = 'store-1', on = 'Y') {
  const definitions = definitionsOf({
    organizations,
    servers,
    preferences: [
      {
        id: 'p',
        key: 'OBMOBC_MultiServerArchitecture',
        value: on,
        organization: null,
        active: true,
      },
    ],
  });
  return serversForClient(definitions, services, { organization, selfKey: 'self' });
}

describe('serversForClient', () => {
  it('lists nothing where the multi-server architecture is off', () => {
    expect(resolve([server({ key: 'self' })], 'store-1', 'N')).toEqual([]);
    const unset = definitionsOf({ organizations, servers: [server({ key: 'self' })] });
    expect(serversForClient(unset, services, { organization: null, selfKey: 'self' })).toEqual([]);
  });

  it('puts active servers in the order of their priority, in the shape that clients read', () => {
    const rows = resolve([
      server({ key: 'main', type: 'MAIN', priority: 20 }),
      server({ key: 'self', priority: 10 }),
      server({ key: 'gone', active: false }),
      server({ key: 'planned', url: '' }),
    ]);
    expect(rows).toEqual([
      {
        name: 'self',
        address: 'http://self/openbravo',
        online: true,
        priority: 10,
        allServices: true,
        mainServer: false,
        currentServer: true,
        services: [],
      },
      expect.objectContaining({ name: 'main', mainServer: true, currentServer: false }),
    ]);
  });

  it('takes servers of the organization and of those above it, and of no other', () => {
    const only = (...ids: string[]) => ({ allOrganizations: false, organizations: ids });
    const servers = [
      server({ key: 'own', ...only('store-1') }),
      server({ key: 'region', ...only('north') }),
      server({ key: 'other', ...only('store-2') }),
      server({ key: 'nobody', ...only() }),
      server({ key: 'all' }),
    ];
    const keys = (organization: string | null) =>
      resolve(servers, organization)
        .map((row) => row.name)
        .toSorted();
    expect(keys('store-1')).toEqual(['all', 'own', 'region']);
    expect(keys('store-2')).toEqual(['all', 'other']);
    expect(keys(null)).toEqual(['all']);
  });
});

describe('offeredServices', () => {
  const offered = (definedServices: 'only' | 'excluding', ...listed: string[]) =>
    offeredServices({ allServices: false, definedServices, services: listed }, services);

  it('reads a list as the only ones or as the exceptions', () => {
    expect(offered('only', 'x.OrderLoader')).toEqual(['x.OrderLoader']);
    expect(offered('excluding', 'x.OrderLoader')).toHaveLength(3);
    expect(offered('only')).toEqual([]);
    expect(offered('excluding')).toHaveLength(4);
  });

  it('takes a defined name for itself, and another for all that contain it', () => {
    expect(offered('only', 'x.master.Product')).toEqual(['x.master.Product']);
    expect(offered('only', 'x.master')).toHaveLength(3);
    expect(offered('excluding', 'x.master')).toEqual(['x.OrderLoader']);
  });

  it('takes a slash in a name for a dot, as clients do with the log-in', () => {
    const logIn = ['x/Login', 'x.Login'].map((name) => ({ ...services[0]!, name }));
    const list = { allServices: false, definedServices: 'only', services: ['x.Login'] } as const;
    expect(offeredServices({ ...list, services: [...list.services] }, logIn)).toHaveLength(2);
    expect(offeredServices({ ...list, services: ['x/Log'] }, logIn)).toHaveLength(2);
  });

  it('divides the services: what one reading offers, the other does not', () => {
    const names = fc.subarray([...services.map((each) => each.name), 'x.master', 'y']);
    fc.assert(
      fc.property(names, (listed) => {
        const both = [...offered('only', ...listed), ...offered('excluding', ...listed)];
        expect(both.toSorted()).toEqual(services.map((each) => each.name).toSorted());
      }),
    );
  });
});

describe('servicesForClient', () => {
  it('gives timeouts in seconds', () => {
    expect(servicesForClient(services.slice(0, 1))).toEqual([
      { name: 'x.master.Product', type: 'Failover', defaultTimeout: 5, timeout: 5 },
    ]);
  });
});

describe('lineageOf', () => {
  it('ends where a tree bites its tail', () => {
    const circle = definitionsOf({
      organizations: [
        { id: 'a', name: 'A', parent: 'b', active: true },
        { id: 'b', name: 'B', parent: 'a', active: true },
      ],
    });
    expect(lineageOf(circle, 'a')).toEqual(['a', 'b']);
    expect(lineageOf(circle, null)).toEqual([]);
  });
});
