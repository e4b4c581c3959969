/** The lead while it is held. */
export interface Hold {
  epoch: number;
  /** Resolves when another window took it without being given it. */
  lost: Promise<void>;
  /** Gives it back; resolves when another window can have it. */
  release(): Promise<void>;
}

/** One way to be the only window of a till: Web Locks, or a lease where a browser has none. */
export interface Holder {
  /** Waits for the lead; calls `onWaiting` once where another window has it. Rejects when aborted. */
  wait(signal: AbortSignal, onWaiting: () => void): Promise<Hold>;
  /** Takes the lead from a window that does not answer. */
  seize(): Promise<Hold>;
}
