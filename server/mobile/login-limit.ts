import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Answer } from './envelope.ts';
import { send } from './envelope.ts';

const WINDOW_MS = 5 * 60_000;
/** Refused log-ins of one user from one address: a whole store of tills may stand behind it. */
const REFUSED_PER_USER = 30;
/** Refused log-ins of all users from one address. */
const REFUSED_PER_ADDRESS = 600;
/** Refused requests to join from one address. */
const REFUSED_JOINS = 20;

/**
 * A first guard against guessing. Only what was refused counts ({@link countRefusal}); `userOf` tells
 * for whom a secret is tried, `answer` is what a client gets that tried too often.
 */
export function limitLogins(
  userOf: (response: Response) => string,
  answer: Answer,
): RequestHandler[] {
  const perUser = (request: Request, response: Response): string =>
    `${addressOf(request)} ${userOf(response).toLowerCase().slice(0, 64)}`;
  return [
    limited(REFUSED_PER_USER, perUser, answer),
    limited(REFUSED_PER_ADDRESS, addressOf, answer),
  ];
}

/** The same for one-time codes of servers. */
export function limitJoins(answer: Answer): RequestHandler {
  return limited(REFUSED_JOINS, addressOf, answer);
}

/** Makes the request count. */
export function countRefusal(response: Response): void {
  response.locals[REFUSED] = true;
}

const REFUSED = 'refused';

function limited(
  limit: number,
  keyOf: (request: Request, response: Response) => string,
  answer: Answer,
): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.locals[REFUSED] !== true,
    keyGenerator: keyOf,
    handler: (_request, response) => {
      send(response, { ...answer, retryAfterSeconds: WINDOW_MS / 1000 });
    },
  });
}

function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}
