import type { JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { retryAfterMs } from '../server/core/backoff.ts';
import type { Reply } from '../server/core/reply.ts';
import type { Platform } from './platform.ts';

export interface HttpCall {
  url: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** From the start to the last byte of the answer. */
  deadlineMs: number;
}

/** Characters of a strange answer that are kept for a person. */
const KEPT_CHARACTERS = 2_000;

/**
 * One exchange with a server. Whatever a network does comes back as a value. An answer is only a 2xx
 * with a JSON object: the log-in page of a hotel's network is none.
 */
export async function exchange(
  platform: Pick<Platform, 'fetch' | 'timers' | 'clock'>,
  call: HttpCall,
): Promise<Reply<JsonObject>> {
  const deadline = new AbortController();
  const cancel = platform.timers.after(call.deadlineMs, () => deadline.abort());
  try {
    const response = await platform.fetch(call.url, {
      method: call.method,
      headers: { accept: 'application/json', ...call.headers },
      body: call.body ?? null,
      redirect: 'error',
      signal: deadline.signal,
    });
    return understand(response, await response.text(), platform.clock.nowMs());
  } catch (error) {
    return deadline.signal.aborted
      ? failure('timeout', `no full answer within ${call.deadlineMs} ms`)
      : failure('unreachable', reasonOf(error));
  } finally {
    cancel();
  }
}

function understand(response: Response, text: string, nowMs: number): Reply<JsonObject> {
  const { status, headers } = response;
  const body = parsed(text);
  if (response.ok && isJsonObject(body)) return { kind: 'answer', status, body };
  return {
    kind: 'odd',
    status,
    contentType: headers.get('content-type') ?? '',
    text: text.slice(0, KEPT_CHARACTERS),
    retryAfterMs: retryAfterMs(headers.get('retry-after') ?? undefined, nowMs),
  };
}

function failure(code: 'timeout' | 'unreachable', message: string): Reply<JsonObject> {
  return { kind: 'failure', code, message };
}

/** `fetch` hides why a connection failed in the cause of its error. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && cause.message !== '' ? cause.message : String(cause);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
