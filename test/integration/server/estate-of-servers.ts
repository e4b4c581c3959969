import { join } from 'node:path';
import Database from 'better-sqlite3';
import { freePorts } from '../../../server/cli/demo/free-ports.ts';
import type { MobileServer } from '../../../server/contract/definitions.ts';
import { estateSchema } from '../../../server/contract/estate.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { serveSettingsSchema } from '../../../server/contract/settings.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { importEstate, startServer } from '../../../server/start.ts';
import type { RunningServer } from '../../../server/start.ts';
import { createLog } from '../../../server/system/log.ts';
import { realSystem } from '../../../server/system/real.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { saleMessage } from '../mobile/mobile-server.ts';

const JSONREST = 'openbravo/org.openbravo.mobile.core.service.jsonrest';
export const ORDER = 'org.openbravo.retail.posterminal.OrderLoader';
const TILLS = ['T1', 'T2'];
const PASSWORD = 'a long word';

export type ServerName = 'A' | 'B' | 'Store';
type Changes = Partial<Record<ServerName, Partial<MobileServer>>>;

/**
 * Three servers on loopback in one process: the main A owns the estate, the main B and the store
 * server have joined it. Each can be stopped and started again on its port and its folder.
 */
export interface ServerEstate extends AsyncDisposable {
  url(name: ServerName): string;
  start(name: ServerName): Promise<void>;
  stop(name: ServerName): Promise<void>;
  /** Changes server definitions at A, which is stopped for it. */
  redefine(change: Changes, preferences?: JsonObject[]): Promise<void>;
  /** Posts a ticket with this message id; the HTTP status. */
  sell(name: ServerName, messageId: string, till?: string): Promise<number>;
  /** Which of these messages a server reports as confirmed. */
  confirmed(name: ServerName, messageIds: readonly string[]): Promise<string[]>;
  /** Rows of a server's database. */
  rows(name: ServerName, sql: string): JsonObject[];
  /** A query of a till. */
  query(name: ServerName, service: string, parameters?: JsonObject): Promise<JsonObject>;
  /** A call of the managers' API by a manager. */
  manage(name: ServerName, path: string, body?: object): Promise<Response>;
}

