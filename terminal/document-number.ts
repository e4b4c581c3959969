/** Digits of a document number's counter; more are written out where the counter has them. */
const DIGITS = 7;

/** A document number: the terminal's prefix, a slash, the counter. */
export function documentNumber(prefix: string, counter: number): string {
  return `${prefix}/${String(counter).padStart(DIGITS, '0')}`;
}
