/**
 * How numbers, money, times and sizes are written, in one place and through Intl only. Times are
 * shown in the browser's time zone.
 */
export interface Format {
  number(value: number): string;
  /** Minor units of a currency, e.g. 1234 with precision 2 is 12.34. Exact for every safe integer. */
  money(minor: number, currency: string, precision: number): string;
  /** The time of day; with the date where it is not today's. */
  moment(iso: string, nowMs: number): string;
  /** Date and time to the second. */
  exact(iso: string): string;
  /** "2 minutes ago", "in 40 seconds". */
  relative(iso: string, nowMs: number): string;
  /** How long something has lasted: "18 minutes". */
  duration(fromIso: string, nowMs: number): string;
  /** A length of time in the units that make it up: "1 hour, 30 minutes". Exact to the millisecond. */
  span(ms: number): string;
  /** A day given as yyyy-MM-dd. */
  day(day: string): string;
  bytes(value: number): string;
  /** Names joined as a sentence joins them. */
  list(names: readonly string[]): string;
}

type Unit = 'second' | 'minute' | 'hour' | 'day';
const DAY = { unit: 'day', ms: 24 * 60 * 60_000 } as const;
/** Each unit is used below a size; days above all. */
const UNITS: readonly { unit: Unit; ms: number; below: number }[] = [
  { unit: 'second', ms: 1_000, below: 60_000 },
  { unit: 'minute', ms: 60_000, below: 60 * 60_000 },
  { unit: 'hour', ms: 60 * 60_000, below: 48 * 60 * 60_000 },
];

/** The formats of a language (BCP 47). */
export function createFormat(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    money: (minor, currency, precision) =>
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        minimumFractionDigits: precision,
        maximumFractionDigits: precision,
      }).format(decimalText(minor, precision)),
    moment: (iso, nowMs) => {
      const at = new Date(iso);
      return (isSameDay(at, new Date(nowMs)) ? time : dateTime).format(at);
    },
    exact: (iso) => exact.format(new Date(iso)),
    relative: (iso, nowMs) => {
      const { count, unit } = inUnits(Date.parse(iso) - nowMs);
      return relative.format(count, unit);
    },
    duration: (fromIso, nowMs) => {
      const { count, unit } = inUnits(nowMs - Date.parse(fromIso));
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
        Math.max(0, count),
      );
    },
    span: (ms) => {
      const parts = spanParts(ms).map(({ count, unit }) =>
        new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
      );
      return new Intl.ListFormat(language, { type: 'unit' }).format(parts);
    },
    day: (day) => date.format(new Date(`${day}T00:00:00Z`)),
    list: (names) => new Intl.ListFormat(language).format(names),
    bytes: (value) => {
      const kilo = value >= 1000;
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: kilo ? 'kilobyte' : 'byte',
        unitDisplay: kilo ? 'short' : 'long',
        maximumFractionDigits: kilo ? 1 : 0,
      }).format(kilo ? value / 1000 : value);
    },
  };
}

/** The decimal text of minor units, made without floating point. */
export function decimalText(minor: number, precision: number): `${number}` {
  const digits = String(Math.abs(minor)).padStart(precision + 1, '0');
  const whole = digits.slice(0, digits.length - precision);
  const fraction = precision === 0 ? '' : `.${digits.slice(-precision)}`;
  return `${minor < 0 ? '-' : ''}${whole}${fraction}` as `${number}`;
}

function inUnits(ms: number): { count: number; unit: Unit } {
  const size = Math.abs(ms);
  const { unit, ms: unitMs } = UNITS.find(({ below }) => size < below) ?? DAY;
  return { count: Math.trunc(ms / unitMs), unit };
}

const SPANS = [
  { unit: 'day', ms: DAY.ms },
  { unit: 'hour', ms: 60 * 60_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
  { unit: 'millisecond', ms: 1 },
] as const;

function spanParts(ms: number): { count: number; unit: (typeof SPANS)[number]['unit'] }[] {
  let rest = ms;
  const parts = SPANS.map(({ unit, ms: unitMs }) => {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    return { count, unit };
  }).filter(({ count }) => count > 0);
  return parts.length === 0 ? [{ count: 0, unit: 'second' }] : parts;
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
