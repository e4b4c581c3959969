import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Definitions, MobileServer, Terminal } from '../../../server/contract/definitions.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { LIMITS } from '../../../server/contract/limits.ts';
import type { PeerReport } from '../../../server/core/peers.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { createMobileRouter } from '../../../server/mobile/router.ts';
import type { MobileParts } from '../../../server/mobile/parts.ts';
import { sessionRoutes } from '../../../server/mobile/modules/mobile-core/session-routes.ts';
import { modelsOf, standardModules } from '../../../server/modules.ts';
import type { SigningKey } from '../../../server/security/keys.ts';
import { loadSigningKey } from '../../../server/security/keys.ts';
import { createPasswords } from '../../../server/security/passwords.ts';
import type { Tokens } from '../../../server/security/ports.ts';
import { createTokens } from '../../../server/security/tokens.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';
import type { AuditLine, Storage } from '../../../server/storage/port.ts';
import { changeableDefinitions, definitionsOf, userOf } from '../../support/definitions.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

export const START_MS = Date.UTC(2026, 10, 24, 9);
export const CASHIER = 'A1B2C3D4E5F60718293A4B5C6D7E8F90';
export const TILL: Terminal = {
  id: 'C1B2C3D4E5F60718293A4B5C6D7E8F90',
  searchKey: 'Corner-1',
  name: 'Till 1',
  client: 'CLIENT',
  organization: 'CORNER',
  priceList: 'LIST',
  docNoPrefix: 'C1',
  returnDocNoPrefix: null,
  quotationDocNoPrefix: null,
  currency: { id: '102', isoCode: 'EUR', precision: 2 },
  config: { terminal: { businessPartner: 'ANYBODY' } },
  active: true,
};

export function serverRow(key: string, parts: Partial<MobileServer> = {}): MobileServer {
  return {
    id: key,
    key,
    name: key,
    description: '',
    type: 'MAIN',
    url: `http://${key.toLowerCase()}.example/openbravo`,
    priority: 1,
    allOrganizations: true,
    organizations: [],
    allServices: true,
    definedServices: 'only',
    services: [],
    active: true,
    ...parts,
  };
}

/** The mobile services on a real port, over a real database; only the clock stands still. */
export interface TestServer extends AsyncDisposable {
  /** With the context path. */
  url: string;
  storage: Storage;
  tokens: Tokens;
  definitions: ReturnType<typeof changeableDefinitions>;
  signingKey: SigningKey;
  /** Every line that went to the audit table. */
  audited: AuditLine[];
  /** What other servers said of themselves. */
  heard: Omit<PeerReport, 'atMs'>[];
  /** URLs as a log would have seen them. */
  seenUrls: string[];
  woken(): number;
  /** Moves the clock. */
  setClock(nowMs: number): void;
  /** A session of the cashier at the till. */
  session(parts?: { userId?: string; terminal?: string | null; epoch?: number }): Promise<string>;
  /** A request with a session; JSON in and out. */
  call(path: string, parts?: CallParts): Promise<Reply>;
  /** Posts a message to a service. */
  post(service: string, body: JsonObject | string, parts?: CallParts): Promise<Reply>;
}

export interface CallParts {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** Null sends none. */
  token?: string | null;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: JsonObject;
  /** The envelope's inside. */
  response: JsonObject & { error?: { message: string; code?: string } };
}

export interface ServerOptions {
  role?: 'store' | 'main';
  definitions?: Partial<Definitions>;
  modules?: readonly ServerModule[];
  overrides?: Partial<MobileParts>;
  /** Takes the place of the storage's own methods. */
  storage?: (real: Storage) => Partial<Storage>;
}

export const JSONREST = '/org.openbravo.mobile.core.service.jsonrest';
export const POS = 'org.openbravo.retail.posterminal';

