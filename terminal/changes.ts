/** Tells whoever listens that something is different now; what it is now, they ask for. */
export class Changes<Kind = void> {
  readonly #listeners = new Set<(kind: Kind) => void>();

  /** Calls the listener at each change, at once. Returns the way to end that. */
  subscribe(listener: (kind: Kind) => void): () => void {
    // A wrapper of its own, so that one function may listen twice and end once.
    const own = (kind: Kind): void => listener(kind);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  tell(kind: Kind): void {
    for (const listener of [...this.#listeners]) listener(kind);
  }
}
