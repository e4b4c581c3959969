/**
 * The till's outside world. Everything below `terminal/` reaches time, timers, chance, ids, hashing and
 * the network through these, so that the same code runs in a browser, in Node and in tests.
 */
export interface Clock {
  /** The wall clock, epoch ms: for stamps and deadlines, never for order or identity. */
  nowMs(): number;
}

/** Ends a timer; harmless when it has fired. */
type Cancel = () => void;

export interface Timers {
  after(delayMs: number, run: () => void): Cancel;
  /** Resolves after the delay, or at once when the signal is aborted. Never rejects. */
  pause(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export interface Chance {
  /** A number in [0, 1). */
  next(): number;
}

interface Ids {
  /** A new random id: 32 upper-case hexadecimal digits. */
  next(): string;
}

export interface Platform {
  clock: Clock;
  timers: Timers;
  chance: Chance;
  ids: Ids;
  fetch: typeof fetch;
  /** SHA-256, lower-case hexadecimal. */
  digest(bytes: Uint8Array): Promise<string>;
  /** For a person who looks why a till does not sell. */
  log(fields: object, message: string): void;
}
