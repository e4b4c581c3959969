import { CONTEXT_PATH } from '../contract/limits.ts';
import type { JoinAnswer, JoinRequest } from '../contract/join.ts';
import { joinAnswerSchema } from '../contract/join.ts';

const JOIN_TIMEOUT_MS = 15_000;

/** Why a store server could not join, in words for the person who starts it. */
class JoinError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JoinError';
  }
}

/** The base of a main's mobile services from what a person typed: with or without the context path. */
export function mobileBase(url: string): string {
  const parsed = new URL(url);
  const path = parsed.pathname.replace(/\/+$/, '');
  return `${parsed.origin}${path === '' ? CONTEXT_PATH : path}`;
}

/** Joins the main at this address with a one-time code. Throws {@link JoinError}. */
export async function joinMain(mainUrl: string, request: JoinRequest): Promise<JoinAnswer> {
  const url = `${mobileBase(mainUrl)}/backroom/join`;
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(JOIN_TIMEOUT_MS),
    });
  } catch (cause) {
    throw new JoinError(
      `The main server at ${url} cannot be reached. Check the address (--main) and the connection, then start again.`,
      { cause },
    );
  }
  const body: unknown = await answer.json().catch(() => undefined);
  const joined = joinAnswerSchema.safeParse(body);
  if (answer.ok && joined.success) return joined.data;
  throw new JoinError(
    refusalOf(body) ??
      `What answers at ${url} is not a Backroom main server (HTTP ${answer.status}). Check the address given with --main.`,
  );
}

function refusalOf(body: unknown): string | undefined {
  const error = (body as { error?: { message?: unknown } } | undefined)?.error;
  return typeof error?.message === 'string' ? error.message : undefined;
}
