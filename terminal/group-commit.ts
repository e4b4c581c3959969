interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * Writes what is given one after another, and everything that arrives during a write with the next one
 * together, so that many sales share one flush. After a failed write nothing is written any more: each
 * later item is refused with the same reason.
 */
export class GroupCommit<Item> {
  readonly #write: (items: Item[]) => Promise<void>;
  #waiting: Waiting<Item>[] = [];
  #running: Promise<void> | undefined;
  #failure: { reason: unknown } | undefined;

  constructor(write: (items: Item[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when the item is written. */
  add(item: Item): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
    });
    this.#running ??= this.#run();
    return written;
  }

  /** Resolves when nothing waits any more, however it ended. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#writeGroup(group);
    }
    this.#running = undefined;
  }

  async #writeGroup(group: Waiting<Item>[]): Promise<void> {
    try {
      // A failure is thrown on as it came.
      if (this.#failure !== undefined) throw this.#failure.reason;
      await this.#write(group.map((each) => each.item));
    } catch (reason) {
      this.#failure ??= { reason };
      for (const each of group) each.reject(reason);
      return;
    }
    for (const each of group) each.resolve();
  }
}
