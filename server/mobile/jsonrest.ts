import type { Request, Response } from 'express';
import type { Json, JsonObject } from '../contract/json.ts';
import { isJsonObject } from '../contract/json.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Caller } from '../security/ports.ts';
import {
  bodyReader,
  headOf,
  isJsonType,
  NO_JSON,
  parseJson,
  parseObject,
  wrongType,
} from './body.ts';
import { refusal } from './envelope.ts';
import type { Answer } from './envelope.ts';
import type { MobileParts } from './parts.ts';
import { answerQuery } from './query-service.ts';
import type { ServiceTable } from './services-table.ts';
import { callerOf, tokenRefusal } from './session.ts';
import type { StuckTills } from './stuck.ts';
import type { PostedMessage } from './transactions.ts';
import { actorOf, answerOf, senderOf, takeMessage } from './transactions.ts';
import { readTarget } from './url.ts';

type JsonrestParts = MobileParts & { table: ServiceTable; stuck: StuckTills };

/** Requests in one array. */
const MOST_REQUESTS = LIMITS.messagesPerBatch;

/** A request below `jsonrest`, its URL the part after it. */
export function createJsonrest(
  parts: JsonrestParts,
): (request: Request, response: Response) => Promise<Answer> {
  const readMessage = bodyReader(LIMITS.transactionBodyBytes);
  const readSmall = bodyReader(LIMITS.otherBodyBytes);
  return async (request, response) => {
    const target = readTarget(request.url);
    if ('refused' in target) return refusal(400, target.refused, 'malformed');
    const { service, parameters } = target;
    const isPost = request.method === 'POST';
    const mayKeep = isPost && (service === '' || isTransaction(parts, service));
    const caller = await callerOf(parts.tokens, request, true);
    if (!('kind' in caller)) {
      const answer = tokenRefusal(caller);
      if (!mayKeep) return answer;
      const head = await headOf(request);
      await keepRefused(parts, { request, service, answer, head });
      return answer;
    }
    if (!isPost) return answerQuery(parts, service, parameters ?? {}, caller);
    const refuse = async (answer: Answer, head: Buffer, sender?: string): Promise<Answer> => {
      if (mayKeep) await keepRefused(parts, { request, service, answer, head, caller, sender });
      return answer;
    };
    const type = request.headers['content-type'];
    if (!isJsonType(type)) {
      return refuse(wrongType(type, 'application/json'), await headOf(request));
    }
    const body = await (mayKeep ? readMessage : readSmall)(request, response);
    if (!body.ok) return refuse(body.refusal, body.head);
    if (service === '') return answerMany(parts, body.bytes, caller, refuse);
    return answerPosted(parts, { service, bytes: body.bytes, caller }, refuse);
  };
}

/** A body posted to a service: a message, or the parameters of a query. */
async function answerPosted(
  parts: JsonrestParts,
  posted: PostedMessage,
  refuse: Refuse,
): Promise<Answer> {
  const read = parseObject(posted.bytes);
  if (!read.ok) return refuse(refusal(400, read.message, 'malformed'), posted.bytes);
  const { service, caller } = posted;
  if (!isTransaction(parts, service, read.value)) {
    return answerQuery(parts, service, read.value, caller);
  }
  const result = await takeMessage(parts, posted, read.value);
  const answer = answerOf(parts, caller, result);
  return 'code' in result ? refuse(answer, posted.bytes, result.sender) : answer;
}

type Refuse = (answer: Answer, head: Buffer, sender?: string) => Promise<Answer>;

/**
 * Bare `jsonrest`: one request or a list of them, each with its `className`. They are answered in order in
 * `response.responses`; the whole has the worst status among them, so that a client that keeps what was
 * refused sends all again, which is harmless.
 */
async function answerMany(
  parts: JsonrestParts,
  bytes: Buffer,
  caller: Caller,
  refuse: Refuse,
): Promise<Answer> {
  const value = parseJson(bytes);
  if (value === undefined) return refuse(refusal(400, NO_JSON, 'malformed'), bytes);
  const requests = Array.isArray(value) ? value : [value];
  if (requests.length > MOST_REQUESTS) {
    const message = `The list has ${requests.length} requests; at most ${MOST_REQUESTS} are taken.`;
    return refuse(refusal(400, message, 'tooMany'), bytes);
  }
  const answers: Answer[] = [];
  for (const request of requests) answers.push(await answerOne(parts, request, caller, refuse));
  return {
    httpStatus: Math.max(200, ...answers.map((answer) => answer.httpStatus)),
    body: { response: { status: 0, responses: answers.map(responseOf) } },
  };
}

function answerOne(
  parts: JsonrestParts,
  request: Json | undefined,
  caller: Caller,
  refuse: Refuse,
): Promise<Answer> {
  const { className, ...content } = isJsonObject(request) ? request : {};
  const bytes = Buffer.from(JSON.stringify(content));
  if (typeof className !== 'string' || className === '') {
    const message = 'A request without a service in the URL names it in "className".';
    return refuse(refusal(400, message, 'malformed'), Buffer.from(JSON.stringify(request ?? null)));
  }
  return answerPosted(parts, { service: className, bytes, caller }, refuse);
}

/** The `response` member of an answer. */
function responseOf({ body }: Answer): Json {
  const whole =
    typeof body === 'string' || body instanceof Uint8Array
      ? (JSON.parse(Buffer.from(body).toString('utf8')) as JsonObject)
      : body;
  return whole['response'] ?? null;
}

/**
 * Whether what is posted to the service is kept: a module reads it, or it is listed as a transaction.
 * Of a service that no module declares only the body tells: a message has an id or records.
 */
function isTransaction(parts: JsonrestParts, service: string, body?: JsonObject): boolean {
  const declaration = parts.table.declaration(service);
  if (declaration === undefined) {
    return body === undefined || 'messageId' in body || 'data' in body;
  }
  return declaration.kind === 'transaction' || declaration.routingType === 'Transaction';
}

/** Writes down why the queue of a till stands still. */
async function keepRefused(
  parts: JsonrestParts,
  refused: {
    request: Request;
    service: string;
    answer: Answer;
    head: Buffer;
    caller?: Caller;
    sender?: string | undefined;
  },
): Promise<void> {
  const { request, service, answer, head, caller, sender } = refused;
  await parts.stuck.keep({
    sender: sender ?? (caller ? senderOf(caller) : (request.ip ?? 'unknown')),
    actor: caller ? actorOf(caller) : null,
    service,
    httpStatus: answer.httpStatus,
    because: messageOf(answer),
    head,
  });
}

function messageOf({ body }: Answer): string {
  const response = isJsonObject(body) ? body['response'] : undefined;
  const error = isJsonObject(response) ? response['error'] : undefined;
  const message = isJsonObject(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message : 'refused';
}
