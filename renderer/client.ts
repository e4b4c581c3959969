import { z } from 'zod';
import {
  entriesPageSchema,
  entryDetailSchema,
  lanesSchema,
  overviewSchema,
  serverStatesSchema,
  sessionSchema,
} from '../server/contract/manage.ts';
import type { EntryState } from '../server/contract/manage.ts';

export const API = '/manage/api';
/** A server on the shop's network that has not answered by then is as good as gone. */
const TIMEOUT_MS = 10_000;

const faultSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * Why a call failed. `refused`: the server said no, with a code and a sentence. `unreachable`: no
 * answer came. `garbled`: an answer came that is not what the contract says (another version?).
 */
export class CallError extends Error {
  readonly kind: 'refused' | 'unreachable' | 'garbled';
  readonly status: number;
  readonly code: string;
  /** The whole answer, where one came that could be read as JSON. */
  readonly answer: unknown;

  constructor(
    kind: CallError['kind'],
    status: number,
    code: string,
    message: string,
    answer?: unknown,
  ) {
    super(message);
    this.name = 'CallError';
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.answer = answer;
  }
}

/** Whether the session is over, so that only a log-in helps. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof CallError && error.status === 401 && error.code === 'loggedOut';
}

/** Which entries the queue screen asks for. */
export interface EntriesFilter {
  state?: EntryState | undefined;
  terminal?: string | undefined;
  before?: number | undefined;
}

const empty = z.undefined();
const joinCodeSchema = z.object({ code: z.string(), expiresAt: z.string() });

/** The managers' API as functions; each answer is checked against the contract. */
export const client = {
  session: (signal?: AbortSignal) => call(sessionSchema, 'GET', '/session', { signal }),
  logIn: (body: { userName: string; password: string }) =>
    call(sessionSchema, 'POST', '/session', { body }),
  logOut: () => call(empty, 'DELETE', '/session'),
  setUp: (body: { code: string; userName: string; name: string; password: string }) =>
    call(empty, 'POST', '/setup', { body }),
  overview: (signal?: AbortSignal) => call(overviewSchema, 'GET', '/overview', { signal }),
  lanes: (signal?: AbortSignal) => call(lanesSchema, 'GET', '/lanes', { signal }),
  entries: (filter: EntriesFilter, signal?: AbortSignal) =>
    call(entriesPageSchema, 'GET', `/entries?${queryOf(filter)}`, { signal }),
  entry: (entryNo: number, signal?: AbortSignal) =>
    call(entryDetailSchema, 'GET', `/entries/${entryNo}`, { signal }),
  retryEntry: (entryNo: number) => call(empty, 'POST', `/entries/${entryNo}/retry`),
  retryLane: (body: { destination: string; terminal: string }) =>
    call(empty, 'POST', '/lanes/retry', { body }),
  serverStates: (signal?: AbortSignal) =>
    call(serverStatesSchema, 'GET', '/server-states', { signal }),
  forceState: (body: { to: 'online' | 'offline'; reason: string }) =>
    call(empty, 'POST', '/server-state', { body }),
  createJoinCode: (body: { serverKey: string }) =>
    call(joinCodeSchema, 'POST', '/join-codes', { body }),
};

function queryOf(filter: EntriesFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter) as [string, string | number | undefined][]) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.toString();
}

interface CallOptions {
  body?: object;
  signal?: AbortSignal | undefined;
  /** For what a server needs more time than usual. */
  timeoutMs?: number;
}

/** One call of the API; throws a {@link CallError} where it fails. */
export async function call<T>(
  schema: z.ZodType<T>,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<T> {
  const response = await reach(method, path, options);
  const answer = await readJson(response);
  if (!response.ok) {
    const fault = faultSchema.safeParse(answer).data?.error;
    throw new CallError(
      // 503 without our shape comes from a server that is stopping, or from something in between.
      fault === undefined && response.status >= 500 ? 'unreachable' : 'refused',
      response.status,
      fault?.code ?? 'unknown',
      fault?.message ?? response.statusText,
      answer,
    );
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new CallError('garbled', response.status, 'garbled', parsed.error.message);
}

async function reach(method: string, path: string, options: CallOptions): Promise<Response> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  try {
    return await fetch(API + path, {
      method,
      credentials: 'same-origin',
      signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
      headers: {
        Accept: 'application/json',
        ...(method === 'GET' ? {} : { 'X-Backroom': '1' }),
        ...(options.body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new CallError('unreachable', 0, 'unreachable', String(error));
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
