import type { Timers } from '../system/ports.ts';

/**
 * Wakes a loop. A ring while nobody waits is kept: the next wait ends at once, so that work which
 * arrives between a look and a wait is not overlooked.
 */
export class Bell {
  readonly #timers: Timers;
  #rung = false;
  #waiting: AbortController | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  ring(): void {
    this.#rung = true;
    this.#waiting?.abort();
  }

  /** Forgets a ring that was kept: what begins now serves it. */
  hush(): void {
    this.#rung = false;
  }

  /** Resolves at the next ring, at the latest after the delay. */
  async wait(delayMs: number): Promise<void> {
    if (!this.#rung) {
      this.#waiting = new AbortController();
      await this.#timers.pause(delayMs, this.#waiting.signal);
      this.#waiting = undefined;
    }
    this.#rung = false;
  }
}
