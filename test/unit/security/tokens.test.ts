import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { SigningKey } from '../../../server/security/keys.ts';
import { loadSigningKey } from '../../../server/security/keys.ts';
import type { Caller, TokenFault } from '../../../server/security/ports.ts';
import { createTokens } from '../../../server/security/tokens.ts';
import type { Storage } from '../../../server/storage/port.ts';
import { changeableDefinitions, definitionsOf, userOf } from '../../support/definitions.ts';

const USER_ID = 'A1B2C3D4E5F60718293A4B5C6D7E8F90';
const ORGANIZATION = 'B1B2C3D4E5F60718293A4B5C6D7E8F90';
const TERMINAL = 'C1B2C3D4E5F60718293A4B5C6D7E8F90';
const MINUTE_MS = 60_000;

/** The two fact methods of storage, which are all that keys need. */
function factsOnly(): Storage {
  const facts = new Map<string, JsonObject>();
  const partial: Pick<Storage, 'fact' | 'setFact'> = {
    fact: (name) => Promise.resolve(facts.get(name)),
    setFact: (name, value) => Promise.resolve(void facts.set(name, value)),
  };
  return partial as Storage;
}

const codeOf = (result: Caller | TokenFault): string =>
  'code' in result ? result.code : 'accepted';

describe('tokens', () => {
  let nowMs: number;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  let storeKey: SigningKey;
  let mainKey: SigningKey;
  let definitions: ReturnType<typeof changeableDefinitions>;

  beforeEach(async () => {
    nowMs = Date.UTC(2026, 10, 24, 8);
    storeKey = await loadSigningKey(factsOnly(), 'Store-Corner');
    mainKey = await loadSigningKey(factsOnly(), 'Main');
    definitions = changeableDefinitions(
      definitionsOf({
        serverKeys: [storeKey.published, mainKey.published],
        users: [userOf({ id: USER_ID, organization: ORGANIZATION })],
      }),
    );
  });

  const tokensOf = (serverKey: string, signingKey: SigningKey) =>
    createTokens({ signingKey, serverKey, definitions, clock });
  const store = () => tokensOf('Store-Corner', storeKey);
  const main = () => tokensOf('Main', mainKey);
  const session = {
    userId: USER_ID,
    role: 'cashier',
    organization: ORGANIZATION,
    terminal: TERMINAL,
    epoch: 0,
  } as const;

  it('given out by one server are good at every other', async () => {
    const { token, expiresAtMs } = await store().issueForUser(session);
    expect(token.length).toBeLessThanOrEqual(600);
    expect(expiresAtMs).toBe(nowMs + 12 * 60 * MINUTE_MS);
    expect(await main().verify(token)).toMatchObject({
      kind: 'user',
      userId: USER_ID,
      terminal: TERMINAL,
      issuer: 'Store-Corner',
    });
  });

  it('end after their age, with two minutes for clocks that differ', async () => {
    const { token, expiresAtMs } = await store().issueForUser(session);
    nowMs = expiresAtMs + MINUTE_MS;
    expect(codeOf(await main().verify(token))).toBe('accepted');
    nowMs = expiresAtMs + 3 * MINUTE_MS;
    expect(codeOf(await main().verify(token))).toBe('expired');
  });

  it('follow the age that the estate prefers', async () => {
    definitions.replace({
      preferences: [
        {
          id: '1',
          key: 'OBMOBC_AuthenticationTokenMaxAge',
          value: '60000',
          organization: null,
          active: true,
        },
      ],
    });
    const { expiresAtMs } = await store().issueForUser(session);
    expect(expiresAtMs).toBe(nowMs + MINUTE_MS);
  });

  it('are refused from the next call on when the user is ended, disabled or unknown', async () => {
    const verifier = main();
    const { token } = await store().issueForUser(session);
    expect(codeOf(await verifier.verify(token))).toBe('accepted');
    definitions.replace({ users: [userOf({ id: USER_ID, epoch: 1 })] });
    expect(codeOf(await verifier.verify(token))).toBe('revoked');
    definitions.replace({ users: [userOf({ id: USER_ID, active: false })] });
    expect(codeOf(await verifier.verify(token))).toBe('revoked');
    definitions.replace({ users: [] });
    expect(codeOf(await verifier.verify(token))).toBe('revoked');
  });

  it('are refused when their key is withdrawn', async () => {
    const { token } = await store().issueForUser(session);
    definitions.replace({
      serverKeys: [{ ...storeKey.published, active: false }, mainKey.published],
    });
    expect(codeOf(await main().verify(token))).toBe('unknownIssuer');
  });

  it('of a server are good only where they are addressed, and are no user', async () => {
    const token = await store().issueForServer('Main');
    expect(await main().verify(token)).toMatchObject({ kind: 'server', serverKey: 'Store-Corner' });
    const elsewhere = await store().issueForServer('Other');
    expect(codeOf(await main().verify(elsewhere))).toBe('wrongAudience');
  });

  it('that are forged in the known ways are refused', async () => {
    const stranger = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const forge = (
      kid: string,
      typ: string,
      issuer: string,
      secret: Parameters<SignJWT['sign']>[0],
      alg: string,
    ) =>
      new SignJWT({ org: ORGANIZATION, ter: TERMINAL, rol: 'administrator', epo: 0 })
        .setProtectedHeader({ alg, typ, kid })
        .setIssuer(issuer)
        .setSubject(USER_ID)
        .setAudience('backroom')
        .setExpirationTime(nowMs / 1000 + 600)
        .sign(secret);
    const user = 'backroom-user+jwt';
    const publicBytes = Buffer.from(String(storeKey.published.publicJwk['x']), 'base64url');
    const { token } = await store().issueForUser(session);
    const [head, body, signature] = token.split('.');
    const changed = Buffer.from(body!, 'base64url').toString().replace('cashier', 'manager');
    const cases: Record<string, [string, string]> = {
      'another key under a known id': [
        await forge(storeKey.kid, user, 'Store-Corner', stranger.privateKey, 'EdDSA'),
        'forged',
      ],
      'an unknown key': [
        await forge('nobody', user, 'Store-Corner', stranger.privateKey, 'EdDSA'),
        'unknownIssuer',
      ],
      'a key id that is a path': [
        await forge('../../etc/passwd', user, 'Store-Corner', stranger.privateKey, 'EdDSA'),
        'unknownIssuer',
      ],
      'one server in the name of another': [
        await forge(storeKey.kid, user, 'Main', storeKey.privateKey, 'EdDSA'),
        'forged',
      ],
      'the public key as a shared secret': [
        await forge(storeKey.kid, user, 'Store-Corner', publicBytes, 'HS256'),
        'forged',
      ],
      'a server proof as a session': [
        await forge(
          storeKey.kid,
          'backroom-server+jwt',
          'Store-Corner',
          storeKey.privateKey,
          'EdDSA',
        ),
        'wrongAudience',
      ],
      'no signature': [new UnsecuredJWT({ sub: USER_ID }).encode(), 'malformed'],
      'a changed role': [
        `${head}.${Buffer.from(changed).toString('base64url')}.${signature}`,
        'forged',
      ],
      'no token at all': ['', 'missing'],
      'no JWT': ['abc', 'malformed'],
    };
    for (const [name, [forged, code]] of Object.entries(cases)) {
      expect([name, codeOf(await main().verify(forged))]).toEqual([name, code]);
    }
  });
});
