import type { Request, RequestHandler, Response } from 'express';
import express from 'express';
import { refusal } from './envelope.ts';
import type { Answer } from './envelope.ts';
import { isJsonObject } from '../contract/json.ts';
import type { Json, JsonObject } from '../contract/json.ts';

/** Bytes of a refused body that are kept to explain the refusal. */
export const KEPT_BYTES = 4096;

/** What is said of a body that is no JSON. */
export const NO_JSON = 'The body is not JSON. Send one JSON object in UTF-8.';

/** The bytes of a body, or why they were not taken with the first of them. */
export type Body = { ok: true; bytes: Buffer } | { ok: false; refusal: Answer; head: Buffer };

/** Reads bodies of up to so many bytes, as they are: a till does not compress what it sends. */
export function bodyReader(limit: number): (request: Request, response: Response) => Promise<Body> {
  const read: RequestHandler = express.raw({ type: () => true, limit, inflate: false });
  return async (request, response) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      const answer = refusal(415, 'The body is compressed. Send it as it is.', 'contentEncoding');
      return { ok: false, refusal: answer, head: await headOf(request) };
    }
    const head = collectHead(request);
    const error = await new Promise<unknown>((resolve) => {
      read(request, response, resolve);
    });
    if (error === undefined) {
      const bytes: unknown = request.body;
      return { ok: true, bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0) };
    }
    const answer = answerTo(error, limit);
    if (answer === undefined) throw new Error('a body could not be read', { cause: error });
    return { ok: false, refusal: answer, head: head() };
  };
}

/** The first bytes of a body that nobody else reads; resolves when there are enough or it ends. */
export function headOf(request: Request): Promise<Buffer> {
  const head = collectHead(request);
  return new Promise((resolve) => {
    const look = (): void => {
      if (head().length >= KEPT_BYTES || request.readableEnded || request.destroyed)
        resolve(head());
    };
    request.on('data', look).on('end', look).on('close', look);
    look();
  });
}

/** A JSON object, or the sentence that says what is wrong. */
export function parseObject(
  bytes: Buffer,
): { ok: true; value: JsonObject } | { ok: false; message: string } {
  const value = parseJson(bytes);
  if (value === undefined) return { ok: false, message: NO_JSON };
  return isJsonObject(value)
    ? { ok: true, value }
    : { ok: false, message: 'The body is JSON, but no object. Send one JSON object.' };
}

/** The JSON value; undefined where the bytes are none. */
export function parseJson(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

/** Whether the request says that its body is JSON. */
export function isJsonType(contentType: string | undefined): boolean {
  return /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

/** The refusal of a body that says to be something else. */
export function wrongType(contentType: string | undefined, wanted: string): Answer {
  const given = contentType === undefined ? 'no content type' : `"${contentType.slice(0, 80)}"`;
  return refusal(415, `The body has ${given}. Send it as ${wanted}.`, 'contentType');
}

/** Listens beside whoever reads the body and remembers its beginning. */
function collectHead(request: Request): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    if (size >= KEPT_BYTES) return;
    chunks.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.length;
  });
  return () => Buffer.concat(chunks);
}

/** What the body reader throws for what a client did. */
function answerTo(error: unknown, limit: number): Answer | undefined {
  const status = (error as { status?: unknown }).status;
  if (status === 413) {
    const size = limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MB` : `${limit / 1024} kB`;
    return refusal(
      413,
      `The body is larger than ${size}, the most that is taken here.`,
      'tooLarge',
    );
  }
  return status === 400 ? refusal(400, 'The body ended before its time.', 'cutOff') : undefined;
}
