import type { Estate } from '../../../../server/contract/estate.ts';
import { estateSchema } from '../../../../server/contract/estate.ts';
import type { Topology } from '../../../../server/core/topology/topology.ts';
import { topologyOf } from '../../../../server/core/topology/topology.ts';
import { standardServices } from '../../../../server/modules.ts';

export const POS = 'org.openbravo.retail.posterminal';
export const CUSTOMER = `${POS}.CustomerLoader`;
export const TICKET = `${POS}.OrderLoader`;
export const CASH_UP = `${POS}.ProcessCashClose`;
export const CASH_MOVEMENT = `${POS}.ProcessCashMgmt`;

type Row = Record<string, unknown>;
type Parts = Partial<Record<keyof Estate, Row[]>>;

/** A server as an estate file has it; a main of all stores with all services unless said otherwise. */
export function server(key: string, priority: number, parts: Row = {}): Row {
  const url = `https://${key.toLowerCase()}.example/openbravo`;
  return { id: `S-${key}`, key, name: key, type: 'MAIN', url, priority, ...parts };
}

/** A store server for one organization. */
export function storeServer(key: string, priority: number, parts: Row = {}): Row {
  return server(key, priority, {
    type: 'STORE',
    allOrganizations: false,
    organizations: ['Bilbao'],
    ...parts,
  });
}

export function till(searchKey: string, organization: string): Row {
  return {
    ...{ id: `T-${searchKey}`, searchKey, name: searchKey, client: 'C', organization },
    ...{ priceList: 'L', docNoPrefix: searchKey },
    currency: { id: '102', isoCode: 'EUR', precision: 2 },
  };
}

export function setting(key: string, value: string, holder: Row = {}): Row {
  return { id: `${Object.values(holder).join('')}-${key}`, key, value, ...holder };
}

/** One shop, Bilbao in the North, with two tills, a store server and a main: nothing is wrong with it. */
export function estateOf(parts: Parts = {}): Estate {
  return estateSchema.parse({
    organizations: [
      { id: '0', name: 'Casa Verde', parent: null },
      { id: 'North', name: 'North', parent: '0' },
      { id: 'Bilbao', name: 'Bilbao', parent: 'North' },
    ],
    servers: [storeServer('Shop', 10), server('Central', 20)],
    terminals: [till('VBS-2', 'Bilbao'), till('VBS-3', 'Bilbao')],
    preferences: [setting('OBMOBC_MultiServerArchitecture', 'Y')],
    ...parts,
  });
}

/** The topology of such an estate. */
export function topology(parts: Parts = {}): Topology {
  return topologyOf(estateOf(parts), standardServices());
}

/** The service list of a server that offers all but these. */
export const allBut = (...services: string[]): Row => ({
  allServices: false,
  definedServices: 'excluding',
  services,
});

/** The service list of a server that offers only these. */
export const only = (...services: string[]): Row => ({ allServices: false, services });
