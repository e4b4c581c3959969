import type { JsonObject } from '../../../../contract/json.ts';
import { isJsonObject } from '../../../../contract/json.ts';
import { fromScaled, toScaled } from '../../../../core/money.ts';
import { flagOf, numberOf, objectOf, textOf } from '../read-json.ts';

/** Amounts of a tax are added at six decimals, more than any currency has. */
const AMOUNT_SCALE = 6;

/** A member that holds taxes under their ids, as pairs. */
export function taxesById(record: JsonObject, name: string): [string, JsonObject][] {
  return Object.entries(objectOf(record, name)).filter((entry): entry is [string, JsonObject] =>
    isJsonObject(entry[1]),
  );
}

/** The taxes of a receipt. */
export function receiptTaxes(record: JsonObject): JsonObject[] {
  return taxesById(record, 'taxes').map(([taxid, tax]) => {
    const net = numberOf(tax, 'net');
    const amount = numberOf(tax, 'amount');
    return {
      taxid,
      rate: numberOf(tax, 'rate'),
      net,
      amount,
      gross: added(net, amount),
      name: textOf(tax, 'name'),
      cascade: flagOf(tax, 'cascade'),
      docTaxAmount: textOf(tax, 'docTaxAmount'),
      lineNo: numberOf(tax, 'lineNo'),
      taxBase: textOf(tax, 'taxBase'),
    };
  });
}

function added(one: number, other: number): number {
  const sum = (toScaled(one, AMOUNT_SCALE) ?? 0) + (toScaled(other, AMOUNT_SCALE) ?? 0);
  return fromScaled(sum, AMOUNT_SCALE);
}
