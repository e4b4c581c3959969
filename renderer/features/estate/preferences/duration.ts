/** The units in which a person types a length of time, from the longest. */
export const UNITS = [
  { unit: 'days', ms: 24 * 60 * 60_000 },
  { unit: 'hours', ms: 60 * 60_000 },
  { unit: 'minutes', ms: 60_000 },
  { unit: 'seconds', ms: 1_000 },
  { unit: 'milliseconds', ms: 1 },
] as const;
export type Unit = (typeof UNITS)[number]['unit'];

/** The longest unit that leaves a whole number. What is no length of time stays as it is, in seconds. */
export function inOneUnit(value: string | null): { amount: string; unit: Unit } {
  if (value === null || !/^\d{1,15}$/.test(value)) return { amount: value ?? '', unit: 'seconds' };
  const ms = Number(value);
  const { unit, ms: unitMs } = UNITS.find((one) => ms > 0 && ms % one.ms === 0) ?? UNITS[4];
  return { amount: String(ms / unitMs), unit };
}

/**
 * The milliseconds of an amount as typed, with a point or a comma before a fraction. What is no amount
 * is handed on as it was typed: the server says what is wrong with it.
 */
export function toMilliseconds(amount: string, unit: Unit): string {
  const typed = amount.trim();
  if (!/^\d{1,9}([.,]\d{1,3})?$/.test(typed)) return typed;
  const unitMs = UNITS.find((one) => one.unit === unit)?.ms ?? 1;
  return String(Math.round(Number(typed.replace(',', '.')) * unitMs));
}
