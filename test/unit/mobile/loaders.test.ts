import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../../server/contract/definitions.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { Understanding } from '../../../server/core/change.ts';
import { toModelRow } from '../../../server/core/model.ts';
import type { TransactionReader } from '../../../server/mobile/module.ts';
import { loaders } from '../../../server/mobile/modules/posterminal/loaders/index.ts';
import {
  BPLocation,
  BusinessPartner,
} from '../../../server/mobile/modules/posterminal/models/customers.ts';

const terminal: Terminal = {
  id: 'TILL',
  searchKey: 'VBS-1',
  name: 'Till',
  client: 'CLIENT',
  organization: 'STORE',
  priceList: 'LIST',
  docNoPrefix: 'VBS1',
  returnDocNoPrefix: null,
  quotationDocNoPrefix: null,
  currency: { id: '102', isoCode: 'EUR', precision: 2 },
  config: { terminal: { businessPartner: 'ANYBODY' } },
  active: true,
};
const yen: Terminal = { ...terminal, currency: { id: '113', isoCode: 'JPY', precision: 0 } };

function readerOf(name: string): TransactionReader {
  const found = loaders.find((loader) => loader.name.endsWith(`.${name}`));
  if (found?.kind !== 'transaction') throw new Error(`no loader ${name}`);
  return found.reader;
}

function understood(name: string, record: JsonObject, at: Terminal = terminal): Understanding {
  const reading = readerOf(name)(record, at);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.understanding;
}

function reasonOf(name: string, record: JsonObject, at: Terminal | null = terminal): string {
  const reading = readerOf(name)(record, at ?? undefined);
  return reading.ok ? 'understood' : reading.reason;
}

const sale: JsonObject = {
  id: 'T1',
  documentNo: 'VBS1/0000001',
  orderType: 0,
  organization: 'STORE',
  orderDate: '2026-11-24T10:00:00.000Z',
  gross: 1.005,
  net: '0.9',
  bp: { id: 'BERTA', locId: 'HOME', shipLocId: 'WORK' },
  obposAppCashup: 'CASHUP',
  lines: [{ id: 'L1', product: { id: 'P' }, qty: 1 }],
  somethingElse: { kept: true },
};