export async function serverEstate(
  options: { modules?: readonly ServerModule[] } = {},
): Promise<ServerEstate> {
  const names: readonly ServerName[] = ['A', 'B', 'Store'];
  const ports = await freePorts(names.length);
  const portOf = (name: ServerName): number => ports[names.indexOf(name)]!;
  const folders = new Map(names.map((name) => [name, temporaryDirectory()]));
  const folderOf = (name: ServerName): string => folders.get(name)!.path;
  const running = new Map<ServerName, RunningServer>();
  const joinCodes = await putEstate(folderOf('A'), portOf, { joinFor: ['B', 'Store'] });
  const url = (name: ServerName): string => `http://127.0.0.1:${portOf(name)}`;
  const tokens = new Map<string, string>();

  const start = async (name: ServerName): Promise<void> => {
    const settings = serveSettingsSchema.parse({
      role: name === 'Store' ? 'store' : 'main',
      dataDirectory: folderOf(name),
      serverKey: name,
      port: portOf(name),
      ...(name !== 'A' && { mainUrl: url('A'), joinCode: joinCodes[name] }),
    });
    const system = realSystem(createLog('silent'));
    const { modules } = options;
    running.set(name, await startServer(settings, { system, ...(modules && { modules }) }));
  };
  const stop = async (name: ServerName): Promise<void> => {
    await running.get(name)?.stop();
    running.delete(name);
  };
  const ask = async (name: ServerName, path: string, body?: object): Promise<Response> => {
    const token = tokens.get('till') ?? (await logInAnywhere());
    return fetch(`${url(name)}/${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  };
  /** Any server of the estate takes a token of any other. */
  const logInAnywhere = async (): Promise<string> => {
    const token = await logIn(url('A'));
    tokens.set('till', token);
    return token;
  };
  const responseOf = async (response: Response): Promise<JsonObject> =>
    ((await response.json()) as { response: JsonObject }).response;

  return {
    url,
    start,
    stop,
    async redefine(change, preferences = []) {
      await stop('A');
      await putEstate(folderOf('A'), portOf, { change, preferences });
      await start('A');
    },
    async sell(name, messageId, till = 'T1') {
      const parts = { ticket: { organization: 'Shop', posTerminal: till }, message: { pos: till } };
      return (await ask(name, `${JSONREST}/${ORDER}`, saleMessage(messageId, parts))).status;
    },
    async confirmed(name, messageIds) {
      const beat = { id: 'T1', ask: messageIds };
      const answer = await responseOf(await ask(name, 'openbravo/backroom/heartbeat', beat));
      return answer['confirmed'] as string[];
    },
    rows(name, sql) {
      const database = new Database(join(folderOf(name), 'backroom.db'), { readonly: true });
      const rows = database.prepare(sql).all() as JsonObject[];
      database.close();
      return rows;
    },
    async query(name, service, parameters = {}) {
      return responseOf(await ask(name, `${JSONREST}/${service}`, { ...parameters }));
    },
    async manage(name, path, body) {
      const base = `${url(name)}/manage/api`;
      const own = { 'X-Backroom': '1', Origin: url(name), 'Content-Type': 'application/json' };
      const login = JSON.stringify({ userName: 'boss', password: PASSWORD });
      const session = await fetch(`${base}/session`, { method: 'POST', headers: own, body: login });
      const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      return fetch(`${base}/${path}`, {
        headers: { ...own, Cookie: cookie },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      });
    },
    async [Symbol.asyncDispose]() {
      for (const name of names.toReversed()) await stop(name);
      for (const folder of folders.values()) await folder[Symbol.asyncDispose]();
    },
  };
}

async function putEstate(
  dataDirectory: string,
  portOf: (name: ServerName) => number,
  parts: { change?: Changes; preferences?: JsonObject[]; joinFor?: string[] },
): Promise<Record<string, string>> {
  const { change = {}, preferences = [], joinFor = [] } = parts;
  const server = (key: ServerName, priority: number): object => ({
    id: key,
    key,
    name: key,
    type: key === 'Store' ? 'STORE' : 'MAIN',
    url: `http://127.0.0.1:${portOf(key)}/openbravo`,
    priority,
    active: true,
    ...change[key],
  });
  const user = (id: string, role: string): object => {
    return { id, userName: id, name: id, role, organization: 'Shop', password: PASSWORD };
  };
  const estate = estateSchema.parse({
    organizations: [{ id: 'Shop', name: 'Shop', parent: null }],
    servers: [server('A', 10), server('B', 20), server('Store', 30)],
    users: [user('anna', 'cashier'), user('boss', 'manager')],
    terminals: TILLS.map((id) => ({
      id,
      searchKey: `${id}-key`,
      name: id,
      client: 'C',
      organization: 'Shop',
      priceList: 'L1',
      docNoPrefix: id,
      currency: { id: '102', isoCode: 'EUR', precision: 2 },
    })),
    preferences,
    models: { BusinessPartner: [{ rows: [{ id: 'ANYBODY', name: 'Anybody', active: true }] }] },
  });
  const target = { dataDirectory, serverKey: 'A', joinFor };
  return (await importEstate(target, estate)).joinCodes;
}

async function logIn(url: string): Promise<string> {
  const form = { user: 'anna', password: PASSWORD, terminalName: 'T1-key', appName: 'WebPOS' };
  const answer = await fetch(`${url}/openbravo/org.openbravo.retail.posterminal/POSLoginHandler`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { authenticationToken } = (await answer.json()) as { authenticationToken?: string };
  if (authenticationToken === undefined) throw new Error(`nobody logged in at ${url}`);
  return authenticationToken;
}
