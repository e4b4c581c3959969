import type { Change, Understanding } from '../core/change.ts';
import type { NewMessage } from './port.ts';

/**
 * A message on its way to the writer. The till's records travel as JSON text, since text crosses a
 * thread many times faster than a tree of objects, and text is what is stored.
 */
export type PackedChange = Packed<Change>;
type Packed<T> = T extends { record: unknown } ? Omit<T, 'record'> & { record: string } : T;

export type PackedReading =
  | { ok: true; understanding: Omit<Understanding, 'changes'> & { changes: PackedChange[] } }
  | { ok: false; reason: string };

export type PackedMessage = Omit<NewMessage, 'reading'> & { reading: PackedReading };

/** Packs a message; its body is copied, so that the caller's buffer stays the caller's. */
export function packMessage(message: NewMessage): PackedMessage {
  const { reading } = message;
  const body = new Uint8Array(message.body);
  if (!reading.ok) return { ...message, body, reading };
  const { understanding } = reading;
  const changes = understanding.changes.map(packChange);
  return { ...message, body, reading: { ok: true, understanding: { ...understanding, changes } } };
}

function packChange(change: Change): PackedChange {
  return 'record' in change ? { ...change, record: JSON.stringify(change.record) } : change;
}
