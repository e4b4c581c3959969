/**
 * Decimals as scaled integers: 12.34 at scale 2 is 1234. Money, unit prices, quantities and rates are
 * kept so; floats appear only at the wire. docs/money.md states the rules.
 *
 * Every rounding in this file is half away from zero, so a return is the exact mirror of its sale.
 */

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** More digits than this are no amount; it bounds what hostile text can cost. */
const MAX_DIGITS = 400;

/**
 * The integer `value × 10^scale`, rounded half away from zero. A number goes through its shortest
 * decimal text (exponent forms too), never through a multiplication, so 1.005 at scale 2 is 101.
 * Null for what is no decimal, and for results beyond the safe integers.
 */
export function toScaled(value: number | string, scale: number): number | null {
  const text = typeof value === 'number' ? String(value) : value.trim();
  const parts = text.length > MAX_DIGITS ? null : DECIMAL.exec(text);
  if (parts === null) return null;
  const whole = parts[2] ?? '';
  const fraction = parts[3] ?? '';
  const digits = whole + fraction;
  if (digits === '') return null;
  const shift = scale + Number(parts[4] ?? '0') - fraction.length;
  const magnitude = shifted(digits, shift);
  if (magnitude === null) return null;
  return safe(signed(magnitude, parts[1] === '-'));
}

/** The JSON number of a scaled integer: the double whose shortest text is that decimal. */
export function fromScaled(value: number, scale: number): number {
  return Number(`${value}e${-scale}`) + 0;
}

/** `digits × 10^shift` rounded half up; null where it cannot be a safe integer. */
function shifted(digits: string, shift: number): bigint | null {
  const significant = digits.replace(/^0+/, '');
  if (significant === '') return 0n;
  if (significant.length + shift > 16) return null;
  if (shift >= 0) return BigInt(significant) * 10n ** BigInt(shift);
  const kept = significant.slice(0, Math.max(0, significant.length + shift));
  const firstDropped = significant.length + shift < 0 ? '0' : significant.at(shift);
  return BigInt(kept === '' ? '0' : kept) + (Number(firstDropped) >= 5 ? 1n : 0n);
}

/**
 * `value × factor / divisor`, rounded half away from zero. All three are scaled integers; the caller
 * chooses a divisor that takes the scales out again. Throws on a divisor of 0 and on results beyond the
 * safe integers.
 */
export function multiplyDivide(value: number, factor: number, divisor: number): number {
  const dividend = BigInt(value) * BigInt(factor);
  const by = BigInt(divisor);
  const magnitude = roundedQuotient(absolute(dividend), absolute(by));
  return checked(signed(magnitude, dividend < 0n !== by < 0n));
}

/** The product of two scaled integers at scale `to`, for example quantity × unit price → minor units. */
export function multiply(
  value: number,
  valueScale: number,
  factor: number,
  factorScale: number,
  to: number,
): number {
  return rescaleProduct(value, factor, to - valueScale - factorScale);
}

/** A scaled integer at another scale, rounded half away from zero. */
export function rescale(value: number, from: number, to: number): number {
  return rescaleProduct(value, 1, to - from);
}

function rescaleProduct(value: number, factor: number, shift: number): number {
  return shift >= 0
    ? checked(BigInt(value) * BigInt(factor) * 10n ** BigInt(shift))
    : multiplyDivide(value, factor, 10 ** -shift);
}

/** The exact sum of scaled integers of one scale. Throws beyond the safe integers. */
export function sum(values: Iterable<number>): number {
  let total = 0n;
  for (const value of values) total += BigInt(value);
  return checked(total);
}

/**
 * Shares `total` over `weights` (not negative) so that the shares add up to it exactly: each gets its
 * proportion, rounded together ({@link roundTogether}). Without any weight all of it goes to the first;
 * without any place the total must be 0.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (weights.some((weight) => weight < 0)) throw new RangeError('a weight is negative');
  const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (whole === 0n) return allToFirst(total, weights.length);
  return roundTogether(
    weights.map((weight) => BigInt(total) * BigInt(weight)),
    whole,
  );
}

/**
 * Rounds fractions of one positive denominator so that the rounded add up to their rounded sum: each is
 * cut towards zero, and what the sum still lacks goes one by one to the largest remainders of its sign,
 * the earlier first among equals. No result is a whole unit off, and mirrored signs give mirrored results.
 */
export function roundTogether(numerators: readonly bigint[], denominator: bigint): number[] {
  const parts = numerators.map((exact, index) => ({
    index,
    value: exact / denominator,
    remainder: exact % denominator,
  }));
  const all = numerators.reduce((total, exact) => total + exact, 0n);
  const wanted = signed(roundedQuotient(absolute(all), denominator), all < 0n);
  let lacking = parts.reduce((rest, part) => rest - part.value, wanted);
  const unit = lacking < 0n ? -1n : 1n;
  const largestFirst = parts.toSorted(
    (a, b) => Number(unit * (b.remainder - a.remainder)) || a.index - b.index,
  );
  for (const part of largestFirst) {
    if (lacking === 0n) break;
    part.value += unit;
    lacking -= unit;
  }
  return parts.map((part) => checked(part.value));
}

function allToFirst(total: number, places: number): number[] {
  if (places === 0 && total !== 0) throw new RangeError('nothing to share the amount over');
  return Array.from({ length: places }, (_, index) => (index === 0 ? total : 0));
}

function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

function signed(magnitude: bigint, negative: boolean): bigint {
  return negative ? -magnitude : magnitude;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function safe(value: bigint): number | null {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

function checked(value: bigint): number {
  const number = safe(value);
  if (number === null) throw new RangeError(`the amount ${value} is beyond the safe integers`);
  return number;
}
