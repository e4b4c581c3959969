import type { Request } from 'express';
import type { Caller, TokenFault, Tokens } from '../security/ports.ts';
import { refusal } from './envelope.ts';
import type { Answer } from './envelope.ts';
import { stripToken } from './url.ts';

/** The sessions that came in URLs; a request keeps its own here once its URL is clean. */
const urlTokens = new WeakMap<object, string>();

/** Takes the session out of the URL before anything can log it, and keeps it for {@link callerOf}. */
export function takeUrlToken(request: Request): void {
  const { url, token } = stripToken(request.url);
  if (token === undefined) return;
  request.url = url;
  request.originalUrl = stripToken(request.originalUrl).url;
  urlTokens.set(request, token);
}

/**
 * Who a request speaks for. `Authorization` comes first; a session in the URL counts only where tills
 * ask (`fromUrl`).
 */
export function callerOf(
  tokens: Tokens,
  request: Request,
  fromUrl: boolean,
): Promise<Caller | TokenFault> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return tokens.verify(bearer ?? (fromUrl ? urlTokens.get(request) : undefined));
}

/** The answer to a session that is not taken: the client asks its user to log in again. */
export function tokenRefusal(fault: TokenFault): Answer {
  return refusal(401, fault.message, fault.code);
}
