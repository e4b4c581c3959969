import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum, toScaled } from '../../../server/core/money.ts';
import { cartOf } from '../../../terminal/cart.ts';
import type { Catalogue } from '../../../terminal/catalogue.ts';
import { orderRecord } from '../../../terminal/order-record.ts';
import { returnOf, wholeOf } from '../../../terminal/returns.ts';
import { cashMethod } from '../../../terminal/terminal-settings.ts';
import type { Ticket } from '../../../terminal/ticket.ts';
import { pieces, saleOf } from '../../../terminal/ticket.ts';
import { estate, shop } from './support/shop.ts';

/** What is put on the counter. */
type Bought = Parameters<typeof cartOf>[0][number];

const retail = shop();
const wholesale = shop(estate.terminals.at(-1));
/** An estate that sells from the terminals' lists only. */
const oneList = { ...retail, catalogue: { ...retail.catalogue, priceLists: new Map() } };
let ids = 0;
const nextId = (): string => `ID${(ids += 1)}`;

function productId(catalogue: Catalogue, name: string): string {
  const found = [...catalogue.products.values()].find(({ row }) => row._identifier === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.row.id;
}

function customerId(catalogue: Catalogue, searchKey: string): string {
  const found = [...catalogue.customers.values()].find(({ row }) => row.searchKey === searchKey);
  if (found === undefined) throw new Error(`no customer ${searchKey}`);
  return found.row.id;
}

function trySell(
  products: readonly Bought[],
  at: { time?: string; customer?: string; from?: typeof retail } = {},
) {
  const { settings, catalogue } = at.from ?? retail;
  const head = { id: nextId(), documentNo: 'C01/0000001', atMs: 0 };
  const cart = cartOf(products, customerId(catalogue, at.customer ?? 'WALKIN'));
  const time = at.time ?? '09:30:00';
  return saleOf(head, cart, { catalogue, settings, nextId, day: '2026-05-04', time });
}

function sell(...[basket, at]: Parameters<typeof trySell>): Ticket {
  const ticket = trySell(basket, at);
  if ('code' in ticket) throw new Error(ticket.message);
  return ticket;
}

const one = (name: string, count = 1, catalogue = retail.catalogue): Bought[] => [
  { productId: productId(catalogue, name), quantity: pieces(count) },
];

describe('a sale', () => {
  it('adds up prices with tax', () => {
    const ticket = sell([...one('Baguette Piece', 2), ...one('Cola 330 ml')]);
    // 2 × 0.95 at 4 %, 0.85 at 21 %.
    expect(ticket.totals.grossMinor).toBe(275);
    expect(ticket.totals.rates.map((rate) => [rate.grossMinor, rate.netMinor])).toEqual([
      [190, 183],
      [85, 70],
    ]);
  });

  it('weighs', () => {
    const apples = productId(retail.catalogue, 'Golden apples');
    expect(sell([{ productId: apples, quantity: 1_365 }]).totals.grossMinor).toBe(287);
  });

  it('gives every third piece free, never more', () => {
    const gross = (count: number) => sell(one('Cola 330 ml', count)).totals.grossMinor;
    expect([1, 2, 3, 4, 6].map(gross)).toEqual([85, 170, 170, 255, 340]);
  });

  it('puts the same product together before it counts', () => {
    const ticket = sell([...one('Cola 330 ml', 2), ...one('Cola 330 ml')]);
    expect(ticket.lines).toHaveLength(1);
    expect(ticket.totals.grossMinor).toBe(170);
  });

  it('takes a percentage off a category', () => {
    expect(sell(one('Butter croissant Piece')).totals.grossMinor).toBe(117);
  });

  it('knows the happy hour', () => {
    const gross = (time: string) => sell(one('Cappuccino Cup', 2), { time }).totals.grossMinor;
    expect(gross('15:59:59')).toBe(440);
    expect(gross('16:00:00')).toBe(300);
    expect(gross('18:00:00')).toBe(440);
  });

  it('gives an agreed price to one customer only, and stops at the first rule', () => {
    const gross = (customer: string) =>
      sell(one('Coffee beans 1 kg'), { customer, from: oneList }).totals.grossMinor;
    expect(gross('W001')).toBe(1_371);
    // 5 % of 14.90 is 0.745: the discount is what is rounded.
    expect(gross('W002')).toBe(1_415);
    expect(gross('C001')).toBe(1_490);
  });

  it('sells from the customer’s price list, without tax where that has none', () => {
    const ticket = sell(one('Cola 330 ml', 2), { customer: 'W002' });
    const list = [...retail.catalogue.priceLists.values()][0]!.row;
    expect(ticket).toMatchObject({ priceListId: list.m_pricelist_id, priceIncludesTax: false });
    // 0.62 without tax, less the 5 % of the customer's category.
    expect(ticket.totals).toMatchObject({ netMinor: 118, taxMinor: 25, grossMinor: 143 });
    expect(sell(one('Cola 330 ml', 2))).toMatchObject({ priceIncludesTax: true });
  });

  it('does not sell what the customer’s list has no price for', () => {
    const [list] = [...retail.catalogue.priceLists.values()];
    const id = productId(retail.catalogue, 'Cola 330 ml');
    const prices = new Map([...list!.prices].filter(([product]) => product !== id));
    const priceLists = new Map([[list!.row.m_pricelist_id, { ...list!, prices }]]);
    const from = { ...retail, catalogue: { ...retail.catalogue, priceLists } };
    const fault = trySell(one('Cola 330 ml'), { customer: 'W002', from });
    expect(fault).toMatchObject({ code: 'noPrice' });
  });

  it('adds the tax on the wholesale list, where bundles do not count', () => {
    const ticket = sell(one('Cola 330 ml', 3, wholesale.catalogue), { from: wholesale });
    // 0.85 ÷ 1.21 × 0.88 is 0.62 without tax.
    expect(ticket.totals).toMatchObject({ netMinor: 186, taxMinor: 39, grossMinor: 225 });
  });

  it('says what it cannot sell', () => {
    expect(trySell([])).toMatchObject({ code: 'emptyBasket' });
    expect(trySell([{ productId: 'X', quantity: 1_000 }])).toMatchObject({
      code: 'unknownProduct',
    });
    const [line] = one('Baguette Piece');
    expect(trySell([{ ...line!, quantity: 0 }])).toMatchObject({ code: 'badQuantity' });
    expect(trySell([{ ...line!, quantity: 0.5 }])).toMatchObject({ code: 'badQuantity' });
  });
});

describe('every ticket', () => {
  const baskets = ({ catalogue }: typeof retail) =>
    fc.array(
      fc.record({
        productId: fc.constantFrom(...catalogue.products.keys()),
        quantity: fc.oneof(
          fc.integer({ min: 1, max: 12 }).map(pieces),
          fc.integer({ min: 1, max: 9_999 }),
        ),
      }),
      { minLength: 1, maxLength: 15 },
    );
  const customers = fc.constantFrom('WALKIN', 'W001', 'W002', 'C001');
  const times = fc.constantFrom('09:00:00', '17:00:00');

  const recordOf = (ticket: Ticket, from: typeof retail) =>
    orderRecord(ticket, {
      settings: from.settings,
      userId: 'U',
      cashupId: 'K',
      paid: {
        payments: [{ method: cashMethod(from.settings), amountMinor: ticket.totals.grossMinor }],
        changeMinor: 0,
      },
      nextId,
      timezoneOffset: 0,
    }) as unknown as WireOrder;

  interface WireOrder {
    gross: number;
    net: number;
    payment: number;
    taxes: Record<string, { net: number; amount: number }>;
    lines: {
      id: string;
      gross: number;
      net: number;
      taxAmount: number;
      lineGrossAmount: number;
      promotions: { amt: number }[];
    }[];
    payments: { amount: number }[];
  }

  const cents = (value: number): number => toScaled(value, 2)!;

  it.each([
    ['retail', retail],
    ['wholesale', wholesale],
  ] as const)('balances on the wire, %s', (_name, from) => {
    fc.assert(
      fc.property(baskets(from), customers, times, (basket, customer, time) => {
        const ticket = sell(basket, { customer, time, from });
        const wire = recordOf(ticket, from);
        const gross = cents(wire.gross);
        const taxes = Object.values(wire.taxes);
        expect(cents(wire.net) + sum(taxes.map((tax) => cents(tax.amount)))).toBe(gross);
        expect(sum(taxes.map((tax) => cents(tax.net)))).toBe(cents(wire.net));
        expect(sum(wire.lines.map((line) => cents(line.lineGrossAmount)))).toBe(gross);
        expect(sum(wire.lines.map((line) => cents(line.taxAmount)))).toBe(
          sum(taxes.map((tax) => cents(tax.amount))),
        );
        expect(sum(wire.payments.map((payment) => cents(payment.amount)))).toBe(gross);
        if (!ticket.priceIncludesTax) return;
        for (const line of wire.lines) {
          const off = sum(line.promotions.map((promotion) => cents(promotion.amt)));
          expect(cents(line.gross) - off).toBe(cents(line.lineGrossAmount));
          expect(off).toBeLessThanOrEqual(cents(line.gross));
        }
      }),
    );
  });

  it.each([
    ['retail', retail],
    ['wholesale', wholesale],
  ] as const)('taken back whole is its exact mirror, %s', (_name, from) => {
    fc.assert(
      fc.property(baskets(from), customers, (basket, customer) => {
        const sale = sell(basket, { customer, from });
        const head = { id: nextId(), documentNo: 'C01R/0000001', atMs: 1 };
        const back = returnOf(head, sale, wholeOf(sale), nextId);
        if ('code' in back) throw new Error(back.message);
        const wire = recordOf(back, from);
        expect(cents(wire.gross)).toBe(-sale.totals.grossMinor + 0);
        expect(cents(wire.net)).toBe(-sale.totals.netMinor + 0);
        expect(back.lines.map((line) => line.original?.lineId)).toEqual(
          sale.lines.map((line) => line.id),
        );
      }),
    );
  });
});
