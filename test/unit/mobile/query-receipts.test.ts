import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import { receiptOf } from '../../../server/mobile/modules/posterminal/receipts/paid-receipts.ts';
import { readerFor } from '../../../server/mobile/modules/posterminal/receipts/ticket-head.ts';
import type { TicketHead, TicketQuery } from '../../../server/storage/port.ts';
import { fakeStorage } from '../../support/mobile/fake-storage.ts';
import { answered, ask, contextOn, till, tillQuery } from '../../support/mobile/shop.ts';

const POS = 'org.openbravo.retail.posterminal';

const head: TicketHead = {
  id: 'T1',
  documentNo: 'VBS1/0000012',
  documentKind: 'sale',
  terminal: till.id,
  organization: 'STORE',
  businessPartner: 'C1',
  businessPartnerName: 'Ann Baker',
  orderedAt: '2026-03-31T10:00:00.000Z',
  grossMinor: 1210,
  netMinor: 1000,
  cancelled: false,
  updatedAt: '2026-03-31T10:00:05.000Z',
};

const record: JsonObject = {
  id: 'T1',
  bp: { id: 'C1', locId: 'L1', shipLocId: 'L2' },
  currency: '102',
  lines: [
    {
      id: 'LINE1',
      product: { id: 'P1', _identifier: 'Bread', uOM: '100' },
      qty: 0.3,
      price: 12.1,
      lineGrossAmount: 3.63,
      taxLines: { TAX: { name: 'VAT 21%', rate: 21, net: 3, amount: 0.63 } },
      promotions: [{ ruleId: 'R1', name: 'Tuesday', amt: 0.5 }],
    },
  ],
  payments: [
    { id: 'A', kind: 'cash', amount: 5, isReversed: true },
    { id: 'B', kind: 'cash', amount: -5, reversedPaymentId: 'A', isReversePayment: true },
    { id: 'C', kind: 'card', amount: 12.1, reversedPaymentId: 'elsewhere' },
  ],
  taxes: { TAX: { name: 'VAT 21%', rate: 21, net: 10.1, amount: 2.2 } },
};

async function search(service: string, parameters: JsonObject) {
  const asked: TicketQuery[] = [];
  const rows = { BusinessPartner: [{ id: 'C1', name: 'Ann Baker' }] };
  const context = contextOn(fakeStorage({ tickets: [{ head, record }], asked, rows }));
  const { data } = await answered(`${POS}.${service}`, tillQuery(parameters), context);
  return { data, asked: asked[0] };
}

const refusalOf = async (service: string, parameters: JsonObject) => {
  const answer = await ask(`${POS}.${service}`, tillQuery(parameters), contextOn(fakeStorage({})));
  return answer.ok ? 'taken' : answer.message;
};

describe('PaidReceiptsHeader', () => {
  it('searches by text, kind and whole days, and gives amounts as numbers', async () => {
    const filters = { filterText: ' baker ', startDate: '2026-03-30', endDate: '2026-03-31' };
    const { data, asked } = await search('PaidReceiptsHeader', { filters, _limit: 50 });
    expect(asked).toEqual({
      documentKinds: ['sale', 'return'],
      text: 'baker',
      fromIso: new Date(2026, 2, 30).toISOString(),
      untilIso: new Date(2026, 3, 1).toISOString(),
      limit: 50,
      offset: 0,
    });
    expect(data).toEqual([
      {
        id: 'T1',
        documentNo: 'VBS1/0000012',
        orderDate: head.orderedAt,
        businessPartner: 'Ann Baker',
        totalamount: 12.1,
        documentTypeId: 'ORD',
        isLayaway: false,
      },
    ]);
  });

  it.each<[JsonObject, string[]]>([
    [{ isQuotation: true }, ['quotation']],
    [{ isLayaway: true }, ['layaway']],
    [{ isReturn: true }, ['return']],
    [{ documentType: ['RET'] }, ['return']],
    [{ documentType: ['ORD', 'QT'] }, ['sale', 'quotation']],
    [{ startDate: '', endDate: '' }, ['sale', 'return']],
  ])('%j asks for %j', async (filters, kinds) => {
    const { asked } = await search('PaidReceiptsHeader', { filters });
    expect(asked?.documentKinds).toEqual(kinds);
  });

  it('refuses what is no date and no object', async () => {
    expect(await refusalOf('PaidReceiptsHeader', { filters: { endDate: 'today' } })).toMatch(
      /"filters.endDate" is "today"; it must be a date like/,
    );
    expect(await refusalOf('PaidReceiptsHeader', { filters: 'x' })).toMatch(/must be an object/);
  });
});

