import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from './ports.ts';

/**
 * OWASP's first choice of parameters for argon2id, the library's default algorithm: 19 MiB, two passes
 * (about 15 ms on a store PC).
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** What keeps a log-in storm from stopping the server. */
interface Bounds {
  /** Hashes computed at once; the others wait, so that the server keeps answering. */
  atOnce: number;
  /** Log-ins that may wait; a storm beyond that is told to come back. */
  line: number;
}
const BOUNDS: Bounds = { atOnce: 2, line: 500 };

/** Thrown when too many log-ins wait; answered 503. */
class LoginLineFull extends Error {
  constructor() {
    super('Too many log-ins at once; try again in a moment.');
    this.name = 'LoginLineFull';
  }
}

/** argon2id with bounded concurrency. */
export function createPasswords(bounds = BOUNDS): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= bounds.atOnce) {
      if (waiting.length >= bounds.line) throw new LoginLineFull();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed on, so the count stays as it is while somebody waits.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  // What an unknown user's secret is compared with, so that the answer takes the same time.
  const decoy = hash('no such user', PARAMETERS);
  return {
    hash: (secret) => inTurn(() => hash(secret, PARAMETERS)),
    fits: (stored, secret) =>
      inTurn(async () => (await verify(stored ?? (await decoy), secret)) && stored !== null),
  };
}
