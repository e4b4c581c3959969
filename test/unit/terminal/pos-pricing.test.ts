import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../server/core/money.ts';
import type { Cart, ManualDiscount } from '../../../terminal/cart.ts';
import { addToCart, cartOf, EMPTY_CART } from '../../../terminal/cart.ts';
import { manualRulesOf } from '../../../terminal/discounts.ts';
import type { Ticket } from '../../../terminal/ticket.ts';
import { leftOf, pieces, saleOf } from '../../../terminal/ticket.ts';
import { estate, shop } from './support/shop.ts';

const retail = shop();
const wholesale = shop(estate.terminals.at(-1));

function price(cart: Cart, from = retail) {
  const head = { id: 'T', documentNo: 'C01/1', atMs: 0 };
  let ids = 0;
  const nextId = (): string => String((ids += 1));
  return saleOf(head, cart, { ...from, nextId, day: '2026-05-04', time: '09:30:00' });
}

function priced(cart: Cart, from = retail): Ticket {
  const ticket = price(cart, from);
  if ('code' in ticket) throw new Error(ticket.message);
  return ticket;
}

function idOf(name: string): string {
  const found = [...retail.catalogue.products.values()].find(({ row }) => row._identifier === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.row.id;
}

const line = (name: string, count: number, discount: ManualDiscount | null = null) => ({
  ...{ key: name, productId: idOf(name), quantity: pieces(count), discount },
});

const percent = (value: number): ManualDiscount => ({ kind: 'percent', percent: value * 1e6 });
const amount = (amountMinor: number): ManualDiscount => ({ kind: 'amount', amountMinor });

describe('discounts of the cashier', () => {
  it('come after the price rules', () => {
    // 1.30 less 10 % of the category is 1.17; half of that is 0.585, which rounds to 0.59.
    const ticket = priced({
      ...EMPTY_CART,
      lines: [line('Butter croissant Piece', 1, percent(50))],
    });
    expect(ticket.lines[0]?.discounts.map((each) => [each.isManual, each.amountMinor])).toEqual([
      [false, 13],
      [true, 59],
    ]);
    expect(ticket.totals.grossMinor).toBe(58);
  });

  it('on the ticket are shared over the lines in proportion, to the cent', () => {
    const lines = [line('Baguette Piece', 1), line('Cola 330 ml', 1), line('Cappuccino Cup', 1)];
    const ticket = priced({ ...EMPTY_CART, lines, discount: amount(100) });
    // 0.95, 0.85 and 2.20: 23.75, 21.25 and 55 cents.
    expect(ticket.lines.map((each) => each.discounts[0]?.amountMinor)).toEqual([24, 21, 55]);
    expect(ticket.totals.grossMinor).toBe(300);
  });

  it('never take off more than there is', () => {
    const lines = [line('Baguette Piece', 1, amount(500)), line('Cola 330 ml', 1)];
    const ticket = priced({ ...EMPTY_CART, lines, discount: amount(5_000) });
    expect(ticket.totals).toMatchObject({ grossMinor: 0, netMinor: 0, taxMinor: 0 });
  });

  it.each([percent(0), percent(101), amount(0), amount(-1), amount(0.5)])(
    'are refused where they are none: %o',
    (discount) => {
      const lines = [line('Cola 330 ml', 1)];
      expect(price({ ...EMPTY_CART, lines, discount })).toMatchObject({ code: 'badDiscount' });
    },
  );

  it('bear the estate’s own rule of the type, else the type', () => {
    const own = { id: 'R7', name: 'Staff', printName: 'Staff price', startingDate: '2020-01-01' };
    const rules = manualRulesOf([{ ...own, discountType: '20E4EC27397344309A2185097392D964' }]);
    expect(rules.percent).toMatchObject({ ruleId: 'R7', name: 'Staff price' });
    expect(rules.amount.ruleId).toBe('D1D193305A6443B09B299259493B272A');
  });
});

describe('a cart', () => {
  it('puts more of a product on its line, but not on one with a discount', () => {
    const added = { key: 'k1', productId: 'P', quantity: 1_000 };
    const twice = addToCart(addToCart(EMPTY_CART, added), { ...added, key: 'k2' });
    expect(twice.lines).toMatchObject([{ key: 'k1', quantity: 2_000 }]);
    const discounted = { ...twice, lines: [{ ...twice.lines[0]!, discount: amount(1) }] };
    expect(addToCart(discounted, { ...added, key: 'k3' }).lines).toHaveLength(2);
    expect(cartOf([added, added]).lines).toHaveLength(1);
  });
});

describe('every cart', () => {
  const discounts = fc.option(
    fc.oneof(
      fc.integer({ min: 1, max: 100_000_000 }).map((value) => ({
        ...{ kind: 'percent' as const, percent: value },
      })),
      fc.integer({ min: 1, max: 5_000 }).map(amount),
    ),
    { nil: null },
  );
  const carts = ({ catalogue }: typeof retail) =>
    fc.record({
      customerId: fc.option(fc.constantFrom(...catalogue.customers.keys()), { nil: null }),
      discount: discounts,
      lines: fc.array(
        fc.record({
          key: fc.uuid(),
          productId: fc.constantFrom(...catalogue.products.keys()),
          quantity: fc.integer({ min: 1, max: 20_000 }),
          discount: discounts,
        }),
        { minLength: 1, maxLength: 12 },
      ),
    });

  it.each([
    ['retail', retail],
    ['wholesale', wholesale],
  ] as const)('adds up, and no line is below nothing, %s', (_name, from) => {
    fc.assert(
      fc.property(carts(from), (cart) => {
        const { lines, totals, priceIncludesTax } = priced(cart, from);
        expect(lines).toHaveLength(cart.lines.length);
        expect(sum(lines.map(({ taxed }) => taxed.grossMinor))).toBe(totals.grossMinor);
        expect(sum(lines.map(({ taxed }) => taxed.netMinor))).toBe(totals.netMinor);
        expect(totals.netMinor + totals.taxMinor).toBe(totals.grossMinor);
        for (const each of lines) {
          const left = leftOf(each);
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBe(priceIncludesTax ? each.taxed.grossMinor : each.taxed.netMinor);
          for (const { amountMinor } of each.discounts) expect(amountMinor).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('loses exactly its discount on the ticket', () => {
    fc.assert(
      fc.property(carts(retail), fc.integer({ min: 1, max: 10_000 }), (cart, off) => {
        const leftMinor = (ticket: Ticket) => sum(ticket.lines.map(leftOf));
        const before = leftMinor(priced({ ...cart, discount: null }));
        const after = leftMinor(priced({ ...cart, discount: amount(off) }));
        expect(before - after).toBe(Math.min(off, before));
      }),
    );
  });
});
