import type { JsonObject } from '../../../../contract/json.ts';
import { decimalOf, flagOf, numberOf, objectsOf, textOf } from '../read-json.ts';

/**
 * The payments of a receipt. A payment and the one that reverses it are named as such only where both
 * are there: a client stops at a half of the pair.
 */
export function receiptPayments(record: JsonObject): JsonObject[] {
  const payments = objectsOf(record, 'payments');
  const ids = new Set(payments.map((payment) => textOf(payment, 'id')));
  const reversed = new Set(payments.map((payment) => textOf(payment, 'reversedPaymentId')));
  return payments.map((payment) => {
    const id = textOf(payment, 'id');
    const counterpart = textOf(payment, 'reversedPaymentId');
    return {
      amount: numberOf(payment, 'amount'),
      paymentDate: textOf(payment, 'date'),
      paymentData: payment['paymentData'] ?? null,
      name: textOf(payment, 'name'),
      kind: textOf(payment, 'kind'),
      rate: decimalOf(payment, 'rate') ?? '1',
      mulrate: decimalOf(payment, 'mulrate') ?? '1',
      isocode: textOf(payment, 'isocode'),
      isPrePayment: flagOf(payment, 'isPrePayment'),
      paymentId: id,
      isReversed: id !== null && reversed.has(id),
      reversedPaymentId: counterpart !== null && ids.has(counterpart) ? counterpart : null,
    };
  });
}
