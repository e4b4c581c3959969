import { fromScaled } from '../../server/core/money.ts';
import { PERCENT_SCALE, PRICE_SCALE, QUANTITY_SCALE } from '../scales.ts';

/** How numbers, money and times are written, in one place and through Intl only. */
export interface Format {
  /** Minor units of the till's currency. Exact for every safe integer. */
  money(minor: number): string;
  /** A price at PRICE_SCALE, with the currency's decimals and more where it has more. */
  price(scaled: number): string;
  /** At QUANTITY_SCALE; whole numbers without decimals. */
  quantity(scaled: number): string;
  /** At PERCENT_SCALE. */
  percent(scaled: number): string;
  number(value: number): string;
  /** The time of day; with the date where it is not today's. */
  moment(ms: number, nowMs: number): string;
  /** Date and time, for paper. */
  dateTime(ms: number): string;
  /** "3 hours ago". */
  ago(ms: number, nowMs: number): string;
  bytes(value: number): string;
  /** "," or ".". */
  decimalSign: string;
  /** Minor units without the currency, as they are typed. */
  plain(minor: number): string;
}

export interface Currency {
  /** ISO 4217. */
  code: string;
  precision: number;
}

const MINUTE_MS = 60_000;
const AGES = [
  { unit: 'minute', ms: MINUTE_MS, below: 60 * MINUTE_MS },
  { unit: 'hour', ms: 60 * MINUTE_MS, below: 48 * 60 * MINUTE_MS },
  { unit: 'day', ms: 24 * 60 * MINUTE_MS, below: Infinity },
] as const;
const MEGABYTE = 1_000_000;

/** The formats of a language (BCP 47) and a currency. */
export function createFormat(language: string, { code, precision }: Currency): Format {
  const decimals = { minimumFractionDigits: precision, maximumFractionDigits: precision };
  const currency = { style: 'currency', currency: code, ...decimals } as const;
  const money = new Intl.NumberFormat(language, currency);
  const price = new Intl.NumberFormat(language, {
    ...currency,
    maximumFractionDigits: Math.max(precision, PRICE_SCALE),
  });
  const plain = new Intl.NumberFormat(language, { ...decimals, useGrouping: false });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: QUANTITY_SCALE });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const size = new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 },
  });
  return {
    money: (minor) => money.format(decimalText(minor, precision)),
    price: (scaled) => price.format(decimalText(scaled, PRICE_SCALE)),
    quantity: (scaled) => number.format(decimalText(scaled, QUANTITY_SCALE)),
    percent: (scaled) => percent.format(fromScaled(scaled, PERCENT_SCALE + 2)),
    number: (value) => number.format(value),
    moment: (ms, nowMs) => (isSameDay(ms, nowMs) ? time : dateTime).format(ms),
    dateTime: (ms) => dateTime.format(ms),
    ago: (ms, nowMs) => {
      const age = Math.max(0, nowMs - ms);
      const { unit, ms: unitMs } = AGES.find(({ below }) => age < below) ?? AGES[2];
      return relative.format(-Math.trunc(age / unitMs), unit);
    },
    bytes: (value) => size.format(value / MEGABYTE),
    decimalSign: number.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.',
    plain: (minor) => plain.format(decimalText(minor, precision)),
  };
}

/** The decimal text of a scaled integer, made without floating point. */
function decimalText(scaled: number, scale: number): `${number}` {
  const digits = String(Math.abs(scaled)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  return `${scaled < 0 ? '-' : ''}${whole}${fraction}` as `${number}`;
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
