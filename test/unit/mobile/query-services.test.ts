import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import { MASTER } from '../../../server/mobile/modules/posterminal/models/model.ts';
import type { Shelf } from '../../support/mobile/fake-storage.ts';
import { fakeStorage } from '../../support/mobile/fake-storage.ts';
import {
  answered,
  ask,
  contextOn,
  modules,
  shop,
  till,
  tillQuery,
} from '../../support/mobile/shop.ts';

const POS = 'org.openbravo.retail.posterminal';
const on = (shelf: Shelf = {}) => contextOn(fakeStorage(shelf));
const data = async (service: string, parameters: JsonObject, shelf: Shelf) =>
  (await answered(service, parameters, on(shelf))).data;

describe('a query of a model', () => {
  it('is refused for a terminal that is not defined, with what to do', async () => {
    const answer = await ask(`${MASTER}.Brand`, { terminalName: 'NOBODY' }, on());
    expect(answer).toMatchObject({
      ok: false,
      httpStatus: 400,
      message: expect.stringMatching(/terminal "NOBODY" is not defined.*check its name/) as string,
    });
  });

  it('needs a till where the rows depend on its price list, and takes the session’s', async () => {
    const server = { kind: 'server', serverKey: 'store-2', expiresAtMs: 0 } as const;
    const context = contextOn(fakeStorage({}), { caller: server });
    expect(await ask(`${MASTER}.Product`, {}, context)).toMatchObject({ httpStatus: 400 });
    expect(await ask(`${MASTER}.Product`, {}, on())).toMatchObject({ ok: true, count: 0 });
  });

  it('has no rows of other price lists without the preference', async () => {
    const shelf = { rows: { ProductPrice: [{ m_productprice_id: 'x' }] } };
    expect(await data(`${MASTER}.ProductPrice`, tillQuery(), shelf)).toHaveLength(1);
    const context = contextOn(fakeStorage(shelf), { definitions: { ...shop, preferences: [] } });
    expect((await answered(`${MASTER}.ProductPrice`, tillQuery(), context)).data).toEqual([]);
  });

  it('of the definitions is for servers only', async () => {
    expect(await ask('backroom.master.User', {}, on())).toMatchObject({
      ok: false,
      httpStatus: 403,
    });
    const server = { kind: 'server', serverKey: 'store-2', expiresAtMs: 0 } as const;
    const context = contextOn(fakeStorage({}), { caller: server });
    expect(await ask('backroom.master.User', {}, context)).toMatchObject({ ok: true });
  });
});

describe('a store server that is still loading', () => {
  const store = { self: { key: 'store-1', role: 'store' } } as const;
  const at = (offset: number | null | undefined) => {
    const progress = offset === undefined ? undefined : { offset, lastUpdatedMs: 0 };
    const storage = {
      ...fakeStorage({ rows: { Discount: [{ id: 'D1' }] } }),
      replicationProgress: () => Promise.resolve(progress),
    };
    return ask(`${MASTER}.Discount`, tillQuery(), contextOn(storage, store));
  };

  it('does not give a till a part for the whole', async () => {
    for (const offset of [undefined, 0, 1000]) {
      expect(await at(offset)).toMatchObject({ ok: false, httpStatus: 503 });
    }
    expect(await at(null)).toMatchObject({ ok: true, count: 1 });
  });

  it('asks for its progress until the model is there, and no longer', async () => {
    const asked: string[] = [];
    const storage = {
      ...fakeStorage({}),
      replicationProgress: (model: string, scope: string) => {
        asked.push(`${model}/${scope}`);
        return Promise.resolve({ offset: null, lastUpdatedMs: 0 });
      },
    };
    const context = contextOn(storage, store);
    for (const _ of [1, 2]) await ask(`${MASTER}.Product`, tillQuery(), context);
    expect(asked).toEqual([`Product/${till.priceList}`]);
  });
});

