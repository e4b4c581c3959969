import type {
  MobileServer,
  MobileService,
  Preference,
  Terminal,
} from '../../../../server/contract/definitions.ts';
import {
  mobileServerSchema,
  preferenceSchema,
  terminalSchema,
} from '../../../../server/contract/definitions.ts';

export const SERVICES: MobileService[] = ['OrderLoader', 'master.Product', 'master.Price'].map(
  (name) => ({ name, module: 'pos', routingType: 'Failover', timeoutMs: 1_000 }),
);

export function server(parts: Partial<MobileServer> & { id: string }): MobileServer {
  const { id } = parts;
  const url = `http://${id}.example/openbravo`;
  return mobileServerSchema.parse({ key: id, name: id, type: 'STORE', url, priority: 1, ...parts });
}

export function till(parts: Partial<Terminal> & { id: string }): Terminal {
  const { id } = parts;
  return terminalSchema.parse({
    ...{ searchKey: id, name: id, client: 'C', organization: 'Root', priceList: 'P' },
    ...{ docNoPrefix: id, currency: { id: '1', isoCode: 'EUR', precision: 2 }, ...parts },
  });
}

export function preference(parts: Partial<Preference> & { id: string; key: string }): Preference {
  return preferenceSchema.parse({ value: 'Y', ...parts });
}
