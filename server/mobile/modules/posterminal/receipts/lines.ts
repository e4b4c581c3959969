import type { JsonObject } from '../../../../contract/json.ts';
import { fromScaled, toScaled } from '../../../../core/money.ts';
import { flagOf, idOf, numberOf, objectOf, objectsOf, textOf } from '../read-json.ts';
import { taxesById } from './taxes.ts';

/** Quantities are compared at six decimals. */
const QUANTITY_SCALE = 6;

/** The lines of a receipt. Their `id` is the product's: the field's naming. */
export function receiptLines(record: JsonObject): JsonObject[] {
  return objectsOf(record, 'lines').map((line) => receiptLine(line, record));
}

function receiptLine(line: JsonObject, record: JsonObject): JsonObject {
  const product = objectOf(line, 'product');
  const warehouse = objectOf(line, 'warehouse');
  const quantity = numberOf(line, 'qty');
  const delivered = deliveredOf(line, record, quantity);
  return {
    id: idOf(line, 'product'),
    lineId: textOf(line, 'id'),
    name: textOf(product, '_identifier') ?? textOf(product, 'name') ?? textOf(line, 'description'),
    uOM: idOf(line, 'uOM') ?? textOf(product, 'uOM'),
    quantity,
    unitPrice: numberOf(line, 'price'),
    grossUnitPrice: numberOf(line, 'grossUnitPrice') || numberOf(line, 'price'),
    baseNetUnitPrice: numberOf(line, 'pricenet'),
    linegrossamount: numberOf(line, 'lineGrossAmount') || numberOf(line, 'gross'),
    discountPercentage: numberOf(line, 'discountPercentage'),
    warehouse: idOf(line, 'warehouse') ?? idOf(record, 'warehouse'),
    warehousename: textOf(warehouse, 'warehousename') ?? textOf(warehouse, '_identifier'),
    deliveredQuantity: delivered,
    remainingQuantity: remaining(quantity, delivered),
    productType: textOf(product, 'productType') ?? 'I',
    returnable: product['returnable'] !== false,
    attributeValue: textOf(line, 'attributeValue'),
    // Goods leave with the customer: a shipment of its own is not kept.
    shipmentlines: [],
    taxes: taxesById(line, 'taxLines').map(([taxId, tax]) => ({
      taxId,
      identifier: textOf(tax, 'name'),
      taxAmount: numberOf(tax, 'amount'),
      taxableAmount: numberOf(tax, 'net'),
      taxRate: numberOf(tax, 'rate'),
    })),
    promotions: objectsOf(line, 'promotions').map((promotion) => ({
      ruleId: textOf(promotion, 'ruleId'),
      discountType: textOf(promotion, 'discountType'),
      name: textOf(promotion, 'name') ?? textOf(promotion, 'identifier'),
      amt: numberOf(promotion, 'amt'),
      actualAmt: numberOf(promotion, 'actualAmt'),
      hidden: flagOf(promotion, 'hidden'),
    })),
    relatedLines: objectsOf(line, 'relatedLines').map((related) => ({
      orderlineId: textOf(related, 'orderlineId'),
      qty: numberOf(related, 'qty'),
      gross: numberOf(related, 'gross'),
      net: numberOf(related, 'net'),
    })),
  };
}

/** What the till says was delivered; a sale whose goods were handed over says nothing. */
function deliveredOf(line: JsonObject, record: JsonObject, quantity: number): number {
  if (line['deliveredQuantity'] !== undefined && line['deliveredQuantity'] !== null) {
    return numberOf(line, 'deliveredQuantity');
  }
  return flagOf(record, 'isLayaway') || flagOf(record, 'isQuotation') ? 0 : quantity;
}

function remaining(quantity: number, delivered: number): number {
  const total = toScaled(quantity, QUANTITY_SCALE) ?? 0;
  const gone = toScaled(delivered, QUANTITY_SCALE) ?? 0;
  return fromScaled(total - gone, QUANTITY_SCALE);
}
