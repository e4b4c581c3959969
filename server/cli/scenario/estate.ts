import type { Definitions } from '../../contract/definitions.ts';
import type { Estate } from '../../contract/estate.ts';
import { estateSchema } from '../../contract/estate.ts';
import { idOf } from '../demo/shop-ids.ts';
import { buildDemoShop } from '../demo/shop.ts';
import type { Scenario } from './scenario.ts';

/** So often a till looks whether a server is back: the shortest that may be set, so that a run is short. */
const PING_MS = 1_000;
const PING_KEY = 'OBMOBC_RequestRouterPingTimeInterval';
/** Tills of the first store of the demo shop. */
const TILLS = 2;

/** The demo shop with the servers of a scenario at their addresses (with the context path). */
export function estateOf(scenario: Scenario, addresses: ReadonlyMap<string, string>): Estate {
  const shop = buildDemoShop({
    ...{ mainUrl: 'http://127.0.0.1', mainKey: 'main', storeUrl: 'http://127.0.0.1' },
    ...{ storeKey: 'store', tills: TILLS },
  });
  const estate = estateSchema.parse({
    ...shop,
    servers: scenario.servers.map((server) => ({
      ...server,
      id: idOf('MobileServer', server.key),
      url: addresses.get(server.key) ?? '',
    })),
    preferences: shop.preferences.map((row) =>
      row.key === PING_KEY ? { ...row, value: String(PING_MS) } : row,
    ),
  });
  return scenario.reshape?.(estate) ?? estate;
}

/** The estate as the resolver reads it. */
export function definitionsOf(estate: Estate): Definitions {
  const { organizations, servers, terminals, preferences } = estate;
  return { version: 1, organizations, servers, serverKeys: [], users: [], terminals, preferences };
}

/** The id of an organization of the demo shop. */
export function organizationId(name: string): string {
  return idOf('Organization', name);
}

/** The estate with one more store, small like the second one: one till, `<key>-01`. */
export function withStore(estate: Estate, store: { key: string; name: string }): Estate {
  const model = estate.terminals.at(-1);
  const region = estate.organizations.find((row) => row.id === model?.organization)?.parent ?? null;
  const first = estate.terminals.find((row) => row.organization === model?.organization);
  if (first === undefined) throw new Error('the demo shop has no second store');
  const searchKey = `${store.key}-01`;
  const prefix = searchKey.replace('-', '');
  const id = organizationId(store.name);
  return {
    ...estate,
    organizations: [
      ...estate.organizations,
      { id, name: store.name, parent: region, active: true },
    ],
    terminals: [
      ...estate.terminals,
      {
        ...first,
        ...{ id: idOf('Terminal', searchKey), searchKey, name: `${store.name}, till 1` },
        ...{ organization: id, docNoPrefix: prefix, returnDocNoPrefix: `${prefix}R` },
        quotationDocNoPrefix: `${prefix}Q`,
      },
    ],
  };
}

/** The estate with a new organization above some of its stores. */
export function withParent(
  estate: Estate,
  parent: { name: string; of: readonly string[] },
): Estate {
  const id = organizationId(parent.name);
  const below = estate.organizations.filter((row) => parent.of.includes(row.name));
  const grandparent = below[0]?.parent ?? null;
  return {
    ...estate,
    organizations: [
      ...estate.organizations.map((row) => (below.includes(row) ? { ...row, parent: id } : row)),
      { id, name: parent.name, parent: grandparent, active: true },
    ],
  };
}