export async function startMobileServer(options: ServerOptions = {}): Promise<TestServer> {
  const { role = 'store', modules = standardModules } = options;
  const directory = temporaryDirectory();
  let nowMs = START_MS;
  const silent = (): void => undefined;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const real = await openSqliteStorage({
    directory: directory.path,
    models: modelsOf(modules),
    clock,
    log,
  });
  const audited: AuditLine[] = [];
  const storage: Storage = new Proxy(real, {
    get(target, name: keyof Storage) {
      const own = options.storage?.(real)[name];
      if (own !== undefined) return own;
      if (name !== 'audit') return target[name].bind(target);
      return (line: AuditLine) => {
        audited.push(line);
        return target.audit(line);
      };
    },
  });
  const self = { key: role === 'main' ? 'Main' : 'Corner', role, version: '1.2.3' };
  const signingKey = await loadSigningKey(real, self.key);
  const passwords = createPasswords();
  const definitions = changeableDefinitions(
    definitionsOf({
      organizations: [
        { id: '0', name: 'Company', parent: null, active: true },
        { id: 'CORNER', name: 'Corner', parent: '0', active: true },
        { id: 'OTHER', name: 'Other', parent: '0', active: true },
      ],
      servers: [serverRow('Main'), serverRow('Corner', { type: 'STORE' })],
      serverKeys: [signingKey.published],
      users: [
        userOf({
          id: CASHIER,
          userName: 'Ana',
          organization: 'CORNER',
          passwordHash: await passwords.hash('correct horse'),
          pinHash: await passwords.hash('1234'),
        }),
      ],
      terminals: [TILL],
      ...options.definitions,
    }),
  );
  const tokens = createTokens({ signingKey, serverKey: self.key, definitions, clock });
  let wakes = 0;
  const seenUrls: string[] = [];
  const heard: TestServer['heard'] = [];
  const app = express();
  app.use(
    '/openbravo',
    createMobileRouter({
      system: {
        clock,
        log: { ...log, warn: see, error: see },
        timers: { after: () => silent, pause: () => Promise.resolve() },
        chance: { next: () => 0.5 },
        ids: { next: () => '0' },
      },
      storage,
      definitions,
      tokens,
      passwords,
      modules,
      bootstrapRoutes: sessionRoutes,
      self,
      own: () => ({ state: 'online', sinceMs: START_MS, reason: 'for a test' }),
      peers: { saw: (report) => void heard.push(report), stateOf: () => undefined },
      hold: () => Promise.resolve(true),
      tookUp: () => undefined,
      join: null,
      relay: null,
      wake: () => void (wakes += 1),
      ...options.overrides,
    }),
  );
  function see(fields: object): void {
    seenUrls.push(JSON.stringify(fields));
  }
  const server = createServer({ maxHeaderSize: LIMITS.headerBytes }, app);
  const url = await listening(server);

  const session: TestServer['session'] = async (parts = {}) => {
    const { userId = CASHIER, terminal = TILL.id, epoch = 0 } = parts;
    const issued = { userId, role: 'cashier', organization: 'CORNER', terminal, epoch } as const;
    return (await tokens.issueForUser(issued)).token;
  };
  const call: TestServer['call'] = async (path, parts = {}) => {
    const token = parts.token === undefined ? await session() : parts.token;
    const answer = await fetch(`${url}${path}`, {
      method: parts.method ?? (parts.body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(typeof parts.body === 'string' && { 'content-type': 'application/json' }),
        ...parts.headers,
      },
      body: parts.body ?? null,
    });
    const text = await answer.text();
    const json = jsonOf(text);
    const response = (json['response'] ?? {}) as Reply['response'];
    return { status: answer.status, headers: answer.headers, text, json, response };
  };
  return {
    url,
    storage,
    tokens,
    definitions,
    signingKey,
    audited,
    heard,
    seenUrls,
    woken: () => wakes,
    setClock: (toMs) => void (nowMs = toMs),
    session,
    call,
    post: (service, body, parts) =>
      call(`${JSONREST}/${service}`, {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...parts,
      }),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await real.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** A sale as a till posts it. */
export function saleMessage(
  id: string,
  parts: { message?: JsonObject; ticket?: JsonObject } = {},
): JsonObject {
  const ticket: JsonObject = {
    id: `T-${id}`,
    documentNo: `C1/${id}`,
    orderType: 0,
    organization: 'CORNER',
    posTerminal: TILL.id,
    orderDate: '2026-11-24T09:00:00.000Z',
    gross: 12.1,
    net: 10,
    bp: { id: 'ANYBODY', locId: 'ANYWHERE' },
    obposAppCashup: 'CASHUP',
    lines: [],
    payments: [],
    ...parts.ticket,
  };
  return { messageId: id, data: [ticket], pos: TILL.id, appName: 'WebPOS', ...parts.message };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/openbravo`;
}

function jsonOf(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}
