import type { Json, JsonObject } from '../contract/json.ts';
import { isJsonObject } from '../contract/json.ts';

/**
 * Masks card numbers before a message is digested and stored. Looked at are only
 * the members of `payments` and the free-text members named here: a random barcode passes the check
 * digit of a card one time in ten, so ids, barcodes and document numbers are never touched.
 * Deterministic and idempotent: the same message always becomes the same bytes.
 */
export function maskCards(value: Json): { value: Json; masked: boolean } {
  const result = masking(value, 'elsewhere');
  return { value: result, masked: result !== value };
}

/** Members in which people write what they like. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  ...['description', 'comment', 'comments', 'note', 'notes', 'message', 'remark', 'remarks'],
  ...['observations', 'referenceno', 'freeText'],
]);
/** What must not be kept after a payment was authorised, whatever it looks like (lower case). */
const SECRETS: ReadonlySet<string> = new Set([
  ...['cvv', 'cvv2', 'cvc', 'cvc2', 'track1', 'track2', 'trackdata', 'pin', 'pinblock'],
]);
const SECRET_MASK = '***';
/** Members of a payment that identify something else than a card. */
const IDENTIFIES = /(^|[a-z_])(Id|_id|ID)$|^(id|documentNo|documentno|searchKey|kind|isocode)$/;

type Place = 'elsewhere' | 'payment';

/** The value itself where nothing in it was masked. */
function masking(value: Json, place: Place): Json {
  if (Array.isArray(value)) return maskedItems(value, place);
  if (isJsonObject(value)) return maskedMembers(value, place);
  return place === 'payment' ? maskedScalar(value) : value;
}

function maskedItems(list: Json[], place: Place): Json[] {
  let copy: Json[] | undefined;
  for (const [index, item] of list.entries()) {
    const masked = masking(item, place);
    if (masked === item) continue;
    copy ??= [...list];
    copy[index] = masked;
  }
  return copy ?? list;
}

function maskedMembers(object: JsonObject, place: Place): JsonObject {
  let copy: JsonObject | undefined;
  for (const [name, value] of Object.entries(object)) {
    const masked = value === undefined ? value : maskedMember(name, value, place);
    if (masked === value) continue;
    copy ??= { ...object };
    copy[name] = masked;
  }
  return copy ?? object;
}

function maskedMember(name: string, value: Json, place: Place): Json {
  if (name === 'payments') return masking(value, 'payment');
  const isScalar = !Array.isArray(value) && !isJsonObject(value);
  if (place === 'elsewhere') {
    return isScalar && FREE_TEXT.has(name) ? maskedScalar(value) : masking(value, place);
  }
  if (SECRETS.has(name.toLowerCase()) && value !== null) return SECRET_MASK;
  return isScalar && IDENTIFIES.test(name) ? value : masking(value, place);
}

function maskedScalar<Scalar extends string | number | boolean | null>(
  value: Scalar,
): Scalar | string {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value);
  const masked = maskText(text);
  return masked === text ? value : masked;
}

const SECRET_MEMBER = new RegExp(
  `("(?:${[...SECRETS].join('|')})"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^",}\\s]+)`,
  'gi',
);

/**
 * Masks text that was not read as JSON, such as the beginning of a refused body. Here numbers that only
 * look like a card's are masked too, and so are digits at the end, which may be part of one.
 */
export function maskUnread(text: string): string {
  return maskText(text)
    .replace(SECRET_MEMBER, `$1"${SECRET_MASK}"`)
    .replace(/\d(?:[ -]?\d){6,}$/, '*');
}

/** Digits in groups that single blanks or hyphens part, as cards are printed. */
const DIGITS = /\d+(?:[ -]\d+)*/g;
const FEWEST_DIGITS = 13;
const MOST_DIGITS = 19;
/** What stays readable: who issued the card, and the end that is printed on receipts. */
const SHOWN_FIRST = 6;
const SHOWN_LAST = 4;

/** The text with every card number in it reduced to its first six and last four digits. */
export function maskText(text: string): string {
  return text.replace(DIGITS, maskRun);
}

/** Masks the card numbers that begin and end with a group of the run. */
function maskRun(run: string): string {
  // Groups at even places, what parts them at odd ones.
  const parts = run.split(/([ -])/);
  const result: string[] = [];
  let at = 0;
  while (at < parts.length) {
    const end = cardEnd(parts, at);
    const groups = parts.slice(at, end ?? at + 1).join('');
    at = end ?? at + 1;
    result.push(end === undefined ? groups : maskDigits(groups), parts[at] ?? '');
    at += 1;
  }
  return result.join('');
}

/** Where the longest card number ends that begins with this group; undefined where none does. */
function cardEnd(parts: readonly string[], first: number): number | undefined {
  let digits = '';
  let end: number | undefined;
  for (let at = first; at < parts.length && digits.length <= MOST_DIGITS; at += 2) {
    digits += parts[at] ?? '';
    if (isCardNumber(digits)) end = at + 1;
  }
  return end;
}

function maskDigits(number: string): string {
  const count = number.replace(/\D/g, '').length;
  let at = 0;
  return number.replace(/\d/g, (digit) => {
    at += 1;
    return at > SHOWN_FIRST && at <= count - SHOWN_LAST ? '*' : digit;
  });
}

/** Issuers' prefixes with the lengths of their numbers: `[from, to, lengths]`. */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]], // Visa
  ['51', '55', [16]], // Mastercard
  ['2221', '2720', [16]],
  ['34', '34', [15]], // American Express
  ['37', '37', [15]],
  ['300', '305', [14, 16, 17, 18, 19]], // Diners Club
  ['3095', '3095', [14, 16, 17, 18, 19]],
  ['36', '36', [14, 15, 16, 17, 18, 19]],
  ['38', '39', [14, 16, 17, 18, 19]],
  ['6011', '6011', [16, 17, 18, 19]], // Discover
  ['644', '659', [16, 17, 18, 19]],
  ['3528', '3589', [16, 17, 18, 19]], // JCB
  ['62', '62', [16, 17, 18, 19]], // UnionPay
  ['81', '81', [16, 17, 18, 19]],
  ['2200', '2204', [16, 17, 18, 19]], // Mir
  ['60', '60', [16]], // RuPay
  ['508', '508', [16]],
  ['5018', '5018', [13, 14, 15, 16, 17, 18, 19]], // Maestro
  ['5020', '5020', [13, 14, 15, 16, 17, 18, 19]],
  ['5038', '5038', [13, 14, 15, 16, 17, 18, 19]],
  ['5893', '5893', [13, 14, 15, 16, 17, 18, 19]],
  ['6304', '6304', [13, 14, 15, 16, 17, 18, 19]],
  ['6759', '6763', [13, 14, 15, 16, 17, 18, 19]],
];

/** Whether digits are a card number: a known prefix, the right length for it, and the check digit. */
export function isCardNumber(digits: string): boolean {
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return false;
  const issued = ISSUERS.some(([from, to, lengths]) => {
    const prefix = digits.slice(0, from.length);
    return prefix >= from && prefix <= to && lengths.includes(digits.length);
  });
  return issued && hasCheckDigit(digits);
}

/** Luhn. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48;
    const doubled = fromRight % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
