import type { JsonObject } from '../contract/json.ts';
import { maskCards } from '../core/card-masking.ts';
import { destinationsOf } from '../core/destinations.ts';
import { digestOf } from '../core/digest.ts';
import type { Caller } from '../security/ports.ts';
import type { Accepted, NewMessage } from '../storage/port.ts';
import { refusal, success } from './envelope.ts';
import type { Answer } from './envelope.ts';
import type { Envelope, MessageTerminal } from './message.ts';
import { organizationOf, readEnvelope, readRecords, terminalOf } from './message.ts';
import { contextInfoOf } from './modules/mobile-core/context-information.ts';
import type { MobileParts } from './parts.ts';
import type { ServiceTable } from './services-table.ts';

/** A message as it arrived: the bytes are what a retry repeats. */
export interface PostedMessage {
  service: string;
  bytes: Buffer;
  caller: Caller;
}

/** A message that was not taken, because a retry can never help. */
export interface MessageRefusal {
  httpStatus: 400 | 404;
  code: 'malformed' | 'undefinedService';
  message: string;
  /** The till that sent it, as far as it can be told. */
  sender: string;
}

type TransactionParts = Pick<MobileParts, 'storage' | 'definitions' | 'self' | 'wake'> & {
  table: ServiceTable;
};

/**
 * Takes one message of a till (or of a server that posts as one), `content` its parsed bytes. Resolves after the flush with the
 * receipt, or with a refusal that took nothing. Throws StorageError where storage is in doubt: the
 * sender keeps its message.
 */
export async function takeMessage(
  parts: TransactionParts,
  posted: PostedMessage,
  content: JsonObject,
): Promise<Accepted | MessageRefusal> {
  // Masked before anything else sees it: what is digested, stored and forwarded has no card number.
  const { value, masked } = maskCards(content);
  const body = value as JsonObject;
  const definitions = parts.definitions.current();
  const till = terminalOf(body, definitions, terminalOfCaller(posted.caller));
  if (!parts.table.isDefined(posted.service, definitions)) {
    const message = undefinedService(posted.service);
    return { httpStatus: 404, code: 'undefinedService', message, sender: till.id };
  }
  const envelope = readEnvelope(body);
  if ('refused' in envelope) {
    return { httpStatus: 400, code: 'malformed', message: envelope.refused, sender: till.id };
  }
  const bytes = masked ? Buffer.from(JSON.stringify(body)) : posted.bytes;
  const message = newMessage(parts, posted, { body, envelope, bytes, till });
  const accepted = await parts.storage.accept({ ...message, masked });
  parts.wake();
  return accepted;
}

/** The answer to a till. */
export function answerOf(
  parts: Pick<MobileParts, 'definitions'>,
  caller: Caller,
  result: Accepted | MessageRefusal,
): Answer {
  if ('code' in result) return refusal(result.httpStatus, result.message, result.code);
  return success({
    result: '0',
    contextInfo: contextInfoOf(caller, parts.definitions.current()),
    receipt: result.receipt,
    backroom: 1,
  });
}

/** Everything that storage is told of a message, but whether it was masked. */
export function newMessage(
  parts: Pick<MobileParts, 'definitions' | 'self'> & { table: ServiceTable },
  posted: Pick<PostedMessage, 'service' | 'caller'>,
  read: { body: JsonObject; envelope: Envelope; bytes: Uint8Array; till: MessageTerminal },
): Omit<NewMessage, 'masked'> {
  const { table, self } = parts;
  const { service, caller } = posted;
  const { body, envelope, bytes, till } = read;
  const declaration = table.declaration(service);
  const reader = declaration?.kind === 'transaction' ? declaration.reader : undefined;
  const callers = caller.kind === 'user' ? caller.organization : '0';
  const organization = organizationOf(body, till.terminal, callers);
  const sender = caller.kind === 'server' ? caller.serverKey : null;
  const addressed = { service, organization, sender, self };
  return {
    messageId: envelope.messageId,
    digest: digestOf(bytes),
    service,
    terminal: till.id,
    organization,
    body: bytes,
    records: envelope.records.length,
    reading: readRecords(envelope, reader, till.terminal),
    destinations: destinationsOf(parts.definitions.current(), table.services, addressed),
    judge: self.role === 'main',
    tillSeq: envelope.tillSeq,
    prevDigest: envelope.prevDigest,
    serverKey: self.key,
    actor: actorOf(caller),
  };
}

/** Who did it, as storage and the audit name them. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'user' ? `user:${caller.userId}` : `server:${caller.serverKey}`;
}

/** The sender of a message that does not name its till. */
export function senderOf(caller: Caller): string {
  return terminalOfCaller(caller) ?? actorOf(caller);
}

export function undefinedService(service: string): string {
  return `The service "${service.slice(0, 200)}" is not defined at this server. Check its name, or add the module that provides it.`;
}

function terminalOfCaller(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.terminal : null;
}
