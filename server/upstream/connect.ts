import { Agent } from 'undici';
import { z } from 'zod';
import { BATCH_CONTENT_TYPE, batchAnswerSchema, encodeBatch } from '../contract/batch.ts';
import type { BatchAnswer, BatchMessage } from '../contract/batch.ts';
import type { MobileServer } from '../contract/definitions.ts';
import { heartbeatAnswerSchema } from '../contract/heartbeat.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import { isJsonObject } from '../contract/json.ts';
import type { JsonObject } from '../contract/json.ts';
import { LIMITS } from '../contract/limits.ts';
import { retryAfterMs } from '../core/backoff.ts';
import type { Tokens } from '../security/ports.ts';
import type { System } from '../system/ports.ts';
import { exchange } from './exchange.ts';
import type { Exchange, RawAnswer } from './exchange.ts';
import type { Reply, Upstream } from './ports.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const PROBE_TIMEOUT_MS = 5_000;
const HEARTBEAT_TIMEOUT_MS = 10_000;
/** Also the most that a query may ask for with its own `timeout`. */
const QUERY_TIMEOUT_MS = 60_000;
/** Sending: a fixed part for the main's work, and time for the bytes over the slowest line we serve. */
const SEND_TIMEOUT_MS = LIMITS.serverToServerTimeoutMs;
const SLOWEST_LINE_BYTES_PER_MS = 16;

/** Bytes of an answer: a page of rows with images is large, everything else is small. */
const QUERY_ANSWER_BYTES = 64 * 1024 * 1024;
const SMALL_ANSWER_BYTES = 1024 * 1024;

/** Connections to one main: a batch, a heartbeat and a page under way, and queries of tills. */
const CONNECTIONS = 8;
const KEEP_ALIVE_MS = 30_000;

/** A query whose path is longer is posted instead: servers limit the request line. */
const LONGEST_PATH = 16 * 1024;

/** Characters of a strange answer that are kept to explain it. */
const KEPT_CHARACTERS = 4096;

const JSONREST = 'org.openbravo.mobile.core.service.jsonrest';
const AVAILABILITY = 'org.openbravo.mobile.core.checkServerAvailability';

const objectSchema = z.custom<JsonObject>(isJsonObject);
const heartbeatEnvelopeSchema = z
  .object({ response: heartbeatAnswerSchema })
  .transform((body) => body.response);
/** `error` in it says that the server is there and cannot serve. */
const availabilitySchema = z
  .object({
    response: z.looseObject({ backroom: z.unknown().optional(), error: z.undefined().optional() }),
  })
  .transform(({ response }) => ({ backroom: response.backroom === 1 }));

export interface ConnectOptions {
  server: MobileServer;
  tokens: Tokens;
  self: { key: string; version: string };
  system: System;
}

/**
 * Connects to a main server as this server. Nothing is sent before the first call. Connections are
 * kept alive and belong to this client alone; each call proves this server's identity by a token of
 * its own, has a deadline and a limit for the answer's size, and follows no redirect.
 */
export function connectUpstream(options: ConnectOptions): Upstream {
  return new HttpUpstream(options);
}

