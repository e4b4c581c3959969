import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { errors } from 'undici';
import type { Reply } from '../core/reply.ts';
import type { System } from '../system/ports.ts';

/** One request to another server. */
export interface Exchange {
  method: 'GET' | 'POST';
  /** With the context path, as it goes over the wire. */
  path: string;
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
  /** From the start to the last byte of the answer. */
  deadlineMs: number;
  /** An answer with more bytes, also after decompression, is given up. */
  maxBytes: number;
}

/** What came back, not yet understood. */
export interface RawAnswer {
  kind: 'raw';
  status: number;
  contentType: string;
  retryAfter: string | undefined;
  bytes: Uint8Array;
}

type Failure = Extract<Reply<never>, { kind: 'failure' }>;

const decompressed = promisify(gunzip);

/**
 * Does one exchange. Redirects are not followed; whatever a network does comes back as a value.
 * `closing` ends it as `aborted`.
 */
export async function exchange(
  dispatcher: Dispatcher,
  origin: string,
  call: Exchange,
  parts: { closing: AbortSignal; timers: System['timers'] },
): Promise<RawAnswer | Failure> {
  const deadline = new AbortController();
  const cancel = parts.timers.after(call.deadlineMs, () => deadline.abort());
  try {
    const answer = await dispatcher.request({
      origin,
      path: call.path,
      method: call.method,
      headers: { 'accept-encoding': 'gzip', ...call.headers },
      body: call.body ?? null,
      headersTimeout: call.deadlineMs,
      bodyTimeout: call.deadlineMs,
      signal: AbortSignal.any([deadline.signal, parts.closing]),
    });
    const bytes = await readUpTo(call.maxBytes, answer.body);
    const plain = bytes && (await unpack(bytes, answer.headers['content-encoding'], call.maxBytes));
    if (plain === undefined) {
      return failure('tooLarge', `the answer has more than ${call.maxBytes} bytes`);
    }
    return {
      kind: 'raw',
      status: answer.statusCode,
      contentType: textOf(answer.headers['content-type']) ?? '',
      retryAfter: textOf(answer.headers['retry-after']),
      bytes: plain,
    };
  } catch (error) {
    if (parts.closing.aborted) return failure('aborted', 'this server stopped the call');
    if (deadline.signal.aborted) {
      return failure('timeout', `no full answer within ${call.deadlineMs} ms`);
    }
    return failureOf(error);
  } finally {
    cancel();
  }
}

/** The body, or undefined when it is larger; the connection is dropped then. */
async function readUpTo(
  maxBytes: number,
  body: AsyncIterable<unknown>,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unpack(
  bytes: Uint8Array,
  encoding: string | string[] | undefined,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (encoding !== 'gzip') return bytes;
  try {
    return await decompressed(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/** Where not even a connection was made, the main cannot be reached; later the line was cut. */
const CONNECT_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
]);

function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  const message = error instanceof Error && error.message !== '' ? error.message : code;
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
    return failure('timeout', 'no answer in time');
  }
  const refused = CONNECT_CODES.has(code) || /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED)/.test(code);
  return refused
    ? failure('unreachable', `no connection (${message})`)
    : failure('cut', `the connection was cut (${message})`);
}

/** Some addresses have several hosts: then the code is that of the first that was tried. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

function failure(code: Failure['code'], message: string): Failure {
  return { kind: 'failure', code, message };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
