import { backoffMs } from '../core/backoff.ts';
import type { System } from '../system/ports.ts';
import { Bell } from './bell.ts';

/**
 * A loop that does one piece of work after another until it is stopped. A piece says how long to rest
 * after it (ms; {@link Loop.wake} ends the rest), and one that throws (storage refuses, a bug) is
 * logged once, then tried again with back-off: the loop outlives it, since what it works on is safe.
 */
export class Loop {
  readonly #system: System;
  readonly #name: string;
  readonly #work: () => Promise<number>;
  readonly #bell: Bell;
  readonly #stopBell: Bell;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(system: System, name: string, work: () => Promise<number>) {
    this.#system = system;
    this.#name = name;
    this.#work = work;
    this.#bell = new Bell(system.timers);
    this.#stopBell = new Bell(system.timers);
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#bell.ring();
  }

  /** No further piece begins; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#bell.ring();
    this.#stopBell.ring();
    await this.#running;
  }

  /** Does it until it succeeds or the loop is stopped; for what must not be left half done. */
  async insist(work: () => Promise<void>): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await work();
        return;
      } catch (error) {
        failures += 1;
        this.#report(error, failures);
        if (this.#stopped) return;
        await this.#stopBell.wait(backoffMs(failures, this.#system.chance.next()));
      }
    }
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      let restMs: number;
      this.#bell.hush();
      try {
        restMs = await this.#work();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#report(error, failures);
        restMs = backoffMs(failures, this.#system.chance.next());
      }
      if (restMs > 0) await this.#bell.wait(restMs);
    }
  }

  #report(error: unknown, failures: number): void {
    if (failures > 1) return;
    this.#system.log.error(
      { err: error, loop: this.#name },
      'a piece of work failed; trying again',
    );
  }
}