describe('LoadedProduct and LoadedCustomer', () => {
  const shelf: Shelf = {
    rows: {
      Product: [{ id: 'P1', active: false }],
      BusinessPartner: [{ id: 'C1' }],
      BPLocation: [{ id: 'L1' }, { id: 'L2' }],
    },
  };

  it('give the row that is asked for, sold or not, or none', async () => {
    const service = `${MASTER}.LoadedProduct`;
    expect(await data(service, tillQuery({ productId: 'P1' }), shelf)).toEqual([
      { id: 'P1', active: false },
    ]);
    expect(await data(service, tillQuery({ productId: 'P2' }), shelf)).toEqual([]);
    expect(await ask(service, tillQuery(), on(shelf))).toMatchObject({ httpStatus: 400 });
  });

  it('give the customer first and then the addresses, in both ways of asking', async () => {
    const ids = { bpartnerId: 'C1', bpLocationId: 'L2', bpBillLocationId: 'L1' };
    const rows = [{ id: 'C1' }, { id: 'L2' }, { id: 'L1' }];
    expect(await data(`${MASTER}.LoadedCustomer`, ids, shelf)).toEqual(rows);
    const wrapped = Object.fromEntries(
      Object.entries(ids).map(([name, value]) => [name, { value, type: 'string' }]),
    );
    expect(await data(`${MASTER}.LoadedCustomer`, { parameters: wrapped }, shelf)).toEqual(rows);
  });
});

describe('BPartnerFilter', () => {
  const service = `${MASTER}.BPartnerFilter`;
  const shelf: Shelf = {
    rows: {
      BusinessPartner: [
        { id: 'C1', name: 'Ann Baker', phone: '111', customerBlocking: true },
        { id: 'C2', name: 'Bob Carter', phone: '222' },
      ],
      BPLocation: [
        { id: 'L1', bpartner: 'C1', name: 'Mill Lane', cityName: 'Ghent', isBillTo: true },
        { id: 'L2', bpartner: 'C2', name: 'High Street', cityName: 'Ghent' },
      ],
    },
  };
  const search = (...remoteFilters: JsonObject[]) => data(service, { remoteFilters }, shelf);

  it('finds customers by what is theirs', async () => {
    const rows = await search({ columns: ['bpName'], operator: 'contains', value: 'ann' });
    expect(rows).toMatchObject([
      { id: 'C1', bpartnerId: 'C1', customerBlocking: true, bpLocactionId: null },
    ]);
  });

  it('finds addresses with their customers where a filter is for a location', async () => {
    const city = { columns: ['cityName'], operator: 'contains', value: 'ghent', location: true };
    expect((await search(city)).map((row) => row['id'])).toEqual(['L1', 'L2']);
    const both = await search(city, { columns: ['phone'], operator: 'equals', value: '222' });
    expect(both).toMatchObject([{ id: 'L2', bpartnerId: 'C2', bpName: 'Bob Carter' }]);
  });

  it('names its columns where it is asked for another', async () => {
    const remoteFilters = [{ columns: ['secret'], operator: 'equals', value: 'x' }];
    expect(await ask(service, { remoteFilters }, on(shelf))).toMatchObject({
      httpStatus: 400,
      message: expect.stringContaining('its columns are bpName, searchKey') as string,
    });
  });
});

describe('Cashup', () => {
  const record = {
    id: 'K1',
    userId: 'U1',
    grossSales: 12.5,
    creationDate: '2026-03-31T08:05:09.1Z',
  };
  const open: Shelf = { cashup: { processed: false, record } };

  it('gives the newest one of the till in the state that is asked for', async () => {
    for (const name of ['Cashup', 'CashupSynchronized']) {
      const rows = await data(`${MASTER}.${name}`, tillQuery({ isprocessed: 'N' }), open);
      expect(rows).toMatchObject([
        {
          ...{ id: 'K1', grossSales: 12.5, netSales: 0, isprocessed: 'N', isbeingprocessed: 'N' },
          ...{ posterminal: till.id, creationDate: '2026-03-31T08:05Z', cashTaxInfo: [] },
        },
      ]);
    }
    expect(await data(`${MASTER}.Cashup`, tillQuery({ isprocessed: 'Y' }), open)).toEqual([]);
    expect(await data(`${MASTER}.Cashup`, tillQuery(), {})).toEqual([]);
  });
});

