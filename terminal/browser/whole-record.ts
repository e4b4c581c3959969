import type { Platform } from '../platform.ts';
import type { QueueRecord } from '../queue-state.ts';
import { asObject } from './as-object.ts';

/** The members that a record of each kind has, all of them texts. */
const TEXTS: Readonly<Record<Exclude<QueueRecord['kind'], 'head' | 'message'>, string[]>> = {
  accepted: ['messageId', 'lane', 'server'],
  unknown: ['messageId', 'lane'],
  confirmed: ['messageId', 'lane'],
  dropped: ['messageId'],
};

/** What was read, when it is a whole record of the queue; a message's body must have its digest. */
export async function wholeRecord(
  value: unknown,
  digest: Platform['digest'],
): Promise<QueueRecord | undefined> {
  const record = asObject(value);
  const isWhole =
    record['kind'] === 'message'
      ? await isMessage(record['message'], digest)
      : record['kind'] === 'head'
        ? isHead(record)
        : isWord(record);
  // Only this store's own writer makes records that pass.
  return isWhole ? (value as QueueRecord) : undefined;
}

async function isMessage(value: unknown, digest: Platform['digest']): Promise<boolean> {
  const { tillSeq, messageId, service, body, digest: own, entry } = asObject(value);
  const isShaped =
    Number.isSafeInteger(tillSeq) && areTexts([messageId, service, own, asObject(entry)['kind']]);
  if (!isShaped || typeof body !== 'string') return false;
  return (await digest(new TextEncoder().encode(body))) === own;
}

function isHead({ tillSeq, digest, book }: Record<string, unknown>): boolean {
  const { counters, cashup } = asObject(book);
  const isBook = typeof counters === 'object' && typeof asObject(cashup)['id'] === 'string';
  return Number.isSafeInteger(tillSeq) && typeof digest === 'string' && isBook;
}

function isWord(record: Record<string, unknown>): boolean {
  const members: Readonly<Record<string, string[] | undefined>> = TEXTS;
  const expected = members[String(record['kind'])];
  return expected !== undefined && areTexts(expected.map((member) => record[member]));
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
