import type { ErrorRequestHandler, Response } from 'express';
import type { z } from 'zod';
import { StorageError } from '../storage/port.ts';
import type { Log } from '../system/ports.ts';

/** An expected refusal of the managers' API: a status, a code for programs, a sentence for a person. */
export class ManageFault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ManageFault';
    this.status = status;
    this.code = code;
  }
}

/** Answers with the API's error shape. */
export function sendFault(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}

/** The input as the schema reads it; a 400 that names the first wrong member otherwise. */
export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw new ManageFault(
    400,
    'badInput',
    `${where === '' ? 'The request' : `"${where}"`} is not understood: ${issue?.message ?? 'wrong shape'}.`,
  );
}

/** Turns whatever a handler threw into an answer. Bugs are logged once, here, and told without details. */
export function createFaultHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof ManageFault) {
      sendFault(response, error.status, error.code, error.message);
    } else if (error instanceof StorageError) {
      log.warn({ error, code: error.code }, 'storage did not answer a manager');
      response.set('Retry-After', '2');
      sendFault(
        response,
        503,
        'storage',
        'The database does not answer now; try again in a moment.',
      );
    } else if (isClientError(error)) {
      sendFault(
        response,
        error.status,
        'badInput',
        `The request could not be read: ${error.message}`,
      );
    } else {
      log.error({ error }, 'a request of the managers’ screens failed');
      sendFault(response, 500, 'bug', 'Something went wrong in the server; its log says more.');
    }
  };
}

/** What the body parser throws for malformed JSON or a body over the limit. */
function isClientError(error: unknown): error is Error & { status: number } {
  if (!(error instanceof Error) || !('status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500;
}
