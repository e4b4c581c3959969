import type { DefinitionsSource } from '../contract/definitions.ts';
import type { HeartbeatRequest } from '../contract/heartbeat.ts';
import { LIMITS } from '../contract/limits.ts';
import { editionOf } from '../core/definitions/edition.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';

/** Tills that were not seen for longer are not told of any more, ms. */
const SEEN_LATELY_MS = 10 * 60_000;

/**
 * What a server tells a main of the definitions: which edition it has, and which its tills have. A
 * storage that does not answer must not make this server look dead, so the tills are left out then.
 */
export async function aboutDefinitions(parts: {
  system: System;
  storage: Pick<Storage, 'tillsSeen'>;
  definitions: DefinitionsSource;
}): Promise<Pick<HeartbeatRequest, 'definitionsEdition' | 'tills'>> {
  const { system, storage, definitions } = parts;
  const definitionsEdition = editionOf(definitions.current());
  const nowMs = system.clock.nowMs();
  try {
    const seen = await storage.tillsSeen(nowMs - SEEN_LATELY_MS);
    const tills = seen
      .slice(0, LIMITS.tillsPerHeartbeat)
      .map(({ terminal, lastSeenMs, edition }) => ({
        id: terminal,
        seenAgoMs: Math.max(0, nowMs - lastSeenMs),
        edition,
      }));
    return { definitionsEdition, tills };
  } catch (error) {
    system.log.warn({ err: error }, 'the tills seen could not be read for a heartbeat');
    return { definitionsEdition };
  }
}
