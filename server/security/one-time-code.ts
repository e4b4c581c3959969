import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../contract/json.ts';

/** Without letters and digits that are mistaken for one another on paper. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 12;
/** Wrong tries before a code is void. */
const TRIES = 5;

/** A one-time code as it is stored: never in plain text. */
export interface StoredCode {
  hash: string;
  expiresAtMs: number;
  triesLeft: number;
}

/** A new code of 59 bits of chance, written in groups of four. */
export function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** What to keep of a code that is good until `expiresAtMs`. */
export function storeCode(code: string, expiresAtMs: number): JsonObject & StoredCode {
  return { hash: hashOf(code), expiresAtMs, triesLeft: TRIES };
}

/** Whether the code is the stored one and still good. Spaces, dashes and case do not matter. */
export function codeFits(stored: StoredCode, code: string, nowMs: number): boolean {
  const same = timingSafeEqual(Buffer.from(stored.hash), Buffer.from(hashOf(code)));
  return same && stored.triesLeft > 0 && nowMs < stored.expiresAtMs;
}

function hashOf(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
    .digest('hex');
}
