import { createHash } from 'node:crypto';

/**
 * The id of a row of the demo shop, made of its kind and name: 32 upper-case hexadecimal digits, the
 * same in every run, in the manner of a name-based UUID.
 */
export function idOf(kind: string, name: string): string {
  const digits = createHash('sha256').update(`demo shop/${kind}/${name}`).digest('hex');
  return `${digits.slice(0, 12)}5${digits.slice(13, 16)}8${digits.slice(17, 32)}`.toUpperCase();
}

/** Numbers that begin with 20 are for use inside a shop, so no demo product has a maker's barcode. */
const IN_STORE_PREFIX = '20';

/** The barcode (EAN-13) of the n-th product, with its check digit. */
export function barcodeOf(index: number): string {
  const digits = `${IN_STORE_PREFIX}${String(index).padStart(10, '0')}`;
  const sum = Array.from(digits, Number).reduce(
    (total, digit, place) => total + digit * (place % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
