import { toScaled } from '../../../server/core/money.ts';

/** Keys of the pad, beside the digits. */
export type PadKey = `${number}` | '00' | 'sign' | 'back' | 'clear';

const MAX_WHOLE_DIGITS = 9;

/** What stands in a field for a number after a key: digits with at most one decimal sign ".". */
export function press(entry: string, key: PadKey, decimals: number): string {
  if (key === 'clear') return '';
  if (key === 'back') return entry.slice(0, -1);
  if (key === 'sign') {
    return decimals === 0 || entry.includes('.') ? entry : `${entry === '' ? '0' : entry}.`;
  }
  return tidy(entry + key, decimals);
}

/** What is typed, with what is no part of a number left out. */
export function tidy(text: string, decimals: number): string {
  const [whole = '', ...rest] = text
    .replaceAll(',', '.')
    .replace(/[^\d.]/g, '')
    .split('.');
  const digits = whole.replace(/^0+(?=\d)/, '').slice(0, MAX_WHOLE_DIGITS);
  if (decimals === 0 || rest.length === 0) return digits;
  return `${digits}.${rest.join('').slice(0, decimals)}`;
}

/** The number at a scale; null where nothing stands there. */
export function valueOf(entry: string, scale: number): number | null {
  return entry === '' || entry === '.' ? null : toScaled(entry, scale);
}
