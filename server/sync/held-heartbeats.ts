import { LIMITS } from '../contract/limits.ts';
import type { Timers } from '../system/ports.ts';

/** After news, so many servers are answered at once, and the next so many after each pause. */
const ANSWERED_AT_ONCE = 50;
const PAUSE_MS = 100;

/**
 * The heartbeats of other servers that wait here for news, at most one for each server. News lets all
 * go, in small groups: the stores of a large estate would otherwise load the definitions in one moment.
 */
export class HeldHeartbeats {
  readonly #timers: Pick<Timers, 'after'>;
  /** What ends each, by the server's key. */
  readonly #held = new Map<string, () => void>();
  #stopped = false;

  constructor(timers: Pick<Timers, 'after'>) {
    this.#timers = timers;
  }

  /** How many wait. */
  get size(): number {
    return this.#held.size;
  }

  /**
   * Waits for news, for at most so long, or until this server's next heartbeat comes; its last one is
   * let go. 0 ms, or too many that wait already: not at all. False where they were told to stop.
   */
  async hold(serverKey: string, holdMs: number): Promise<boolean> {
    this.#held.get(serverKey)?.();
    if (this.#stopped) return false;
    if (holdMs <= 0 || this.#held.size >= LIMITS.heldHeartbeats) return true;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel();
        if (this.#held.get(serverKey) === end) this.#held.delete(serverKey);
        resolve();
      };
      const cancel = this.#timers.after(holdMs, end);
      this.#held.set(serverKey, end);
    });
    return !this.#stopped;
  }

  /** There is news for everybody who waits now. */
  release(): void {
    this.#releaseSome([...this.#held.values()]);
  }

  /** Lets all go at once; from now on nobody waits. */
  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#held.values()]) end();
  }

  #releaseSome(ends: readonly (() => void)[]): void {
    for (const end of ends.slice(0, ANSWERED_AT_ONCE)) end();
    const others = ends.slice(ANSWERED_AT_ONCE);
    if (others.length > 0) this.#timers.after(PAUSE_MS, () => this.#releaseSome(others));
  }
}
