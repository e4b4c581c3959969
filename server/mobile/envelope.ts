import type { Response } from 'express';
import type { JsonObject } from '../contract/json.ts';

/** An answer before it is sent. `body` is JSON to be written, or bytes or text that are ready. */
export interface Answer {
  httpStatus: number;
  body: JsonObject | Uint8Array | string;
  /** JSON where it is absent. */
  contentType?: string;
  /** Seconds after which the client may try again. */
  retryAfterSeconds?: number;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** The field's envelope around an answer: `response.status` 0. */
export function success(members: object): Answer {
  return { httpStatus: 200, body: { response: { status: 0, ...members } } };
}

/**
 * The field's envelope around rows that are at hand. A client takes `endRow + 1` for their total, and
 * `totalRows` is sent only where there is none.
 */
export function rowsAnswer(data: readonly unknown[], lastUpdatedMs: number): Answer {
  return {
    httpStatus: 200,
    body: {
      response: {
        data: data as JsonObject[],
        startRow: 0,
        endRow: data.length - 1,
        ...(data.length === 0 ? { totalRows: 0 } : {}),
        status: 0,
        lastUpdated: lastUpdatedMs,
      },
    },
  };
}

/** The field's envelope around a refusal: `response.status` −1 and a sentence for a person. */
export function refusal(httpStatus: number, message: string, code?: string): Answer {
  const error = {
    message,
    title: TITLES[httpStatus] ?? 'Error',
    ...(code !== undefined && { code }),
  };
  return { httpStatus, body: { response: { status: -1, error, totalRows: 0 } } };
}

/** A refusal that passes: the client keeps what it has and tries again. */
export function unavailable(message: string, retryAfterSeconds: number): Answer {
  return { ...refusal(503, message, 'unavailable'), retryAfterSeconds };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Not understood',
  401: 'Log in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not understood',
  413: 'Too large',
  415: 'Not understood',
  503: 'Try again',
};

/** Sends an answer. */
export function send(response: Response, answer: Answer): void {
  const { body } = answer;
  const isReady = typeof body === 'string' || body instanceof Uint8Array;
  const bytes = Buffer.from(isReady ? body : JSON.stringify(body));
  response.statusCode = answer.httpStatus;
  response.setHeader('Content-Type', answer.contentType ?? JSON_TYPE);
  response.setHeader('Content-Length', bytes.length);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (answer.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', answer.retryAfterSeconds);
  }
  response.end(bytes);
}
