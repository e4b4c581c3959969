import type { Definitions, DefinitionsSource } from '../contract/definitions.ts';
import type { Storage } from '../storage/port.ts';
import type { Log } from '../system/ports.ts';

/** Definitions that say when they are others. */
export interface FollowedDefinitions extends DefinitionsSource {
  /** Calls whenever `current` has another version; returns what ends that. */
  onChange(listener: () => void): () => void;
}

/** The definitions held in memory and read again whenever one of their rows changes. */
export interface LiveDefinitions extends FollowedDefinitions {
  /** Reads them now; resolves when `current` is up to date. */
  refresh(): Promise<void>;
  /** Resolves when `current` shows every change that was told of before the call. */
  settled(): Promise<void>;
  stop(): void;
}

/** Reads the definitions once and follows their changes until stopped. */
export async function followDefinitions(storage: Storage, log: Log): Promise<LiveDefinitions> {
  let current: Definitions = await storage.definitions();
  const listeners = new Set<() => void>();
  const refresh = async (): Promise<void> => {
    const { version } = current;
    current = await storage.definitions();
    if (current.version !== version) for (const listener of listeners) listener();
  };
  // Screens hear of a change at the same moment, and ask at once.
  let reading = Promise.resolve();
  const stop = storage.onEvents((events) => {
    if (!events.some((event) => event.kind === 'definitions')) return;
    reading = refresh().catch((error: unknown) =>
      log.error({ error }, 'definitions could not be read'),
    );
  });
  return {
    current: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh,
    settled: () => reading,
    stop,
  };
}
