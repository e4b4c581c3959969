import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Platform } from '../platform.ts';
import { timers } from '../timers.ts';

const ID_BYTES = 16;

/**
 * The till's platform in a browser. The digest is computed by a library and not by WebCrypto, which a
 * page over plain http does not have: the same till works there too.
 *
 * A page that sleeps (a closed laptop) gets its timers late, never early: whatever waits, waits longer
 * and then looks at the clock again.
 */
export function browserPlatform(log: Platform['log']): Platform {
  return {
    clock: { nowMs: () => Date.now() },
    timers,
    chance: { next: () => Math.random() },
    ids: {
      next: () => bytesToHex(crypto.getRandomValues(new Uint8Array(ID_BYTES))).toUpperCase(),
    },
    fetch: (...call) => fetch(...call),
    digest: (bytes) => Promise.resolve(bytesToHex(sha256(bytes))),
    log,
  };
}
