import type { Role } from '../contract/definitions.ts';

/** Who a request speaks for, once its token has been verified. */
export type Caller =
  | {
      kind: 'user';
      userId: string;
      role: Role;
      organization: string;
      /** The till that the session belongs to; null for a manager's browser. */
      terminal: string | null;
      /** Key of the server that gave the token out. */
      issuer: string;
      expiresAtMs: number;
    }
  | { kind: 'server'; serverKey: string; expiresAtMs: number };

export type UserCaller = Extract<Caller, { kind: 'user' }>;

/** Why a token is not taken. The code decides the answer, the sentence is for a person. */
export interface TokenFault {
  code:
    'missing' | 'malformed' | 'forged' | 'unknownIssuer' | 'expired' | 'revoked' | 'wrongAudience';
  message: string;
}

/** Ed25519 JWTs, verified offline with the keys of the definitions (architecture, decision 18). */
export interface Tokens {
  /** A user's session, 12 h unless the preference says otherwise; at most 600 characters. */
  issueForUser(user: {
    userId: string;
    role: Role;
    organization: string;
    terminal: string | null;
    epoch: number;
  }): Promise<{ token: string; expiresAtMs: number }>;
  /** A short-lived proof of this server's identity towards another server of the estate. */
  issueForServer(audienceServerKey: string): Promise<string>;
  verify(token: string | undefined): Promise<Caller | TokenFault>;
}

/** argon2id. Calls beyond a small number wait in line, so that a log-in storm does not stop the server. */
export interface Passwords {
  /** The PHC text of a secret. */
  hash(secret: string): Promise<string>;
  /**
   * Whether the secret fits. A null hash costs the same time and never fits, so that an answer's
   * time does not tell which users exist.
   */
  fits(hash: string | null, secret: string): Promise<boolean>;
}
