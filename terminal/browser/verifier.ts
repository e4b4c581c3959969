/**
 * What each check of a secret costs, also to whoever tries all PINs of a copied profile: PBKDF2 with
 * SHA-256, so many times. docs/till-storage.md has what that takes on a till.
 */
export const ITERATIONS = 1_500_000;
const SALT_BYTES = 16;
const DERIVED_BITS = 256;

/** A key that this browser can use and no script can read. */
export function makeVerifierKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

export function makeSalt(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}

interface Derivation {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
}

/** What is kept of a secret: useless to whoever has not the key too. */
export async function verifierOf(
  key: CryptoKey,
  secret: string,
  derivation: Derivation,
): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', key, await derive(secret, derivation));
}

/** Whether the secret is the one that the verifier was made of; compared in constant time. */
export async function isSecret(
  key: CryptoKey,
  secret: string,
  { verifier, ...derivation }: Derivation & { verifier: ArrayBuffer },
): Promise<boolean> {
  return crypto.subtle.verify('HMAC', key, verifier, await derive(secret, derivation));
}

async function derive(secret: string, { salt, iterations }: Derivation): Promise<ArrayBuffer> {
  // The same letters may be typed in two ways; both are the same secret.
  const bytes = new TextEncoder().encode(secret.normalize('NFC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveBits(algorithm, material, DERIVED_BITS);
}
