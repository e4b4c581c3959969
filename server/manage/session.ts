import type { Request, Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { User } from '../contract/definitions.ts';
import type { Session } from '../contract/manage.ts';
import { ManageFault, readInput, sendFault } from './fault.ts';
import {
  callerOf,
  clearSessionCookie,
  mayManage,
  requireCaller,
  setSessionCookie,
} from './guard.ts';
import type { ManageParts } from './parts.ts';

/** Refused log-ins that one address may make within the window. */
const REFUSED_LOGINS = 10;
const LOGIN_WINDOW_MS = 5 * 60_000;

const loginSchema = z.strictObject({
  userName: z.string().min(1).max(200),
  password: z.string().min(1).max(1000),
});
const setupSchema = z.strictObject({
  code: z.string().min(1).max(64),
  userName: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(1000),
});

/** Log-in, log-out, who is logged in, and the first administrator. */
export function addSessionRoutes(api: Router, parts: ManageParts): void {
  const limit = rateLimit({
    windowMs: LOGIN_WINDOW_MS,
    limit: REFUSED_LOGINS,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      sendFault(
        response,
        429,
        'tooManyTries',
        'Too many refused log-ins from this computer. Wait five minutes, then try again.',
      ),
  });
  api.get('/session', async (request, response) => {
    response.json(await sessionOf(parts, request));
  });
  api.post('/session', limit, async (request, response) => {
    response.json(await logIn(parts, request, response));
  });
  api.delete('/session', async (request, response) => {
    const caller = await callerOf(parts, request);
    clearSessionCookie(request, response);
    if (caller) await audit(parts, `user:${caller.userId}`, 'logged out of the screens', 'session');
    response.status(204).end();
  });
  api.post('/setup', limit, async (request, response) => {
    const wish = readInput(setupSchema, request.body);
    if (!parts.setup.needed()) {
      throw new ManageFault(409, 'setUp', 'This server has been set up already. Log in.');
    }
    const result = await parts.setup.createAdministrator(wish);
    if (!result.ok) throw new ManageFault(422, result.code, result.message);
    response.status(204).end();
  });
  api.post('/join-codes', async (request, response) => {
    response.json(await createJoinCode(parts, request));
  });
}

async function sessionOf(parts: ManageParts, request: Request): Promise<Session> {
  const caller = await callerOf(parts, request);
  const user = caller && userWith(parts, (row) => row.id === caller.userId);
  if (caller && user) return loggedIn(user, caller.expiresAtMs);
  // A store server has no users before its first replication, and none of them is made here.
  return parts.self.role === 'main' && parts.setup.needed()
    ? { state: 'setup' }
    : { state: 'loggedOut' };
}

async function logIn(parts: ManageParts, request: Request, response: Response): Promise<Session> {
  const { userName, password } = readInput(loginSchema, request.body);
  const wanted = userName.trim().toLowerCase();
  const user = userWith(parts, (row) => row.userName.toLowerCase() === wanted);
  const fits = await parts.passwords.fits(user?.passwordHash ?? null, password);
  if (!user || !fits) {
    await audit(parts, 'nobody', 'log-in to the screens refused', wanted);
    throw new ManageFault(401, 'refused', 'User name or password is wrong.');
  }
  if (!mayManage(user.role)) {
    await audit(parts, `user:${user.id}`, 'log-in to the screens refused', 'role');
    throw new ManageFault(
      403,
      'cashier',
      'These screens are for managers. A cashier logs in at a till.',
    );
  }
  const { token, expiresAtMs } = await parts.tokens.issueForUser({
    userId: user.id,
    role: user.role,
    organization: user.organization,
    terminal: null,
    epoch: user.epoch,
  });
  const maxAgeMs = expiresAtMs - parts.system.clock.nowMs();
  setSessionCookie(request, response, { token, maxAgeMs });
  await audit(parts, `user:${user.id}`, 'logged in to the screens', 'session');
  return loggedIn(user, expiresAtMs);
}

async function createJoinCode(
  parts: ManageParts,
  request: Request,
): Promise<{ code: string; expiresAt: string }> {
  const caller = await requireCaller(parts, request);
  if (parts.joinCodes === null) {
    throw new ManageFault(404, 'notAMain', 'Only a main server gives out join codes.');
  }
  if (caller.role !== 'administrator') {
    throw new ManageFault(403, 'administrator', 'Only an administrator lets a server join.');
  }
  const schema = z.strictObject({ serverKey: z.string().min(1).max(32) });
  const { serverKey } = readInput(schema, request.body);
  const result = await parts.joinCodes.create(serverKey, `user:${caller.userId}`);
  if ('error' in result) throw new ManageFault(422, result.error.code, result.error.message);
  return result;
}

function userWith(parts: ManageParts, matches: (user: User) => boolean): User | undefined {
  return parts.definitions.current().users.find((user) => user.active && matches(user));
}

function loggedIn(user: User, expiresAtMs: number): Session {
  return {
    state: 'loggedIn',
    user: { id: user.id, name: user.name, role: user.role },
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}

function audit(parts: ManageParts, actor: string, action: string, subject: string): Promise<void> {
  return parts.storage.audit({ actor, action, subject, detail: {} });
}
