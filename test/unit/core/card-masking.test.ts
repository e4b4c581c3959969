import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../server/contract/json.ts';
import {
  isCardNumber,
  maskCards,
  maskText,
  maskUnread,
} from '../../../server/core/card-masking.ts';

/** Published test numbers of the issuers. */
const CARDS: readonly [number: string, shown: string][] = [
  ['4111111111111111', '411111******1111'],
  ['4222222222222', '422222***2222'],
  ['5555555555554444', '555555******4444'],
  ['2223003122003222', '222300******3222'],
  ['378282246310005', '378282*****0005'],
  ['6011111111111117', '601111******1117'],
  ['3530111333300000', '353011******0000'],
  ['30569309025904', '305693****5904'],
  ['6759649826438453', '675964******8453'],
];

const ticketWith = (parts: Record<string, Json>): Json => ({ data: [{ id: 'T1', ...parts }] });

/** A number of the length that passes the check digit, behind the given first digits. */
function withCheckDigit(body: string): string {
  for (let digit = 0; digit < 10; digit += 1) {
    if (isCardNumber(`${body}${digit}`)) return `${body}${digit}`;
  }
  throw new Error(`no check digit completes ${body}`);
}
const visa = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 })
  .map((digits) => withCheckDigit(`4${digits.join('')}`));

describe('masking card numbers', () => {
  it.each(CARDS)('reduces %s to its first six and last four digits', (number, shown) => {
    const { value, masked } = maskCards(ticketWith({ payments: [{ paymentData: { number } }] }));
    expect(masked).toBe(true);
    expect(value).toEqual(ticketWith({ payments: [{ paymentData: { number: shown } }] }));
  });

  it.each([
    ['4111 1111 1111 1111', '4111 11** **** 1111'],
    ['4111-1111-1111-1111 exp 12/28', '4111-11**-****-1111 exp 12/28'],
    ['till 12 4111 1111 1111 1111', 'till 12 4111 11** **** 1111'],
    ['%B4111111111111111^DOE/JANE', '%B411111******1111^DOE/JANE'],
    ['4111111111111111,5555555555554444', '411111******1111,555555******4444'],
    ['4111111111111112', '4111111111111112'],
    ['14111111111111111', '14111111111111111'],
    ['2026-11-24 10:00', '2026-11-24 10:00'],
  ])('reads %j as %j', (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });

  it('masks numbers that come as JSON numbers, and secrets by their name', () => {
    const payments = [{ pan: 4111111111111111, cvv: '123', CVC2: 456, track2: ';x', amount: 12.5 }];
    const { value } = maskCards(ticketWith({ payments }));
    expect(value).toEqual(
      ticketWith({
        payments: [
          { pan: '411111******1111', cvv: '***', CVC2: '***', track2: '***', amount: 12.5 },
        ],
      }),
    );
  });

  it('masks what a cashier wrote into a note, on the ticket and on a line', () => {
    const note = 'paid with 4111111111111111';
    const { value } = maskCards(ticketWith({ description: note, lines: [{ description: note }] }));
    expect(JSON.stringify(value)).not.toContain('4111111111111111');
  });

  it('never touches ids, barcodes, document and loyalty numbers', () => {
    fc.assert(
      fc.property(visa, (number) => {
        const ticket = ticketWith({
          id: number,
          documentNo: number,
          loyaltyNumber: number,
          bp: { id: number, searchKey: number, name: number },
          lines: [{ product: { uPCEAN: number, searchkey: number, _identifier: number } }],
          payments: [
            { id: number, paymentId: number, reversedPaymentId: number, payment_id: number },
          ],
        });
        const { value, masked } = maskCards(ticket);
        expect(masked).toBe(false);
        expect(value).toBe(ticket);
      }),
    );
  });

  it('leaves no card number in a payment, whatever is around it', () => {
    fc.assert(
      fc.property(visa, fc.constantFrom('', ' ', 'card:', '=', ';', 'a'), (number, before) => {
        const { value } = maskCards(ticketWith({ payments: [{ x: [`${before}${number}?`] }] }));
        expect(JSON.stringify(value)).not.toContain(number);
      }),
    );
  });

  it.each([
    [
      '{"pan":"4111111111111111","cvv": "123","x":1',
      '{"pan":"411111******1111","cvv": "***","x":1',
    ],
    ['{"CVC":123,"track2":";4111111111111111=2512', '{"CVC":"***","track2":"***"'],
    ['{"n":"41111111111', '{"n":"*'],
    ['{"id":"A1B2","gross":12.5}', '{"id":"A1B2","gross":12.5}'],
  ])('masks %s, which is not JSON', (text, expected) => {
    expect(maskUnread(text)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    const json = fc.jsonValue().map((value) => ({ payments: [value, '4111 1111 1111 1111'] }));
    fc.assert(
      fc.property(json, (value) => {
        const once = maskCards(value).value;
        expect(maskCards(once)).toEqual({ value: once, masked: false });
      }),
    );
  });
});
