import { createHash } from 'node:crypto';

/** Prices lie between these, in steps, minor units. */
const LOWEST_MINOR = 95;
const STEP_MINOR = 5;
const STEPS = 150;

/**
 * The price of an item that no catalogue knows: always the same for a name, whatever file it is in.
 * Minor units, from 0.95 to 8.40 in steps of 0.05.
 */
export function priceOf(name: string): number {
  const hash = createHash('sha256').update(name).digest();
  return LOWEST_MINOR + (hash.readUInt32BE(0) % STEPS) * STEP_MINOR;
}

/** The id of a product made of a name: 32 hexadecimal digits, the same in every run. */
export function productIdOf(name: string): string {
  return createHash('sha256').update(`product ${name}`).digest('hex').slice(0, 32).toUpperCase();
}
