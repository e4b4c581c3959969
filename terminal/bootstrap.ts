import type { Json, JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { explainFault } from '../server/core/reply.ts';
import type { Catalogue } from './catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import { loadAll } from './master-data.ts';
import type { RequestRouter } from './request-router.ts';
import type { RouterServer } from './routing.ts';
import { routingTableSchema } from './routing.ts';
import type { Credentials } from './session.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { readSettings } from './terminal-settings.ts';

const LOGIN_UTILS = 'org.openbravo.retail.posterminal.service.loginutils';
const TERMINAL = 'org.openbravo.retail.posterminal.term.Terminal';
const CONTEXT = 'org.openbravo.mobile.core.login.ContextInformation';

/** Durations that the estate may set, ms, with the field's defaults. */
const INTERVALS = {
  tokenRefreshMs: { key: 'OBMOBC_RequestRouterRefreshTokenInterval', otherwise: 30 * 60_000 },
  pingMs: { key: 'OBMOBC_RequestRouterPingTimeInterval', otherwise: 5 * 60_000 },
} as const;

export interface TillIdentity {
  terminalName: string;
  credentials: Credentials;
}

/** What a till knows when it is ready to sell. */
export interface Prepared {
  settings: TerminalSettings;
  catalogue: Catalogue;
  userId: string;
  intervals: { tokenRefreshMs: number; pingMs: number };
}

/** Why a till cannot start. `passing`: it may work later. */
export interface StartFault {
  passing: boolean;
  message: string;
}

/** Everything from the first request to the last page of master data, in the order of real clients. */
export async function bootstrap(
  router: RequestRouter,
  identity: TillIdentity,
  { pageRows, nowMs }: { pageRows: number; nowMs: () => number },
): Promise<Prepared | StartFault> {
  const definitions = await loadDefinitions(router, identity.terminalName);
  if (definitions !== null) return definitions;
  const before = await loginUtils(router, 'preRenderActions', identity.terminalName);
  if ('message' in before) return before;
  const login = await router.logIn(identity.credentials);
  if (!login.ok) return { passing: false, message: `The log-in was refused: ${login.message}` };
  const session = await askSession(router, identity.terminalName);
  if ('message' in session) return session;
  const { settings } = session;
  const context = await rowsOf(router, CONTEXT, commonParameters(settings));
  if ('message' in context) return context;
  const common = commonParameters(settings);
  const loaded = await loadAll({ router, common, pageRows, nowMs });
  if ('fault' in loaded) return { passing: true, message: `Master data: ${loaded.fault}` };
  const { catalogue } = catalogueOf(loaded.rows);
  const missing = missingToSell(catalogue, settings);
  if (missing !== null) return { passing: true, message: missing };
  const userId = router.session?.userId ?? '';
  return { settings, catalogue, userId, intervals: session.intervals };
}

/** What a session's user may do, and what the terminal is. `answer` is what {@link readSession} reads again. */
export interface SessionAnswer {
  settings: TerminalSettings;
  intervals: Prepared['intervals'];
  answer: JsonObject;
}

/** Asks for permissions and the terminal's settings, in a session. */
export async function askSession(
  router: RequestRouter,
  terminalName: string,
): Promise<SessionAnswer | StartFault> {
  const session = await loginUtils(router, 'preRenderActions', terminalName);
  if ('message' in session) return session;
  const terminal = await rowsOf(router, TERMINAL, { terminalName, appName: 'WebPOS' });
  if ('message' in terminal) return terminal;
  const permissions = session.body['permissions'] ?? [];
  return readSession({ permissions, terminal: terminal.data ?? [] });
}

/** Reads what {@link askSession} was told, now or in an earlier run of the till. */
export function readSession(answer: JsonObject): SessionAnswer | StartFault {
  const read = readSettings(answer['terminal']);
  if ('fault' in read) {
    const message = `term.Terminal is not enough to sell: ${read.fault}`;
    return { passing: false, message };
  }
  return { ...read, intervals: intervalsOf(answer), answer };
}

/** Asks for servers and services, at the start at the origin, and sets the router up. Null where it went well. */
export async function loadDefinitions(
  router: RequestRouter,
  terminalName: string,
): Promise<StartFault | null> {
  const asked = await askDefinitions(router, terminalName);
  return 'message' in asked ? asked : null;
}

/** The same; gives what {@link takeDefinitions} takes again. */
export async function askDefinitions(
  router: RequestRouter,
  terminalName: string,
): Promise<{ answer: JsonObject } | StartFault> {
  const initial = await loginUtils(router, 'initActions', terminalName);
  if ('message' in initial) return initial;
  const answer = { table: initial.body, reachedAt: initial.server?.address ?? null };
  const fault = takeDefinitions(router, answer);
  return fault ?? { answer };
}

/** Sets the router up with what {@link askDefinitions} was told. Null where it went well. */
export function takeDefinitions(router: RequestRouter, answer: JsonObject): StartFault | null {
  const table = routingTableSchema.safeParse(answer['table']);
  if (!table.success) {
    return { passing: false, message: `initActions is not understood: ${table.error.message}` };
  }
  const { reachedAt } = answer;
  router.configure(table.data, typeof reachedAt === 'string' ? { address: reachedAt } : undefined);
  return null;
}

/** A new store server answers before it has all of its master data: no sale could start then. */
export function missingToSell(catalogue: Catalogue, { terminal }: TerminalSettings): string | null {
  const customer = catalogue.customers.get(terminal.businessPartner);
  if (customer?.billTo === undefined || customer.shipTo === undefined) {
    return `The server has no default customer ${terminal.businessPartner} with addresses.`;
  }
  if (catalogue.products.size === 0) return 'The server has no products.';
  return catalogue.taxes.length === 0 ? 'The server has no tax rates.' : null;
}

/** The members that every query of a till carries. */
export function commonParameters({ terminal }: TerminalSettings): JsonObject {
  return {
    client: terminal.client,
    organization: terminal.organization,
    pos: terminal.id,
    terminalName: terminal.searchKey,
    appName: 'WebPOS',
  };
}

async function rowsOf(
  router: RequestRouter,
  service: string,
  parameters: JsonObject,
): Promise<{ data: Json | undefined } | StartFault> {
  const { reply } = await router.query(service, parameters);
  if (reply.kind !== 'answer') {
    return { passing: reply.kind === 'failure', message: `${service}: ${explainFault(reply)}` };
  }
  const { response } = reply.body;
  if (isJsonObject(response) && response['status'] === 0) return { data: response['data'] };
  const said = JSON.stringify(reply.body).slice(0, 300);
  return { passing: false, message: `${service}: ${said}` };
}

/** Asks for what needs no session. */
export async function loginUtils(
  router: RequestRouter,
  command: string,
  terminalName: string,
): Promise<{ body: JsonObject; server: RouterServer | undefined } | StartFault> {
  const query = new URLSearchParams({ command, terminalName, appName: 'WebPOS' });
  const { reply, server } = await router.get(`${LOGIN_UTILS}?${query.toString()}`);
  if (reply.kind === 'answer') return { body: reply.body, server };
  // A new store server does not know its tills for a moment.
  const passing = reply.kind === 'failure' || reply.status === 404;
  return { passing, message: `${command}: ${explainFault(reply)}` };
}

function intervalsOf(answer: JsonObject): Prepared['intervals'] {
  const permissions = Array.isArray(answer['permissions']) ? answer['permissions'] : [];
  const duration = ({ key, otherwise }: { key: string; otherwise: number }): number => {
    const row = permissions.find((each) => isJsonObject(each) && each['key'] === key);
    const value = isJsonObject(row) ? Number(row['value']) : Number.NaN;
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  return {
    tokenRefreshMs: duration(INTERVALS.tokenRefreshMs),
    pingMs: duration(INTERVALS.pingMs),
  };
}
