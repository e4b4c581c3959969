import type { Json, JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import { explainFault } from '../server/core/reply.ts';
import type { Catalogue } from './catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import { LOADED_MODELS, loadModel } from './master-load.ts';
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
  pageRows: number,
): Promise<Prepared | StartFault> {
  const definitions = await loadDefinitions(router, identity.terminalName);
  if (definitions !== null) return definitions;
  const before = await loginUtils(router, 'preRenderActions', identity.terminalName);
  if ('message' in before) return before;
  const login = await router.logIn(identity.credentials);
  if (!login.ok) return { passing: false, message: `The log-in was refused: ${login.message}` };
  const session = await loginUtils(router, 'preRenderActions', identity.terminalName);
  if ('message' in session) return session;

  const loaded = await loadSettings(router, identity.terminalName);
  if ('message' in loaded) return loaded;
  const { settings } = loaded;
  const common = commonParameters(settings);
  const context = await rowsOf(router, CONTEXT, common);
  if ('message' in context) return context;
  const rows = new Map<string, JsonObject[]>();
  for (const model of LOADED_MODELS) {
    const page = await loadModel(router, model, common, pageRows);
    if ('fault' in page) return { passing: true, message: `Master data: ${page.fault}` };
    rows.set(model, page.rows);
  }
  const { catalogue } = catalogueOf(rows);
  const missing = missingToSell(catalogue, settings);
  if (missing !== null) return { passing: true, message: missing };
  const userId = router.session?.userId ?? '';
  return { settings, catalogue, userId, intervals: intervalsOf(session.body) };
}

/** Asks for servers and services, at the start at the origin, and sets the router up. Null where it went well. */
export async function loadDefinitions(
  router: RequestRouter,
  terminalName: string,
): Promise<StartFault | null> {
  const initial = await loginUtils(router, 'initActions', terminalName);
  if ('message' in initial) return initial;
  const table = routingTableSchema.safeParse(initial.body);
  if (!table.success) {
    return { passing: false, message: `initActions is not understood: ${table.error.message}` };
  }
  router.configure(table.data, initial.server);
  return null;
}

/** A new store server answers before it has all of its master data: no sale could start then. */
function missingToSell(catalogue: Catalogue, { terminal }: TerminalSettings): string | null {
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

async function loadSettings(
  router: RequestRouter,
  terminalName: string,
): Promise<{ settings: TerminalSettings } | StartFault> {
  const answer = await rowsOf(router, TERMINAL, { terminalName, appName: 'WebPOS' });
  if ('message' in answer) return answer;
  const settings = readSettings(answer.data);
  if ('settings' in settings) return settings;
  return { passing: false, message: `term.Terminal is not enough to sell: ${settings.fault}` };
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

async function loginUtils(
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

function intervalsOf(body: JsonObject): Prepared['intervals'] {
  const permissions = Array.isArray(body['permissions']) ? body['permissions'] : [];
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
