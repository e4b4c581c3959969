import type { Estate } from '../../contract/estate.ts';
import { estateSchema } from '../../contract/estate.ts';
import { customerRows } from './shop-customers.ts';
import { discountRows } from './shop-discounts.ts';
import { idOf } from './shop-ids.ts';
import {
  bomRows,
  brandRows,
  categoryRows,
  categoryTreeRows,
  characteristicRows,
  demoProducts,
  priceListRow,
  productPriceRows,
  productRows,
} from './shop-products.ts';
import type { ListKey, Row } from './shop-rows.ts';
import { listRows, serviceRows } from './shop-services.ts';
import type { DemoSources } from './shop-sources.ts';
import { readDemoSources } from './shop-sources.ts';
import { taxRows } from './shop-taxes.ts';
import { demoTerminals } from './shop-terminals.ts';

export interface DemoShopOptions {
  /** Addresses with the context path. */
  mainUrl: string;
  mainKey: string;
  storeUrl: string;
  storeKey: string;
  /** Tills of the first store, which the store server serves; the second store has two more. */
  tills: number;
}

const PREFERENCES: Readonly<Record<string, string>> = {
  OBMOBC_MultiServerArchitecture: 'Y',
  OBMOBC_AuthenticationTokenMaxAge: String(12 * 60 * 60_000),
  OBMOBC_RequestRouterRefreshTokenInterval: String(30 * 60_000),
  OBMOBC_RequestRouterPingTimeInterval: String(5 * 60_000),
  OBMOBC_MasterdataBatchSize: '10000',
  OBPOS_EnableMultiPriceList: 'Y',
  'OBPOS_remote.product': 'N',
  'OBPOS_remote.customer': 'N',
};

/**
 * The estate of the demonstration: a group with two stores of a bakery and grocery, their tills and
 * people, what they sell and for how much. The same options give the same estate.
 */
export function buildDemoShop(options: DemoShopOptions): Estate {
  const sources = readDemoSources();
  return estateSchema.parse({
    organizations: organizationsOf(sources),
    servers: serversOf(options, sources),
    users: usersOf(sources),
    terminals: demoTerminals(sources, options.tills),
    preferences: Object.entries(PREFERENCES).map(([key, value]) => ({
      ...{ id: idOf('Preference', key), key, value, organization: null },
    })),
    models: modelsOf(sources),
  });
}

function organizationsOf({ shop }: DemoSources): Estate['organizations'] {
  const id = (name: string): string => idOf('Organization', name);
  return [
    { id: id(shop.group), name: shop.group, parent: null, active: true },
    { id: id(shop.region), name: shop.region, parent: id(shop.group), active: true },
    ...shop.stores.map(({ name }) => ({
      id: id(name),
      name,
      parent: id(shop.region),
      active: true,
    })),
  ];
}

function serversOf(options: DemoShopOptions, { shop }: DemoSources) {
  const [centro] = shop.stores;
  return [
    {
      id: idOf('MobileServer', options.mainKey),
      key: options.mainKey,
      name: 'Head office',
      description: 'Keeps every ticket of the group',
      type: 'MAIN',
      url: options.mainUrl,
      priority: 20,
    },
    {
      id: idOf('MobileServer', options.storeKey),
      key: options.storeKey,
      name: centro.name,
      description: `The back room of ${centro.name}`,
      type: 'STORE',
      url: options.storeUrl,
      priority: 10,
      allOrganizations: false,
      organizations: [idOf('Organization', centro.name)],
    },
  ];
}

function usersOf({ shop }: DemoSources) {
  return shop.users.map(({ at, ...user }) => ({
    ...user,
    id: idOf('User', user.userName),
    organization: idOf('Organization', shop[at]),
  }));
}

function modelsOf(sources: DemoSources): Estate['models'] {
  const products = demoProducts(sources);
  const shared: Record<string, Row[]> = {
    ...taxRows(sources),
    Category: categoryRows(sources),
    CategoryTree: categoryTreeRows(sources),
    Brand: brandRows(sources),
    ...characteristicRows(products, sources),
    ...bomRows(products),
    ...customerRows(sources, idOf('Organization', sources.shop.group)),
    ...discountRows(products, sources),
    ...serviceRows(products),
    ...listRows(sources),
  };
  const byList = (rows: (list: ListKey) => Row[]): Estate['models'][string] =>
    (['retail', 'wholesale'] as const).map((list) => ({
      priceList: idOf('PriceList', list),
      rows: rows(list),
    }));
  return {
    ...Object.fromEntries(Object.entries(shared).map(([name, rows]) => [name, [{ rows }]])),
    PriceList: byList((list) => [priceListRow(list)]),
    Product: byList((list) => productRows(products, list, sources)),
    ProductPrice: byList((list) => productPriceRows(products, list)),
  };
}
