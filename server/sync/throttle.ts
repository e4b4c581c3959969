import type { Timers } from '../system/ports.ts';

/** Does something when it is asked to: at once, and while it rests from that, once when the rest ends. */
export class Throttle {
  readonly #timers: Pick<Timers, 'after'>;
  readonly #restMs: number;
  readonly #run: () => void;
  /** Ends the rest; undefined while there is none. */
  #endRest: (() => void) | undefined;
  #isAsked = false;

  constructor(timers: Pick<Timers, 'after'>, restMs: number, run: () => void) {
    this.#timers = timers;
    this.#restMs = restMs;
    this.#run = run;
  }

  ask(): void {
    this.#isAsked = true;
    if (this.#endRest === undefined) this.#serve();
  }

  /** What was asked for is not done any more. */
  stop(): void {
    this.#endRest?.();
  }

  #serve(): void {
    this.#endRest = undefined;
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#endRest = this.#timers.after(this.#restMs, () => this.#serve());
    this.#run();
  }
}