describe('PaidReceiptsFilter', () => {
  const filter = (column: string, value: string | number, operator = 'equals'): JsonObject => ({
    ...{ columns: [column], operator, value },
  });

  it('turns a filter for each column into a search', async () => {
    const { data, asked } = await search('PaidReceiptsFilter', {
      remoteFilters: [
        filter('documentNo', '0012', 'contains'),
        filter('totalamountFrom', '1.005'),
        filter('totalamountTo', 20),
        filter('orderType', 'RET'),
      ],
    });
    expect(asked).toMatchObject({
      ...{ text: '0012', grossFromMinor: 101, grossToMinor: 2000, documentKinds: ['return'] },
    });
    expect(data).toMatchObject([
      { id: 'T1', businessPartnerName: 'Ann Baker', documentStatus: 'CO' },
    ]);
  });

  it('finds the tickets of one customer', async () => {
    const of = async (id: string) =>
      (await search('PaidReceiptsFilter', { remoteFilters: [filter('businessPartner', id)] })).data;
    expect(await of('C1')).toHaveLength(1);
    expect(await of('C2')).toHaveLength(0);
  });

  it('refuses columns and values that it does not know', async () => {
    const of = (...filters: JsonObject[]) =>
      refusalOf('PaidReceiptsFilter', { remoteFilters: filters });
    expect(await of(filter('colour', 'red'))).toMatch(/by the column "colour"; its columns are/);
    expect(await of(filter('orderType', 'X'))).toMatch(/must be one of ORD, RET, LAY, QT/);
    expect(await of(filter('totalamountTo', 'much'))).toMatch(/must be an amount/);
  });
});

describe('PaidReceipts', () => {
  const receipt = async () => (await search('PaidReceipts', { orderid: 'T1' })).data[0]!;

  it('is the ticket in full, with the server’s time as its version', async () => {
    expect(await receipt()).toMatchObject({
      ...{ orderid: 'T1', bp: 'C1', bpLocId: 'L2', bpBillLocId: 'L1', totalamount: 12.1 },
      ...{ loaded: head.updatedAt, currency: '102', isQuotation: false, iscancelled: false },
      receiptLines: [
        {
          ...{ id: 'P1', lineId: 'LINE1', name: 'Bread', quantity: 0.3, unitPrice: 12.1 },
          ...{ deliveredQuantity: 0.3, remainingQuantity: 0, shipmentlines: [] },
          taxes: [{ taxId: 'TAX', taxAmount: 0.63, taxableAmount: 3, taxRate: 21 }],
          promotions: [{ ruleId: 'R1', amt: 0.5, hidden: false }],
        },
      ],
      receiptTaxes: [{ taxid: 'TAX', net: 10.1, amount: 2.2, gross: 12.3 }],
    });
  });

  it('names reversed payments only in pairs', async () => {
    expect((await receipt())['receiptPayments']).toMatchObject([
      { paymentId: 'A', isReversed: true, reversedPaymentId: null },
      { paymentId: 'B', isReversed: false, reversedPaymentId: 'A' },
      { paymentId: 'C', isReversed: false, reversedPaymentId: null },
    ]);
  });

  it('has no row for a ticket that is unknown, and asks for an id', async () => {
    expect((await search('PaidReceipts', { orderid: 'T2' })).data).toEqual([]);
    expect(await refusalOf('PaidReceipts', {})).toMatch(/"orderid"/);
  });

  it('is made of any record that a till may have sent', () => {
    const member = fc.constantFrom('lines', 'payments', 'taxes', 'bp', 'currency', 'warehouse');
    fc.assert(
      fc.property(fc.dictionary(member, fc.jsonValue()), (any) => {
        const made = receiptOf(head, any, readerFor(till));
        expect(made['receiptLines']).toBeInstanceOf(Array);
        expect(made['receiptTaxes']).toBeInstanceOf(Array);
      }),
    );
  });
});
