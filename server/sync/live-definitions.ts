import type { Definitions, DefinitionsSource } from '../contract/definitions.ts';
import type { Storage } from '../storage/port.ts';
import type { Log } from '../system/ports.ts';

/** The definitions held in memory and read again whenever one of their rows changes. */
export interface LiveDefinitions extends DefinitionsSource {
  /** Reads them now; resolves when `current` is up to date. */
  refresh(): Promise<void>;
  stop(): void;
}

/** Reads the definitions once and follows their changes until stopped. */
export async function followDefinitions(storage: Storage, log: Log): Promise<LiveDefinitions> {
  let current: Definitions = await storage.definitions();
  const refresh = async (): Promise<void> => {
    current = await storage.definitions();
  };
  const stop = storage.onEvents((events) => {
    if (!events.some((event) => event.kind === 'definitions')) return;
    refresh().catch((error: unknown) => log.error({ error }, 'definitions could not be read'));
  });
  return { current: () => current, refresh, stop };
}