class HttpUpstream implements Upstream {
  readonly #options: ConnectOptions;
  readonly #address: { origin: string; path: string } | undefined;
  readonly #closing = new AbortController();
  readonly #agent = new Agent({
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });

  constructor(options: ConnectOptions) {
    this.#options = options;
    const url = URL.parse(options.server.url);
    if (url !== null && /^https?:$/.test(url.protocol)) {
      this.#address = { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
    }
  }

  checkAvailability(): Promise<Reply<{ backroom: boolean }>> {
    const limits = { deadlineMs: PROBE_TIMEOUT_MS, maxBytes: SMALL_ANSWER_BYTES };
    return this.#call({ ...get(AVAILABILITY), ...limits }, availabilitySchema, 'open');
  }

  heartbeat(request: HeartbeatRequest): Promise<Reply<HeartbeatAnswer>> {
    const deadlineMs = HEARTBEAT_TIMEOUT_MS + (request.hold?.forMs ?? 0);
    const limits = { deadlineMs, maxBytes: SMALL_ANSWER_BYTES };
    return this.#call(
      { ...post('backroom/heartbeat', request), ...limits },
      heartbeatEnvelopeSchema,
    );
  }

  sendBatch(messages: readonly BatchMessage[]): Promise<Reply<BatchAnswer>> {
    const body = encodeBatch(messages);
    const headers = { 'content-type': BATCH_CONTENT_TYPE };
    const call = { method: 'POST', path: 'backroom/messages', headers, body } as const;
    return this.#call({ ...call, ...sendLimits(body.length) }, batchAnswerSchema);
  }

  sendOne({ service, body }: BatchMessage): Promise<Reply<JsonObject>> {
    const headers = { 'content-type': 'application/json' };
    const call = {
      method: 'POST',
      path: `${JSONREST}/${encodeURI(service)}`,
      headers,
      body,
    } as const;
    return this.#call({ ...call, ...sendLimits(body.length) }, objectSchema);
  }

  query(service: string, parameters: JsonObject): Promise<Reply<JsonObject>> {
    const { timeout } = parameters;
    const asked = typeof timeout === 'number' && timeout > 0 ? timeout : QUERY_TIMEOUT_MS;
    const deadlineMs = Math.min(asked, QUERY_TIMEOUT_MS);
    const limits = { deadlineMs, maxBytes: QUERY_ANSWER_BYTES };
    const path = `${JSONREST}/${encodeURI(service)}`;
    const whole = `${path}/${inPath(JSON.stringify(parameters))}`;
    const call = whole.length > LONGEST_PATH ? post(path, parameters) : get(whole);
    return this.#call({ ...call, ...limits }, objectSchema);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#agent.destroy();
  }

  async #call<Body>(
    call: Exchange,
    schema: z.ZodType<Body>,
    access: 'open' | 'authenticated' = 'authenticated',
  ): Promise<Reply<Body>> {
    const { server, self, tokens, system } = this.#options;
    if (this.#address === undefined) {
      const message = `the address of "${server.key}" is not an http or https URL: ${server.url}`;
      return { kind: 'failure', code: 'unreachable', message };
    }
    const headers: Record<string, string> = {
      accept: 'application/json',
      'user-agent': `Backroom/${self.version} (${self.key})`,
      ...call.headers,
    };
    if (access === 'authenticated') {
      headers['authorization'] = `Bearer ${await tokens.issueForServer(server.key)}`;
    }
    const path = `${this.#address.path}/${call.path}`;
    const raw = await exchange(
      this.#agent,
      this.#address.origin,
      { ...call, path, headers },
      { closing: this.#closing.signal, timers: system.timers },
    );
    return raw.kind === 'raw' ? understand(raw, schema, system.clock.nowMs()) : raw;
  }
}

/** An answer only where the status is 2xx, the type is JSON, and the body has the asked-for shape. */
function understand<Body>(raw: RawAnswer, schema: z.ZodType<Body>, nowMs: number): Reply<Body> {
  const { status, contentType } = raw;
  const text = new TextDecoder().decode(raw.bytes);
  if (status >= 200 && status < 300 && /^[\w.+-]+\/([\w.-]+\+)?json\b/i.test(contentType)) {
    const body = schema.safeParse(parsed(text));
    if (body.success) return { kind: 'answer', status, body: body.data };
  }
  return {
    kind: 'odd',
    status,
    contentType,
    text: text.slice(0, KEPT_CHARACTERS),
    retryAfterMs: retryAfterMs(raw.retryAfter, nowMs),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function get(path: string): Pick<Exchange, 'method' | 'path' | 'headers'> {
  return { method: 'GET', path, headers: {} };
}

function post(path: string, body: object): Pick<Exchange, 'method' | 'path' | 'headers' | 'body'> {
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', path, headers, body: new TextEncoder().encode(JSON.stringify(body)) };
}

function sendLimits(bytes: number): Pick<Exchange, 'deadlineMs' | 'maxBytes'> {
  const deadlineMs = SEND_TIMEOUT_MS + Math.ceil(bytes / SLOWEST_LINE_BYTES_PER_MS);
  return { deadlineMs, maxBytes: SMALL_ANSWER_BYTES };
}

/** JSON in a path as tills write it; "?" and "#" would end the path. */
function inPath(json: string): string {
  return encodeURI(json).replaceAll('?', '%3F').replaceAll('#', '%23');
}
