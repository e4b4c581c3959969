import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { ServerKey } from '../contract/definitions.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Storage } from '../storage/port.ts';

/** This server's signing key. The private part never leaves its own database. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  /** The definition row that other servers verify with. */
  published: ServerKey;
}

const FACT = 'signingKey';

/** The server's Ed25519 key pair, made at the first start. */
export async function loadSigningKey(storage: Storage, serverKey: string): Promise<SigningKey> {
  const stored = (await storage.fact(FACT)) ?? (await createAndStore(storage));
  const privateKey = await importJWK(stored as JWK, 'EdDSA');
  if (privateKey instanceof Uint8Array) throw new Error('the stored signing key is not Ed25519');
  const { kty, crv, x } = stored as JWK;
  const publicJwk = { kty, crv, x };
  const kid = await calculateJwkThumbprint(publicJwk as JWK);
  return { kid, privateKey, published: { id: kid, serverKey, publicJwk, active: true } };
}

async function createAndStore(storage: Storage): Promise<JsonObject> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = (await exportJWK(privateKey)) as JsonObject;
  await storage.setFact(FACT, jwk);
  return jwk;
}
