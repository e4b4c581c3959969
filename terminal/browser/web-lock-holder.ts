import type { Hold, Holder } from './hold.ts';

interface Parts {
  name: string;
  locks: LockManager;
  /** Begins a new epoch in the store, which ends that of every window before. */
  takeEpoch: () => Promise<number>;
}

/** Leads by a Web Lock: the browser gives it to one window, and takes it back however that one ends. */
export function webLockHolder({ name, locks, takeEpoch }: Parts): Holder {
  /** Resolves with the lead, or with null where the lock is not to be had at once. */
  const request = (options: LockOptions): Promise<Hold | null> =>
    new Promise((resolve, reject) => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((end) => {
        release = end;
      });
      let held = false;
      let lose: () => void = () => undefined;
      const lost = new Promise<void>((end) => {
        lose = end;
      });
      const request = locks.request(name, options, async (lock) => {
        if (lock === null) {
          resolve(null);
          return;
        }
        const epoch = await takeEpoch();
        held = true;
        const giveBack = async (): Promise<void> => {
          release();
          await request.catch(() => undefined);
        };
        resolve({ epoch, lost, release: giveBack });
        await released;
      });
      request.catch((reason: unknown) => {
        // A lock that was stolen ends its request in this way.
        if (held) lose();
        else reject(reason instanceof Error ? reason : new Error(String(reason)));
      });
    });

  const surely = async (options: LockOptions): Promise<Hold> => {
    const hold = await request(options);
    if (hold === null) throw new Error('the browser gave no lock');
    return hold;
  };
  return {
    async wait(signal, onWaiting) {
      signal.throwIfAborted();
      const now = await request({ ifAvailable: true });
      if (now !== null) return now;
      onWaiting();
      return surely({ signal });
    },
    seize: () => surely({ steal: true }),
  };
}
