import { decodeProtectedHeader, errors, importJWK, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { z } from 'zod';
import type { DefinitionsSource } from '../contract/definitions.ts';
import { roleSchema } from '../contract/definitions.ts';
import { durationPreferenceMs } from '../core/preferences.ts';
import type { Clock } from '../system/ports.ts';
import type { SigningKey } from './keys.ts';
import type { Caller, TokenFault, Tokens } from './ports.ts';

const USER_TYPE = 'backroom-user+jwt';
const SERVER_TYPE = 'backroom-server+jwt';
const USER_AUDIENCE = 'backroom';
/** A server's proof is made anew for each call; it only has to outlive the call and the clocks' skew. */
const SERVER_TOKEN_MS = 5 * 60_000;
/** How far two servers' clocks may be apart. */
const SKEW_SECONDS = 120;
/** Verified tokens remembered, since a till sends the same one with every call. */
const REMEMBERED = 5000;

const userClaims = z.object({
  iss: z.string(),
  sub: z.string(),
  org: z.string(),
  ter: z.string().nullable(),
  rol: roleSchema,
  epo: z.number().int(),
  exp: z.number(),
});
const serverClaims = z.object({ iss: z.string(), exp: z.number() });

/** Tokens signed by this server and verified with the keys in the definitions. */
export function createTokens(parts: {
  signingKey: SigningKey;
  serverKey: string;
  definitions: DefinitionsSource;
  clock: Clock;
}): Tokens {
  const { signingKey, serverKey, definitions, clock } = parts;
  const verified = new VerifiedTokens(definitions, clock);

  const sign = (type: string, claims: Record<string, unknown>, audience: string, ageMs: number) => {
    const nowSeconds = Math.floor(clock.nowMs() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: type, kid: signingKey.kid })
      .setIssuer(serverKey)
      .setAudience(audience)
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + Math.floor(ageMs / 1000))
      .sign(signingKey.privateKey);
  };

  return {
    async issueForUser(user) {
      const ageMs = durationPreferenceMs(definitions.current(), 'tokenMaxAge', user.organization);
      const claims = {
        org: user.organization,
        ter: user.terminal,
        rol: user.role,
        epo: user.epoch,
      };
      const token = await sign(USER_TYPE, { sub: user.userId, ...claims }, USER_AUDIENCE, ageMs);
      return { token, expiresAtMs: clock.nowMs() + ageMs };
    },
    issueForServer: (audience) => sign(SERVER_TYPE, {}, audience, SERVER_TOKEN_MS),
    async verify(token) {
      if (token === undefined || token === '') {
        return { code: 'missing', message: 'This call needs a log-in; no token came with it.' };
      }
      const known = verified.recall(token);
      if (known !== undefined) return known;
      const caller = await verifyToken(token, serverKey, definitions, clock);
      if ('kind' in caller) verified.remember(token, caller);
      return caller;
    },
  };
}

/**
 * Tokens found good under the present definitions. Any change of the definitions forgets them all,
 * so a revoked user or key is refused from the next call on.
 */
class VerifiedTokens {
  private callers = new Map<string, Caller>();
  private version = -1;
  private readonly definitions: DefinitionsSource;
  private readonly clock: Clock;

  constructor(definitions: DefinitionsSource, clock: Clock) {
    this.definitions = definitions;
    this.clock = clock;
  }

  recall(token: string): Caller | undefined {
    const version = this.definitions.current().version;
    if (version !== this.version) {
      this.callers.clear();
      this.version = version;
    }
    const caller = this.callers.get(token);
    return caller !== undefined && caller.expiresAtMs > this.clock.nowMs() ? caller : undefined;
  }

  remember(token: string, caller: Caller): void {
    if (this.callers.size >= REMEMBERED) this.callers.clear();
    this.callers.set(token, caller);
  }
}

async function verifyToken(
  token: string,
  serverKey: string,
  definitions: DefinitionsSource,
  clock: Clock,
): Promise<Caller | TokenFault> {
  const head = readHead(token);
  if (head === undefined) return { code: 'malformed', message: 'The token is not a JWT.' };
  const key = definitions.current().serverKeys.find((row) => row.id === head.kid && row.active);
  if (key === undefined) {
    return {
      code: 'unknownIssuer',
      message: 'The token was signed with a key that this estate does not know.',
    };
  }
  const isServer = head.typ === SERVER_TYPE;
  try {
    const publicKey = (await importJWK(key.publicJwk as JWK, 'EdDSA')) as CryptoKey;
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ['EdDSA'],
      typ: isServer ? SERVER_TYPE : USER_TYPE,
      issuer: key.serverKey,
      audience: isServer ? serverKey : USER_AUDIENCE,
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(clock.nowMs()),
    });
    return isServer ? serverCaller(payload) : userCaller(payload, definitions);
  } catch (error) {
    return faultOf(error);
  }
}

function serverCaller(payload: unknown): Caller {
  const claims = serverClaims.parse(payload);
  return { kind: 'server', serverKey: claims.iss, expiresAtMs: claims.exp * 1000 };
}

function userCaller(payload: unknown, definitions: DefinitionsSource): Caller | TokenFault {
  const claims = userClaims.parse(payload);
  const user = definitions.current().users.find((row) => row.id === claims.sub);
  if (user?.active !== true || user.epoch > claims.epo) {
    return { code: 'revoked', message: 'This session has been ended; log in again.' };
  }
  return {
    kind: 'user',
    userId: claims.sub,
    role: claims.rol,
    organization: claims.org,
    terminal: claims.ter,
    issuer: claims.iss,
    expiresAtMs: claims.exp * 1000,
  };
}

function readHead(token: string): { kid: string; typ: string } | undefined {
  try {
    const { kid, typ } = decodeProtectedHeader(token);
    return kid === undefined || typ === undefined ? undefined : { kid, typ };
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) {
    return { code: 'expired', message: 'The session has expired; log in again.' };
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return { code: 'wrongAudience', message: 'The token was made for another server.' };
  }
  return { code: 'forged', message: 'The token is not signed by a server of this estate.' };
}