describe('term.Terminal', () => {
  const terminalOf = async (shelf: Shelf, config: Record<string, unknown> = {}) => {
    const definitions = { ...shop, terminals: [{ ...till, config }] };
    const context = contextOn(fakeStorage(shelf), { definitions });
    return (await answered(`${POS}.term.Terminal`, tillQuery(), context)).data;
  };

  it('is a list of one-key objects, the terminal first, a price list always there', async () => {
    const list = await terminalOf({});
    expect(list.every((each) => Object.keys(each).length === 1)).toBe(true);
    expect(list.map((each) => Object.keys(each)[0])).toEqual([
      ...['terminal', 'pricelist', 'pricelistversion', 'businesspartner', 'location', 'currency'],
      ...['warehouses', 'hardwareURL', 'cashMgmtDepositEvents', 'cashMgmtDropEvents', 'orderType'],
      ...['rejectReasons', 'approvalReason', 'payments', 'serverTimeout'],
    ]);
    expect(list[1]).toEqual({
      pricelist: { id: 'LIST-A', name: 'LIST-A', priceIncludesTax: true },
    });
    // The client reads currency ids with parseInt.
    expect(list[0]?.['terminal']).toMatchObject({
      id: 'TILL1',
      currency: '102',
      searchKey: 'VBS-1',
    });
  });

  it('lays the definition over the defaults, and identity over both', async () => {
    const list = await terminalOf(
      {
        rows: { PriceList: [{ m_pricelist_id: 'LIST-A', name: 'Shop', priceIncludesTax: false }] },
      },
      {
        terminal: { id: 'OTHER', warehouse: 'W1', terminalType: { printTwice: true } },
        payments: [{ payment: { searchKey: 'cash' }, paymentMethod: { iscash: true } }],
      },
    );
    expect(list[0]?.['terminal']).toMatchObject({
      id: 'TILL1',
      warehouse: 'W1',
      terminalType: { printTwice: true, usebarcodescanner: true },
    });
    expect(list[1]?.['pricelist']).toMatchObject({ name: 'Shop', priceIncludesTax: false });
    expect(list.find((each) => 'payments' in each)).toMatchObject({
      payments: [{ payment: { searchKey: 'cash', active: true }, paymentMethod: { iscash: true } }],
    });
  });

  it('sends the highest numbers seen, and never the 0 that resets a till', async () => {
    const seen = await terminalOf({ floors: { VBS1: 57, VBS1R: 3 } });
    expect(seen[0]?.['terminal']).toMatchObject({
      lastDocumentNumber: 57,
      lastReturnDocumentNumber: 3,
      // Quotations have no prefix of their own here, so they number with the sales.
      lastQuotationDocumentNumber: 57,
    });
    const unseen = await terminalOf({});
    expect(unseen[0]?.['terminal']).toMatchObject({
      ...{ lastDocumentNumber: 1, lastReturnDocumentNumber: 1, lastQuotationDocumentNumber: 1 },
    });
  });
});

describe('ContextInformation', () => {
  it('is one row about the session', async () => {
    expect(await data('org.openbravo.mobile.core.login.ContextInformation', {}, {})).toEqual([
      { userId: 'U1', roleId: 'cashier', orgId: 'STORE', clientId: 'CLIENT' },
    ]);
  });
});

describe('the manifests', () => {
  it('name each service once', () => {
    const names = modules.flatMap((module) => module.services.map((service) => service.name));
    expect(new Set(names).size).toBe(names.length);
  });
});
