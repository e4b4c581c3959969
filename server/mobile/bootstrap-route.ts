import type { Definitions } from '../contract/definitions.ts';
import type { Json } from '../contract/json.ts';
import type { Caller } from '../security/ports.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { ServerModule } from './module.ts';

/**
 * A path that a till asks with GET while it starts: no service of `jsonrest`, and before the log-in.
 * `path` begins with "/" and is relative to the context path.
 */
export interface BootstrapRoute {
  path: string;
  answer(parameters: URLSearchParams, context: BootstrapContext): Promise<BootstrapAnswer>;
}

export interface BootstrapContext {
  system: System;
  storage: Storage;
  definitions: Definitions;
  /** Who asks, where the request carries a valid token; the routes answer without one too. */
  caller: Caller | undefined;
  self: { key: string; role: 'store' | 'main' };
  /** Every module of this server: what they declare is what the client is told. */
  modules: readonly ServerModule[];
}

export interface BootstrapAnswer {
  httpStatus: number;
  contentType: string;
  body: string;
}

/** A JSON answer, without the envelope of `jsonrest` unless it is in the value. */
export function jsonAnswer(value: { [key: string]: Json | undefined } | object): BootstrapAnswer {
  return {
    httpStatus: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(value),
  };
}

/** JavaScript that the client evaluates. */
export function scriptAnswer(body: string): BootstrapAnswer {
  return { httpStatus: 200, contentType: 'application/javascript; charset=utf-8', body };
}

/** A refusal in the field's envelope. */
export function errorAnswer(httpStatus: number, message: string): BootstrapAnswer {
  const response = { status: -1, error: { message, title: 'Error' }, totalRows: 0 };
  return { ...jsonAnswer({ response }), httpStatus };
}