describe('OrderLoader', () => {
  it('reads a sale: effect, needs and order', () => {
    expect(understood('OrderLoader', sale)).toEqual({
      changes: [
        {
          kind: 'ticket',
          id: 'T1',
          documentNo: 'VBS1/0000001',
          documentKind: 'sale',
          organization: 'STORE',
          businessPartner: 'BERTA',
          orderedAt: '2026-11-24T10:00:00.000Z',
          grossMinor: 101,
          netMinor: 90,
          cashupId: 'CASHUP',
          loadedAt: null,
          record: sale,
        },
      ],
      needs: [{ kind: 'record', model: 'BusinessPartner', id: 'BERTA' }],
      makes: ['T1', 'CASHUP'],
      orderedAfter: ['T1', 'BERTA', 'HOME', 'WORK'],
    });
  });

  it.each<[string, JsonObject]>([
    ['return', { orderType: 1 }],
    ['layaway', { orderType: 2 }],
    ['layaway', { orderType: 0, isLayaway: 'Y' }],
    ['void', { orderType: 3, isLayaway: true }],
    ['quotation', { isQuotation: true }],
    ['sale', { orderType: '0' }],
    ['sale', { orderType: null, isQuotation: 'false', isLayaway: 'N' }],
  ])('knows a %s', (kind, members) => {
    const [change] = understood('OrderLoader', { ...sale, ...members }).changes;
    expect(change).toMatchObject({ kind: 'ticket', documentKind: kind });
  });

  it('puts a return after the tickets that it takes back, and needs them', () => {
    const record: JsonObject = {
      ...sale,
      orderType: 1,
      gross: -2.5,
      net: -2,
      lines: [
        { originalOrderId: 'T-OLD' },
        { originalOrderId: 'T-OLD' },
        { originalOrderId: 'T-OLDER' },
        { originalOrderId: '' },
      ],
    };
    const { changes, needs, orderedAfter } = understood('OrderLoader', record);
    expect(changes).toMatchObject([{ grossMinor: -250, netMinor: -200 }]);
    expect(needs).toEqual([
      { kind: 'record', model: 'BusinessPartner', id: 'BERTA' },
      { kind: 'ticket', id: 'T-OLD' },
      { kind: 'ticket', id: 'T-OLDER' },
    ]);
    expect(orderedAfter).toEqual(expect.arrayContaining(['T-OLD', 'T-OLDER']));
  });

  it('follows the quotation, the replaced order and the tickets of related lines', () => {
    const { needs, orderedAfter } = understood('OrderLoader', {
      ...sale,
      oldId: 'QUOTE',
      canceledorder: { id: 'REPLACED' },
      lines: [{ relatedLines: [{ orderlineId: 'L9', orderId: 'T9' }, 'nonsense'] }],
    });
    expect(orderedAfter).toEqual(expect.arrayContaining(['QUOTE', 'REPLACED', 'T9']));
    expect(needs).toContainEqual({ kind: 'ticket', id: 'REPLACED' });
    expect(needs).not.toContainEqual({ kind: 'ticket', id: 'QUOTE' });
  });

  it('does not wait for the customer that stands for nobody in particular', () => {
    expect(understood('OrderLoader', { ...sale, bp: { id: 'ANYBODY' } }).needs).toEqual([]);
    expect(understood('OrderLoader', { ...sale, bp: null }).needs).toEqual([]);
  });

  it('counts in the currency of the terminal', () => {
    const [change] = understood('OrderLoader', { ...sale, gross: 500, net: 454.5 }, yen).changes;
    expect(change).toMatchObject({ grossMinor: 500, netMinor: 455 });
  });

  it.each([
    ['2026-11-24T10:00:00.000Z', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T12:00:00+02:00', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T12:00:00+0200', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24 10:00:00', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    [1795514400000, '2026-11-24T10:00:00.000Z'],
    ['1795514400000', '2026-11-24T10:00:00.000Z'],
  ])('reads the time %j', (orderDate, orderedAt) => {
    const [change] = understood('OrderLoader', { ...sale, orderDate }).changes;
    expect(change).toMatchObject({ orderedAt });
  });

  it('takes the time of creation where the order date says nothing', () => {
    const record = { ...sale, orderDate: 'today', created: 1795514400000 };
    const [change] = understood('OrderLoader', record).changes;
    expect(change).toMatchObject({ orderedAt: '2026-11-24T10:00:00.000Z' });
  });

  it.each<[JsonObject, RegExp]>([
    [{ gross: 'twelve' }, /^ticket VBS1\/0000001: "gross" is no amount that can be kept: twelve$/],
    [{ net: 1e300 }, /^ticket VBS1\/0000001: "net" is no amount that can be kept/],
    [{ gross: null }, /^ticket VBS1\/0000001 is not understood: "gross": /],
    [{ documentNo: null }, /^ticket T1 is not understood: "documentNo": /],
    [{ orderDate: null }, /^ticket VBS1\/0000001: it has no time/],
  ])('says why it does not understand %j', (members, sentence) => {
    expect(reasonOf('OrderLoader', { ...sale, ...members })).toMatch(sentence);
  });

  it('does not guess the currency of an unknown terminal', () => {
    expect(reasonOf('OrderLoader', sale, null)).toMatch(
      /its terminal is not defined at this server/,
    );
  });
});

describe('CustomerLoader', () => {
  const customer: JsonObject = {
    id: 'BERTA',
    name: 'Berta',
    searchKey: 'B',
    creditLimit: '100.5',
    taxExempt: 'true',
    birthDay: '',
    phone: 123,
    loaded: '2026-11-24T09:00:00Z',
    locId: 'HOME',
    locName: 'Hill 1',
    postalCode: '1000',
    cityName: 'Town',
    countryId: '106',
    shipLocId: 'WORK',
    shipLocName: 'Mill 2',
    shipCityName: 'City',
    posTerminal: 'TILL',
  };

  it('reads the customer and both addresses as rows of their models', () => {
    const { changes, needs, makes, orderedAfter } = understood('CustomerLoader', customer);
    expect(changes).toEqual([
      {
        kind: 'record',
        model: 'BusinessPartner',
        id: 'BERTA',
        values: {
          id: 'BERTA',
          _identifier: 'Berta',
          name: 'Berta',
          searchKey: 'B',
          creditLimit: 100.5,
          taxExempt: true,
          birthDay: null,
          phone: '123',
          loaded: '2026-11-24T09:00:00Z',
        },
        loadedAt: '2026-11-24T09:00:00.000Z',
      },
      {
        kind: 'record',
        model: 'BPLocation',
        id: 'HOME',
        values: {
          id: 'HOME',
          _identifier: 'Hill 1',
          bpartner: 'BERTA',
          name: 'Hill 1',
          postalCode: '1000',
          cityName: 'Town',
          countryId: '106',
          isBillTo: true,
          isShipTo: false,
        },
        loadedAt: '2026-11-24T09:00:00.000Z',
      },
      expect.objectContaining({
        id: 'WORK',
        values: {
          id: 'WORK',
          _identifier: 'Mill 2',
          bpartner: 'BERTA',
          name: 'Mill 2',
          cityName: 'City',
          isBillTo: false,
          isShipTo: true,
        },
      }),
    ]);
    expect(needs).toEqual([]);
    expect(makes).toEqual(['BERTA', 'HOME', 'WORK']);
    expect(orderedAfter).toEqual(['BERTA', 'HOME', 'WORK']);
    for (const change of changes) {
      if (change.kind !== 'record') continue;
      const model = change.model === 'BPLocation' ? BPLocation : BusinessPartner;
      expect(toModelRow(model, change.values)).not.toHaveProperty('reason');
    }
  });

  it.each<[string, JsonObject]>([
    ['flag', { useSameAddrForShipAndInv: true }],
    ['id', { shipLocId: 'HOME' }],
    ['absence of a second', { shipLocId: null, useSameAddrForShipAndInv: true }],
  ])('makes one address for both uses by %s', (_by, members) => {
    const { changes } = understood('CustomerLoader', { ...customer, ...members });
    expect(changes).toHaveLength(2);
    expect(changes[1]).toMatchObject({ id: 'HOME', values: { isBillTo: true, isShipTo: true } });
  });

  it('reads an address alone, after its customer', () => {
    const record = { id: 'HOME', bpartner: 'BERTA', name: 'Hill 1', isBillTo: 'Y', loaded: null };
    expect(understood('CustomerAddrLoader', record)).toEqual({
      changes: [
        {
          kind: 'record',
          model: 'BPLocation',
          id: 'HOME',
          values: { ...record, _identifier: 'Hill 1', isBillTo: true },
          loadedAt: null,
        },
      ],
      needs: [{ kind: 'record', model: 'BusinessPartner', id: 'BERTA' }],
      makes: ['HOME'],
      orderedAfter: ['HOME', 'BERTA'],
    });
  });
});

describe('CancelLayawayLoader', () => {
  it('ends the layaway that it names', () => {
    const record = { id: 'X', orderid: 'T1', obposAppCashup: 'CASHUP', bp: { id: 'BERTA' } };
    expect(understood('CancelLayawayLoader', record)).toEqual({
      changes: [{ kind: 'ticketCancel', ticketId: 'T1', record }],
      needs: [{ kind: 'ticket', id: 'T1' }],
      makes: ['T1', 'X', 'CASHUP'],
      orderedAfter: ['T1', 'X', 'BERTA'],
    });
    expect(reasonOf('CancelLayawayLoader', {})).toMatch(/names no layaway/);
  });
});

describe('ProcessCashMgmt', () => {
  const deposit: JsonObject = { id: 'D1', type: 'deposit', amount: '20.50', cashup_id: 'CASHUP' };

  it('reads a movement, which counts in its cash-up', () => {
    expect(understood('ProcessCashMgmt', deposit)).toEqual({
      changes: [
        {
          kind: 'cashMovement',
          id: 'D1',
          cashupId: 'CASHUP',
          movement: 'deposit',
          amountMinor: 2050,
          record: deposit,
        },
      ],
      needs: [],
      makes: ['D1', 'CASHUP'],
      orderedAfter: ['D1'],
    });
  });

  it.each<[JsonObject, RegExp]>([
    [{ type: 'gift' }, /"type"/],
    [{ amount: -1 }, /"amount" is negative: -1$/],
  ])('leaves %j to a person', (members, sentence) => {
    expect(reasonOf('ProcessCashMgmt', { ...deposit, ...members })).toMatch(sentence);
  });
});

describe('ProcessCashClose', () => {
  it('comes after everything that it counts', () => {
    const record: JsonObject = {
      id: 'CASHUP',
      isprocessed: 'Y',
      ticketIds: ['T1', 'T2'],
      cashMgmtIds: ['D1', { id: 'D2' }],
    };
    expect(understood('ProcessCashClose', record)).toEqual({
      changes: [{ kind: 'cashup', id: 'CASHUP', processed: true, ticketIds: ['T1', 'T2'], record }],
      needs: [
        { kind: 'ticket', id: 'T1' },
        { kind: 'ticket', id: 'T2' },
      ],
      makes: ['CASHUP'],
      orderedAfter: ['CASHUP', 'T1', 'T2', 'D1', 'D2'],
    });
  });

  it('reads an open cash-up of a client that lists nothing', () => {
    const { changes } = understood('ProcessCashClose', { id: 'CASHUP', isprocessed: 'N' });
    expect(changes).toMatchObject([{ processed: false, ticketIds: [] }]);
  });
});

describe('every loader', () => {
  const names = loaders.map((loader) => loader.name.slice(loader.name.lastIndexOf('.') + 1));

  it.each(names)('%s answers any record without throwing, and the same each time', (name) => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('Y', 'deposit', '', 0, -1, null, { id: 'X' }, ['X'], '2026-11-24'),
    );
    const members = [
      ...['id', 'documentNo', 'name', 'gross', 'net', 'orderType', 'bp', 'lines', 'orderDate'],
      ...['type', 'amount', 'ticketIds', 'cashMgmtIds', 'locId', 'shipLocId', 'loaded', 'orderid'],
    ];
    const record = fc.dictionary(fc.constantFrom(...members), member, { noNullPrototype: true });
    fc.assert(
      fc.property(record, (value) => {
        const reading = readerOf(name)(value, terminal);
        expect(readerOf(name)(value as JsonObject, terminal)).toEqual(reading);
        if (!reading.ok) expect(reading.reason.length).toBeGreaterThan(10);
        else {
          const { makes, orderedAfter } = reading.understanding;
          expect(new Set(makes).size).toBe(makes.length);
          expect(new Set(orderedAfter).size).toBe(orderedAfter.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
