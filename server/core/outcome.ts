import { REFUSAL_CODES } from '../contract/batch.ts';
import type { BatchAnswer } from '../contract/batch.ts';
import { isJsonObject } from '../contract/json.ts';
import type { JsonObject } from '../contract/json.ts';
import { receiptSchema } from '../contract/message.ts';
import type { Outcome, Receipt } from '../contract/message.ts';
import { errorWords, explainFault } from './reply.ts';
import type { Reply } from './reply.ts';

/** What was sent, as far as an answer must match it. */
export interface SentMessage {
  messageId: string;
  digest: string;
}

/** What a reply means for one message. */
export type Verdict =
  /** The main has it safe. */
  | { result: 'acknowledged'; outcome: Outcome; reason: string | null }
  /** Nothing proves that the main has it: send it again, `afterMs` later where the main says so. */
  | { result: 'retry'; afterMs: number | null; error: string }
  /** The main will never take it. */
  | { result: 'rejected'; error: string }
  /** This server stopped the call. */
  | { result: 'interrupted' };

/** A reply with what decides how it is read: in which form it was asked, and of which main. */
export type SentReply = { serverKey: string } & (
  { form: 'batch'; reply: Reply<BatchAnswer> } | { form: 'single'; reply: Reply<JsonObject> }
);

/**
 * Statuses with which a server may say that a request is wrong in itself. A 404 counts for a single
 * message only: for a batch it says that the address knows no batches.
 */
const REFUSAL_STATUSES = { single: [400, 404, 413, 422], batch: [400, 413, 422] } as const;

/**
 * What a reply means for each message that was sent, in their order. A message is acknowledged only by
 * a 2xx that holds its own receipt (id, digest and key of the main that was asked) or, from a main
 * that gives no receipts, by `response.status` 0. Every doubt is a retry: sending again is harmless,
 * since a main knows a message by its id, and a false yes would lose a sale.
 */
export function verdictsOf(sent: readonly SentMessage[], answered: SentReply): Verdict[] {
  const { reply } = answered;
  if (reply.kind === 'failure') {
    const { code, message } = reply;
    return sent.map(() => (code === 'aborted' ? { result: 'interrupted' } : retry(message)));
  }
  if (reply.kind === 'odd' || !isSuccess(reply.status)) {
    const refusal = refusalOf(answered);
    // A batch that is refused as a whole says nothing about any one of its messages.
    if (refusal !== null && sent.length === 1) return [{ result: 'rejected', error: refusal }];
    const afterMs = reply.kind === 'odd' ? reply.retryAfterMs : null;
    return sent.map(() => retry(explain(reply), afterMs));
  }
  return answered.form === 'batch'
    ? batchVerdicts(sent, reply.body as BatchAnswer, answered.serverKey)
    : sent.map((message) => singleVerdict(message, reply.body as JsonObject, answered.serverKey));
}

/**
 * The words with which the main refuses what was sent for good; null where the reply is anything
 * else. The envelope must be ours or the protocol's: a proxy's page with status 400 proves nothing.
 */
export function refusalOf(answered: SentReply): string | null {
  const { reply, form } = answered;
  if (reply.kind !== 'odd') return null;
  const statuses: readonly number[] = REFUSAL_STATUSES[form];
  if (!statuses.includes(reply.status)) return null;
  const body = parsed(reply.text);
  if (!isJsonObject(body)) return null;
  const { response } = body;
  const error = isJsonObject(response)
    ? response['status'] === 0
      ? undefined
      : response['error']
    : body['error'];
  return error === undefined || error === null ? null : errorWords(error, `HTTP ${reply.status}`);
}

function batchVerdicts(
  sent: readonly SentMessage[],
  answer: BatchAnswer,
  serverKey: string,
): Verdict[] {
  const { results } = answer.response;
  if (results.length !== sent.length) {
    const error = `the answer is about ${results.length} messages, but ${sent.length} were sent`;
    return sent.map(() => retry(error));
  }
  return sent.map((message, at) => {
    const item = results[at];
    if (item === undefined) return retry('the answer leaves this message out');
    if ('receipt' in item) return receiptVerdict(message, item.receipt, serverKey);
    const error = `${item.error.message} (${item.error.code})`;
    return REFUSAL_CODES.includes(item.error.code) ? { result: 'rejected', error } : retry(error);
  });
}

function singleVerdict(message: SentMessage, body: JsonObject, serverKey: string): Verdict {
  const { response } = body;
  if (!isJsonObject(response)) return retry('the answer has no "response"');
  if (response['status'] !== 0) {
    return retry(errorWords(response['error'], `status ${JSON.stringify(response['status'])}`));
  }
  const signal = response['serverStatusSignal'];
  if (signal !== undefined && signal !== 'ON') {
    return retry(`the main is changing its state (${JSON.stringify(signal)})`);
  }
  if (response['showMessage'] !== undefined && response['showMessage'] !== false) {
    return retry('the main is still working on it');
  }
  if (response['receipt'] === undefined) {
    return { result: 'acknowledged', outcome: 'applied', reason: null };
  }
  const receipt = receiptSchema.safeParse(response['receipt']);
  if (!receipt.success) return retry('the receipt in the answer is not understood');
  return receiptVerdict(message, receipt.data, serverKey);
}

function receiptVerdict(message: SentMessage, receipt: Receipt, serverKey: string): Verdict {
  if (receipt.messageId !== message.messageId) {
    return retry(`the receipt is for another message (${receipt.messageId})`);
  }
  if (receipt.digest !== message.digest) {
    return retry('the receipt is for other content under the same message id');
  }
  if (receipt.serverKey !== serverKey) {
    return retry(`the receipt is from "${receipt.serverKey}", not from "${serverKey}"`);
  }
  if (receipt.outcome === 'accepted') {
    return retry(`"${serverKey}" answers as a store server: it has the message, but is no main`);
  }
  return { result: 'acknowledged', outcome: receipt.outcome, reason: receipt.reason ?? null };
}

function retry(error: string, afterMs: number | null = null): Verdict {
  return { result: 'retry', afterMs, error };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function explain(reply: Exclude<Reply<unknown>, { kind: 'failure' }>): string {
  if (reply.kind === 'odd') return explainFault(reply);
  return `HTTP ${reply.status} is not the status of an answer`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
