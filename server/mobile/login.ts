import type { Terminal, User } from '../contract/definitions.ts';
import type { Definitions } from '../contract/definitions.ts';
import type { JsonObject } from '../contract/json.ts';
import { lineageOf } from '../core/organizations.ts';
import type { Caller } from '../security/ports.ts';
import { rowsAnswer, success } from './envelope.ts';
import type { Answer } from './envelope.ts';
import type { MobileParts } from './parts.ts';
import { actorOf } from './transactions.ts';

type LoginParts = Pick<
  MobileParts,
  'system' | 'storage' | 'definitions' | 'passwords' | 'tokens'
> & {
  self: Pick<MobileParts['self'], 'version'>;
};

/** What a till sends to log in, read from its form. */
export interface LoginForm {
  /** The user's name, or the user's id. */
  user: string;
  /** A PIN or a password. */
  secret: string;
  /** The till's search key; empty where the application has none. */
  terminalName: string;
}

/** A log-in's result; `granted` decides what counts against the limit of tries. */
export interface LoginResult {
  granted: boolean;
  answer: Answer;
}

const WRONG = 'The user or the password is wrong, or this user may not work at this terminal.';
const LONGEST_SUBJECT = 64;

/** Reads the form of a log-in (`user`, `password`, `terminalName` and others that do not matter). */
export function readLoginForm(bytes: Buffer): LoginForm {
  const form = new URLSearchParams(bytes.toString('utf8'));
  return {
    user: (form.get('user') ?? '').trim(),
    secret: form.get('password') ?? '',
    terminalName: (form.get('terminalName') ?? '').trim(),
  };
}

/**
 * Logs a user in at a terminal. An unknown user, a wrong secret, an inactive user and a user of another
 * part of the estate get the same answer after the same work. Refusals are HTTP 200, as clients expect.
 */
export async function logIn(parts: LoginParts, form: LoginForm): Promise<LoginResult> {
  const definitions = parts.definitions.current();
  const terminal = definitions.terminals.find(
    (row) => row.active && (row.searchKey === form.terminalName || row.id === form.terminalName),
  );
  if (form.terminalName !== '' && terminal === undefined) {
    await auditRefusal(parts, form, 'unknown terminal');
    return refused(
      'Unknown terminal',
      `The terminal "${form.terminalName.slice(0, LONGEST_SUBJECT)}" is not defined at this server. Check its name, or define it at the main server.`,
    );
  }
  const user = userNamed(definitions, form.user);
  const fits = await secretFits(parts, user, form.secret);
  if (user === undefined || !fits || !mayWorkAt(definitions, user, terminal)) {
    await auditRefusal(parts, form, 'wrong user or secret');
    return refused('Log-in refused', WRONG);
  }
  return { granted: true, answer: await grant(parts, user, terminal) };
}

/** `authenticate.GetToken`: a new session in place of one that is still good. */
export async function refreshToken(parts: LoginParts, caller: Caller): Promise<Answer> {
  const definitions = parts.definitions.current();
  const user =
    caller.kind === 'user' ? definitions.users.find((row) => row.id === caller.userId) : undefined;
  const nowMs = parts.system.clock.nowMs();
  if (caller.kind !== 'user' || user === undefined) return rowsAnswer([], nowMs);
  const { token, expiresAtMs } = await parts.tokens.issueForUser({
    ...sessionOf(user),
    terminal: caller.terminal,
  });
  const terminal = definitions.terminals.find((row) => row.id === caller.terminal);
  const row = {
    userId: user.id,
    authenticationToken: token,
    authenticationClient: clientOf(definitions, terminal),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
  return rowsAnswer([row], nowMs);
}

/** Log-out: sessions live at the client, so this is said to everyone and written down. */
export async function logOut(
  { storage }: Pick<MobileParts, 'storage'>,
  caller: Caller | undefined,
): Promise<Answer> {
  if (caller?.kind === 'user') {
    const subject = caller.terminal ?? 'session';
    await storage.audit({ actor: actorOf(caller), action: 'logged out', subject, detail: {} });
  }
  return success({ data: [] });
}

/** A refusal in the shape that a till shows to its user. */
export function refused(messageTitle: string, messageText: string): LoginResult {
  const body = { showMessage: true, messageType: 'Error', messageTitle, messageText };
  return { granted: false, answer: { httpStatus: 200, body } };
}

async function grant(
  parts: LoginParts,
  user: User,
  terminal: Terminal | undefined,
): Promise<Answer> {
  const { token } = await parts.tokens.issueForUser({
    ...sessionOf(user),
    terminal: terminal?.id ?? null,
  });
  await parts.storage.audit({
    actor: `user:${user.id}`,
    action: 'logged in',
    subject: terminal?.id ?? 'session',
    detail: {},
  });
  const body: JsonObject = {
    showMessage: false,
    userId: user.id,
    authenticationToken: token,
    authenticationClient: clientOf(parts.definitions.current(), terminal),
    sourceVersion: parts.self.version,
  };
  return { httpStatus: 200, body };
}

function sessionOf(user: User): {
  userId: string;
  role: User['role'];
  organization: string;
  epoch: number;
} {
  return { userId: user.id, role: user.role, organization: user.organization, epoch: user.epoch };
}

function clientOf(definitions: Definitions, terminal: Terminal | undefined): string {
  return terminal?.client ?? definitions.terminals[0]?.client ?? '0';
}

function userNamed(definitions: Definitions, name: string): User | undefined {
  const wanted = name.toLowerCase();
  return (
    definitions.users.find((user) => user.active && user.userName.toLowerCase() === wanted) ??
    definitions.users.find((user) => user.active && user.id === name)
  );
}

/** What may be a PIN is tried as one first; how many hashes are computed depends on the secret alone. */
async function secretFits(
  { passwords }: LoginParts,
  user: User | undefined,
  secret: string,
): Promise<boolean> {
  const asPin = /^\d{4,12}$/.test(secret) && (await passwords.fits(user?.pinHash ?? null, secret));
  return asPin || passwords.fits(user?.passwordHash ?? null, secret);
}

/** A user works in the user's organization, in those below it, and in those above it. */
function mayWorkAt(definitions: Definitions, user: User, terminal: Terminal | undefined): boolean {
  if (terminal === undefined) return true;
  return (
    lineageOf(definitions, terminal.organization).includes(user.organization) ||
    lineageOf(definitions, user.organization).includes(terminal.organization)
  );
}

async function auditRefusal(parts: LoginParts, form: LoginForm, why: string): Promise<void> {
  await parts.storage.audit({
    actor: 'nobody',
    action: 'log-in refused',
    subject: form.user.slice(0, LONGEST_SUBJECT),
    detail: { why, terminal: form.terminalName.slice(0, LONGEST_SUBJECT) },
  });
}
