/**
 * The outside world as the rest of the server sees it. Everything that would make a run differ from
 * its repetition (time, timers, chance, ids) comes in through these.
 */
export interface Clock {
  /** The wall clock, epoch ms: for stamps and deadlines that people read, never for order or identity. */
  nowMs(): number;
  /** A clock that never goes back, ms: for measuring how long something took. */
  monotonicMs(): number;
}

/** Ends a timer; harmless when it has fired. */
export type Cancel = () => void;

export interface Timers {
  /** Calls once after the delay. The timer alone does not keep the process alive. */
  after(delayMs: number, run: () => void): Cancel;
  /** Resolves after the delay, or at once when the signal is aborted. Never rejects. */
  pause(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export interface Chance {
  /** A number in [0, 1). */
  next(): number;
}

export interface Ids {
  /** A new random id: 32 upper-case hexadecimal digits, as the field's clients make them. */
  next(): string;
}

/** Structured log: fields first, then the sentence (pino's order). */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface System {
  clock: Clock;
  timers: Timers;
  chance: Chance;
  ids: Ids;
  log: Log;
}
