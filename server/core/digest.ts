import { hash } from 'node:crypto';

/** The SHA-256 of bytes, lower-case hexadecimal: what "the same message" means. */
export function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
