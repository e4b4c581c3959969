import { maskUnread } from '../core/card-masking.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import { KEPT_BYTES } from './body.ts';

/** The same refusal of the same sender is kept once in this time: a stuck till tries for hours. */
const REPEAT_MS = 10 * 60_000;
/** Different refusals kept in that time, of senders that are logged in and of others. */
const KEPT_AT_ONCE = 200;

/** A transaction that was refused with 4xx, which stops the queue of the till that sent it. */
interface RefusedTransaction {
  /** The till, or the address of a sender that nobody knows. */
  sender: string;
  /** `user:<id>`, `server:<key>`, or null where the sender is not known. */
  actor: string | null;
  service: string;
  httpStatus: number;
  /** "… is stuck, because …" */
  because: string;
  /** The first bytes of the body. */
  head: Buffer;
}

/** Keeps what is needed to see why a till is stuck. */
export interface StuckTills {
  /** Resolves when it is kept, or was kept before. */
  keep(refused: RefusedTransaction): Promise<void>;
}

/** Keeps refused transactions in the audit table, each reason once in a while. */
export function createStuckTills(storage: Storage, system: System): StuckTills {
  const known = new RecentOnes();
  const unknown = new RecentOnes();
  return {
    async keep({ sender, actor, service, httpStatus, because, head }) {
      system.log.warn({ sender, service, httpStatus, because }, 'transaction refused');
      const seen = actor === null ? unknown : known;
      if (!seen.isNew(`${sender}\n${service}\n${because}`, system.clock.monotonicMs())) return;
      await storage.audit({
        actor: actor ?? 'nobody',
        action: 'transaction refused',
        subject: sender.slice(0, 64),
        detail: {
          service: service.slice(0, 200),
          httpStatus,
          because,
          body: maskUnread(head.subarray(0, KEPT_BYTES).toString('utf8')),
        },
      });
    },
  };
}

/** Names with the time they were seen; when there are too many, none is new until some are old. */
class RecentOnes {
  private readonly seen = new Map<string, number>();

  isNew(name: string, nowMs: number): boolean {
    for (const [old, atMs] of this.seen) {
      if (nowMs - atMs < REPEAT_MS) break;
      this.seen.delete(old);
    }
    if (this.seen.has(name) || this.seen.size >= KEPT_AT_ONCE) return false;
    this.seen.set(name, nowMs);
    return true;
  }
}
