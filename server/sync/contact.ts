import type { MainStatus } from '../contract/manage.ts';
import type { Contact } from '../core/own-state.ts';
import type { Storage } from '../storage/port.ts';
import type { Clock } from '../system/ports.ts';

/** Between two proofs that the database takes writes, ms; a failed one is repeated sooner. */
const HEALTH_MS = 30_000;
const FAILED_HEALTH_MS = 5_000;

/** What a store server depends on: any main that is there. One in doubt still counts. */
export function contactWithMains(mains: readonly Omit<MainStatus, 'waiting'>[]): Contact {
  const there = mains.find(
    ({ state }) => state === 'online' || state === 'transitioning to offline',
  );
  if (there === undefined) return { there: false, word: false, reason: whyNone(mains) };
  const word = there.state === 'online' && there.backroom === true;
  return { there: true, word, reason: `${there.name} answers` };
}

function whyNone(mains: readonly Omit<MainStatus, 'waiting'>[]): string {
  if (mains.length === 0) return 'no main server is defined';
  const faults = mains.map(({ name, lastError }) => `${name}: ${lastError ?? 'not seen yet'}`);
  return `no main server can be reached (${faults.join('; ')})`;
}

/** What a main depends on: that its database takes writes. The proof is a small write now and then. */
export function ownHealth(storage: Pick<Storage, 'setFact'>, clock: Clock): () => Promise<Contact> {
  let last: { contact: Contact; untilMs: number } | undefined;
  return async () => {
    const nowMs = clock.monotonicMs();
    if (last !== undefined && nowMs < last.untilMs) return last.contact;
    const contact = await provenBy(storage.setFact('health', { provenAtMs: clock.nowMs() }));
    last = { contact, untilMs: nowMs + (contact.there ? HEALTH_MS : FAILED_HEALTH_MS) };
    return contact;
  };
}

async function provenBy(write: Promise<void>): Promise<Contact> {
  try {
    await write;
    return { there: true, word: true, reason: 'its database takes writes' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { there: false, word: false, reason: `its database takes no writes: ${reason}` };
  }
}
