import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../server/core/money.ts';
import { orderRecord } from '../../../terminal/order-record.ts';
import { receiptOfRecord, takenByRecord } from '../../../terminal/receipts.ts';
import { returnOf } from '../../../terminal/returns.ts';
import { cashMethod } from '../../../terminal/terminal-settings.ts';
import type { Ticket } from '../../../terminal/ticket.ts';
import { saleOf } from '../../../terminal/ticket.ts';
import { estate, shop } from './support/shop.ts';

const retail = shop();
const wholesale = shop(estate.terminals.at(-1));
let ids = 0;
const nextId = (): string => `ID${(ids += 1)}`;

function sell(
  from: typeof retail,
  products: readonly { productId: string; quantity: number; percent: number }[],
): Ticket {
  const lines = products.map(({ productId, quantity, percent }) => ({
    ...{ key: nextId(), productId, quantity },
    discount: percent === 0 ? null : { kind: 'percent' as const, percent },
  }));
  const ticket = saleOf(
    { id: nextId(), documentNo: 'C01/0000001', atMs: 5 },
    { lines, customerId: null, discount: { kind: 'amount', amountMinor: 37 } },
    { ...from, nextId, day: '2026-05-04', time: '09:30:00' },
  );
  if ('code' in ticket) throw new Error(ticket.message);
  return ticket;
}

function takeBack(sale: Ticket, wanted: Parameters<typeof returnOf>[2]): Ticket {
  const back = returnOf({ id: nextId(), documentNo: 'C01R/1', atMs: 9 }, sale, wanted, nextId);
  if ('code' in back) throw new Error(back.message);
  return back;
}

const products = ({ catalogue }: typeof retail) =>
  fc.array(
    fc.record({
      productId: fc.constantFrom(...catalogue.products.keys()),
      quantity: fc.integer({ min: 1, max: 9_000 }),
      percent: fc.constantFrom(0, 0, 12_345_678, 100_000_000),
    }),
    { minLength: 1, maxLength: 6 },
  );

describe.each([
  ['with tax', retail],
  ['without tax', wholesale],
])('returns in parts, prices %s', (_name, from) => {
  it('give back no more than was paid, and all of them exactly that', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(products(from), cuts, (bought, shares) => {
        const sale = sell(from, bought);
        const whole = sum(shares);
        const givenBack = { grossMinor: 0, netMinor: 0, taxMinor: 0 };
        const taken = new Map<string, number>();
        shares.forEach((_share, index) => {
          const until = sum(shares.slice(0, index + 1));
          const wanted = sale.lines.flatMap((line) => {
            const takenBefore = taken.get(line.id) ?? 0;
            const quantity = Math.floor((line.quantity * until) / whole) - takenBefore;
            taken.set(line.id, takenBefore + quantity);
            return quantity > 0 ? [{ lineId: line.id, quantity, takenBefore }] : [];
          });
          if (wanted.length === 0) return;
          const { totals } = takeBack(sale, wanted);
          for (const name of ['grossMinor', 'netMinor', 'taxMinor'] as const) {
            expect(totals[name]).toBeLessThanOrEqual(0);
            givenBack[name] -= totals[name];
            expect(givenBack[name]).toBeLessThanOrEqual(sale.totals[name]);
          }
        });
        const { grossMinor, netMinor, taxMinor } = sale.totals;
        expect(givenBack).toEqual({ grossMinor, netMinor, taxMinor });
      }),
    );
  });

  it('read from the record come to the same as from the ticket', () => {
    fc.assert(
      fc.property(products(from), (bought) => {
        const sale = sell(from, bought);
        const { settings, catalogue } = from;
        const method = cashMethod(settings);
        const payments = [{ method, amountMinor: sale.totals.grossMinor }];
        const context = {
          ...{ settings, userId: 'U', cashupId: 'K', nextId, timezoneOffset: 0 },
          paid: { payments, changeMinor: 70 },
        };
        const record = orderRecord(sale, context);
        const read = receiptOfRecord(record, { settings, catalogue });
        expect(read.changeMinor).toBe(70);
        expect(read.ticket.totals).toMatchObject({
          grossMinor: sale.totals.grossMinor,
          taxMinor: sale.totals.taxMinor,
        });
        const wanted = sale.lines.map((line) => ({
          ...{ lineId: line.id, quantity: line.quantity, takenBefore: 0 },
        }));
        const back = takeBack(read.ticket, wanted);
        expect(back.lines.map(({ taxed, amountMinor }) => [taxed, amountMinor])).toEqual(
          takeBack(sale, wanted).lines.map(({ taxed, amountMinor }) => [taxed, amountMinor]),
        );
        const returned = orderRecord(back, context);
        expect(takenByRecord(returned, sale.id)).toEqual(
          new Map(sale.lines.map((line) => [line.id, line.quantity])),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('a return', () => {
  const productId = [...retail.catalogue.products.keys()][0]!;
  const sale = sell(retail, [{ productId, quantity: 3_000, percent: 0 }]);
  const lineId = sale.lines[0]!.id;
  const head = { id: 'R', documentNo: 'C01R/1', atMs: 9 };

  it.each([
    ['emptyBasket', []],
    ['notReturnable', [{ lineId: 'X', quantity: 1, takenBefore: 0 }]],
    ['notReturnable', [{ lineId, quantity: 3_001, takenBefore: 0 }]],
    ['notReturnable', [{ lineId, quantity: 1_001, takenBefore: 2_000 }]],
    ['notReturnable', [{ lineId, quantity: 0, takenBefore: 0 }]],
  ])('is refused: %s', (code, wanted) => {
    expect(returnOf(head, sale, wanted, nextId)).toMatchObject({ code });
  });

  it('cannot be taken back itself', () => {
    const back = takeBack(sale, [{ lineId, quantity: 1_000, takenBefore: 0 }]);
    const wanted = [{ lineId: back.lines[0]!.id, quantity: 1_000, takenBefore: 0 }];
    expect(returnOf(head, back, wanted, nextId)).toMatchObject({ code: 'notReturnable' });
  });
});
