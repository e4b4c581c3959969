import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { receiptSchema } from './message.ts';

/**
 * The batch between Backroom servers: POST /openbravo/backroom/messages with content type
 * {@link BATCH_CONTENT_TYPE}. Each message is two length-prefixed parts, a JSON head and the body's
 * bytes unchanged, so that the digest of what arrives is the digest of what the till posted.
 * A length is four bytes, big endian.
 */
export const BATCH_CONTENT_TYPE = 'application/vnd.backroom.messages';

const headSchema = z.object({
  service: z.string().min(1).max(200),
  messageId: z.string().min(1).max(64),
  digest: z.string().length(64),
  terminal: z.string().max(64),
});

/** One message of a batch. */
export interface BatchMessage extends z.infer<typeof headSchema> {
  body: Uint8Array;
}

/**
 * Codes of an item's `error` that say that this message will never be taken as it is. Every other code
 * is a passing one: the sender offers the message again.
 */
export const REFUSAL_CODES: readonly string[] = ['malformed', 'undefinedService', 'tooLarge'];

/** The answer: one item for each message, in the same order. */
export const batchAnswerSchema = z.object({
  response: z.object({
    backroom: z.literal(1),
    results: z.array(
      z.union([
        z.object({ receipt: receiptSchema }),
        /** This message was not taken; the others may have been. */
        z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
      ]),
    ),
  }),
});
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;

/** Puts messages into one body. The caller keeps to `LIMITS.messagesPerBatch` and `LIMITS.batchBytes`. */
export function encodeBatch(messages: readonly BatchMessage[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (const { body, ...head } of messages) {
    const headBytes = encoder.encode(JSON.stringify(head));
    parts.push(lengthOf(headBytes), headBytes, lengthOf(body), body);
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Takes a body apart again. A torn, oversized or malformed batch gives an error and no message. */
export function decodeBatch(whole: Uint8Array): BatchMessage[] | { error: string } {
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  const messages: BatchMessage[] = [];
  let at = 0;
  const next = (): Uint8Array | undefined => {
    if (at + 4 > whole.length) return undefined;
    const length = view.getUint32(at);
    if (at + 4 + length > whole.length) return undefined;
    const part = whole.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return part;
  };
  while (at < whole.length) {
    if (messages.length === LIMITS.messagesPerBatch) {
      return { error: `more than ${LIMITS.messagesPerBatch} messages in one batch` };
    }
    const head = next();
    const body = head && next();
    if (!head || !body) return { error: `message ${messages.length + 1} of the batch is cut off` };
    const parsed = parseHead(head);
    if (!parsed) return { error: `the head of message ${messages.length + 1} is not understood` };
    messages.push({ ...parsed, body });
  }
  return messages;
}

function lengthOf(part: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, part.length);
  return bytes;
}

function parseHead(bytes: Uint8Array): z.infer<typeof headSchema> | undefined {
  try {
    return headSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
