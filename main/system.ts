/** Time and chance as the shell's decisions see them, so that a test can give its own. */
export interface ShellSystem {
  /** The wall clock, epoch ms: for times that people read. */
  nowMs(): number;
  /** A clock that never goes back, ms: for measuring how long something took. */
  monotonicMs(): number;
  /** A number in [0, 1). */
  chance(): number;
  /** Resolves after the delay, or at once when the signal is aborted. Never rejects. */
  pause(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const realSystem: ShellSystem = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  chance: () => Math.random(),
  pause: (delayMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, delayMs);
      signal?.addEventListener('abort', finish);
    }),
};
