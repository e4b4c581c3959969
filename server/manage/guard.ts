import type { Request, RequestHandler, Response } from 'express';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { UserCaller } from '../security/ports.ts';
import { ManageFault } from './fault.ts';
import type { ManageParts } from './parts.ts';

/**
 * Of a page over https, of one over http. Browsers do not let http replace a cookie that https has set,
 * and cookies know no ports: with one name, whoever logged in over https could not log in over http.
 */
const SECURE_COOKIE = '__Secure-backroom_session';
const PLAIN_COOKIE = 'backroom_session';
const COOKIE_PATH = '/manage';

/** The header that a foreign page cannot send without asking first. */
const OWN_HEADER = 'x-backroom';

/** The session's token as the browser sent it. */
function tokenOf(request: Request): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[cookieName(request)];
}

function cookieName({ secure }: Request): string {
  return secure ? SECURE_COOKIE : PLAIN_COOKIE;
}

/** Gives the browser its session: out of reach of scripts and of other sites. */
export function setSessionCookie(
  request: Request,
  response: Response,
  session: { token: string; maxAgeMs: number },
): void {
  response.append(
    'Set-Cookie',
    stringifySetCookie({
      name: cookieName(request),
      value: session.token,
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
      path: COOKIE_PATH,
      maxAge: Math.max(0, Math.floor(session.maxAgeMs / 1000)),
    }),
  );
}

/** Takes the session away from the browser. */
export function clearSessionCookie(request: Request, response: Response): void {
  setSessionCookie(request, response, { token: '', maxAgeMs: 0 });
}

/** Whether these screens are for a user of this role. */
export function mayManage(role: UserCaller['role']): boolean {
  return role === 'manager' || role === 'administrator';
}

/** Who the request speaks for; undefined where nobody with a right to these screens is logged in. */
export async function callerOf(
  parts: Pick<ManageParts, 'tokens'>,
  request: Request,
): Promise<UserCaller | undefined> {
  const caller = await parts.tokens.verify(tokenOf(request));
  return 'kind' in caller && caller.kind === 'user' && mayManage(caller.role) ? caller : undefined;
}

/** The caller, or 401. */
export async function requireCaller(
  parts: Pick<ManageParts, 'tokens'>,
  request: Request,
): Promise<UserCaller> {
  const caller = await callerOf(parts, request);
  if (caller) return caller;
  throw new ManageFault(401, 'loggedOut', 'Log in first: the session has ended.');
}

/** Lets changing requests through only from our own pages. */
export const requireOwnPage: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') {
    next();
    return;
  }
  if (request.headers[OWN_HEADER] !== '1' || !isSameOrigin(request)) {
    throw new ManageFault(
      403,
      'foreignPage',
      'Changes are taken only from this server’s own screens (header X-Backroom and the same Origin).',
    );
  }
  next();
};

function isSameOrigin(request: Request): boolean {
  const origin = request.headers.origin;
  const host = request.headers.host;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}
