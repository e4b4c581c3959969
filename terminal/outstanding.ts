/** Work that goes on beside other work, bounded; its first failure is thrown at the next call. */
export class Outstanding {
  readonly #most: number;
  readonly #running = new Set<Promise<void>>();
  #failure: { reason: unknown } | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves at once while there is room, else when one of the others has ended. */
  async add(work: Promise<void>): Promise<void> {
    const running: Promise<void> = work.then(
      () => this.#end(running),
      (reason: unknown) => {
        this.#failure ??= { reason };
        this.#end(running);
      },
    );
    this.#running.add(running);
    if (this.#running.size >= this.#most) await Promise.race(this.#running);
    this.#check();
  }

  /** Resolves when all of it has ended. */
  async all(): Promise<void> {
    await Promise.all(this.#running);
  }

  #end(running: Promise<void>): void {
    this.#running.delete(running);
  }

  #check(): void {
    // A failure is thrown on as it came.
    if (this.#failure !== undefined) throw this.#failure.reason;
  }
}
