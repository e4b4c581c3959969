import type { Request, Response } from 'express';
import { BATCH_CONTENT_TYPE, decodeBatch } from '../contract/batch.ts';
import type { BatchAnswer, BatchMessage } from '../contract/batch.ts';
import { LIMITS } from '../contract/limits.ts';
import { digestOf } from '../core/digest.ts';
import type { Caller } from '../security/ports.ts';
import { StorageError } from '../storage/port.ts';
import { bodyReader, parseObject, wrongType } from './body.ts';
import { refusal, success } from './envelope.ts';
import type { Answer } from './envelope.ts';
import { readEnvelope, terminalOf } from './message.ts';
import type { MobileParts } from './parts.ts';
import type { ServiceTable } from './services-table.ts';
import { newMessage, undefinedService } from './transactions.ts';

/** Room for the heads of the messages beside their bodies, bytes. */
const HEADS_BYTES = 64 * 1024;

type BatchParts = Pick<MobileParts, 'storage' | 'definitions' | 'self' | 'wake'> & {
  table: ServiceTable;
};
type BatchResult = BatchAnswer['response']['results'][number];

/**
 * POST backroom/messages: messages of another server, each with its bytes unchanged. Each is answered
 * for itself, in the same order; storage takes them in one flush.
 */
export function createBatch(
  parts: BatchParts,
): (request: Request, response: Response, caller: Caller) => Promise<Answer> {
  const readBody = bodyReader(LIMITS.batchBytes + HEADS_BYTES);
  return async (request, response, caller) => {
    if (caller.kind !== 'server') {
      return refusal(403, 'Batches are taken from servers of the estate only.', 'serversOnly');
    }
    const type = request.headers['content-type'];
    if (type?.split(';')[0]?.trim() !== BATCH_CONTENT_TYPE)
      return wrongType(type, BATCH_CONTENT_TYPE);
    const body = await readBody(request, response);
    if (!body.ok) return body.refusal;
    const messages = decodeBatch(body.bytes);
    if ('error' in messages) {
      return refusal(400, `The batch is not understood: ${messages.error}.`, 'malformed');
    }
    const results = await Promise.all(messages.map((message) => takeOne(parts, message, caller)));
    parts.wake();
    return success({ backroom: 1, results });
  };
}

/**
 * Takes one message of a batch. Its bytes were masked where a till posted them and are not touched
 * again, so that they stay what the digest says.
 */
async function takeOne(
  parts: BatchParts,
  message: BatchMessage,
  caller: Caller,
): Promise<BatchResult> {
  const { service, messageId, digest } = message;
  const bytes = Buffer.from(message.body);
  if (digestOf(bytes) !== digest) {
    return failed('digest', 'The bytes that arrived are not those of the digest; send them again.');
  }
  const read = parseObject(bytes);
  if (!read.ok) return failed('malformed', read.message);
  const definitions = parts.definitions.current();
  if (!parts.table.isDefined(service, definitions)) {
    return failed('undefinedService', undefinedService(service));
  }
  const envelope = readEnvelope({ ...read.value, messageId });
  if ('refused' in envelope) return failed('malformed', envelope.refused);
  const till = terminalOf(read.value, definitions, message.terminal);
  const fresh = newMessage(parts, { service, caller }, { body: read.value, envelope, bytes, till });
  try {
    const accepted = await parts.storage.accept({ ...fresh, masked: false });
    return { receipt: accepted.receipt };
  } catch (error) {
    if (error instanceof StorageError) return failed(error.code, error.message);
    throw error;
  }
}

function failed(code: string, message: string): BatchResult {
  return { error: { code, message } };
}
