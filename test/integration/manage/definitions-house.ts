import { join } from 'node:path';
import { expect } from 'vitest';
import type { z } from 'zod';
import type {
  ChangesAnswer,
  ChangesRequest,
  RefusedChanges,
} from '../../../server/contract/definitions-api.ts';
import {
  changesAnswerSchema,
  refusedChangesSchema,
} from '../../../server/contract/definitions-api.ts';
import type { Estate } from '../../../server/contract/estate.ts';
import { estateSchema } from '../../../server/contract/estate.ts';
import { serveSettingsSchema } from '../../../server/contract/settings.ts';
import { importEstate, startServer } from '../../../server/start.ts';
import type { RunningServer } from '../../../server/start.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const PASSWORD = 'a good long password';
export const URLS = {
  main: 'http://10.0.0.1:8427/openbravo',
  store: 'http://10.0.0.2:8427/openbravo',
};

/** A chain of two shops below one root: a main for all, a store server for one of the shops. */
function estate(): Estate {
  const till = (id: string, organization: string) => ({
    ...{ id, searchKey: `VBS-${id}`, name: `Checkout ${id}`, client: 'C', organization },
    ...{ priceList: 'P', docNoPrefix: `VBS-${id}` },
    currency: { id: '102', isoCode: 'EUR', precision: 2 },
  });
  const person = (id: string, role: string) => ({
    ...{ id, userName: role, name: `The ${role}`, role, organization: 'Root', password: PASSWORD },
  });
  return estateSchema.parse({
    organizations: [
      { id: 'Root', name: 'Chain', parent: null },
      { id: 'North', name: 'North', parent: 'Root' },
      { id: 'Bilbao', name: 'Bilbao', parent: 'North' },
      { id: 'Vigo', name: 'Vigo', parent: 'Root' },
    ],
    servers: [
      { id: 'M', key: 'Main', name: 'Central', type: 'MAIN', url: URLS.main, priority: 10 },
      {
        ...{ id: 'S', key: 'Store-Bilbao', name: 'Bilbao back room', type: 'STORE' },
        ...{ url: URLS.store, priority: 5, allOrganizations: false, organizations: ['North'] },
      },
    ],
    users: [person('A', 'administrator'), person('M', 'manager'), person('K', 'cashier')],
    terminals: [till('1', 'Bilbao'), till('2', 'Vigo')],
    preferences: [{ id: 'E', key: 'OBMOBC_MultiServerArchitecture', value: 'Y' }],
    models: {},
  });
}

type Role = 'administrator' | 'manager' | 'cashier';

/** A running server with its managers' API, and people who are logged in. */
export interface Office extends AsyncDisposable {
  server: RunningServer;
  directory: string;
  call(path: string, options?: { as?: Role; body?: unknown; method?: string }): Promise<Response>;
  get<T>(schema: z.ZodType<T>, path: string): Promise<T>;
  change(request: ChangesRequest): Promise<ChangesAnswer>;
  refused(request: ChangesRequest): Promise<RefusedChanges>;
}

/** Opens a main server on a folder of its own with the estate. */
export async function openMain(
  changed: (estate: Estate) => Estate = (same) => same,
): Promise<Office & { joinCode: string }> {
  const folder = temporaryDirectory();
  const directory = join(folder.path, 'main');
  const { joinCodes } = await importEstate(
    { dataDirectory: directory, serverKey: 'Main', joinFor: ['Store-Bilbao'] },
    changed(estate()),
  );
  const office = await openOffice({ role: 'main', dataDirectory: directory });
  return {
    ...office,
    joinCode: joinCodes['Store-Bilbao'] ?? '',
    async [Symbol.asyncDispose]() {
      await office[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Starts a server with these settings. */
export async function openOffice(
  settings: Partial<z.input<typeof serveSettingsSchema>> & {
    role: 'main' | 'store';
    dataDirectory: string;
  },
): Promise<Office> {
  const server = await startServer(
    serveSettingsSchema.parse({ port: 0, logLevel: 'silent', ...settings }),
  );
  const sessions = new Map<Role, string>();
  const send = (
    path: string,
    cookie: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ) =>
    fetch(`${server.url}/manage/api${path}`, {
      method,
      headers: {
        Cookie: cookie,
        ...(method !== 'GET' && { 'X-Backroom': '1', Origin: server.url }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const cookieOf = async (role: Role): Promise<string> => {
    const known = sessions.get(role);
    if (known !== undefined) return known;
    const answer = await send('/session', '', { userName: role, password: PASSWORD });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    if (answer.ok) sessions.set(role, cookie);
    return cookie;
  };
  const call: Office['call'] = async (path, { as = 'administrator', body, method } = {}) =>
    send(`/definitions${path}`, await cookieOf(as), body, method);
  const post = async (request: ChangesRequest, status: number): Promise<unknown> => {
    const response = await call('/changes', { body: request });
    const answer: unknown = await response.json();
    expect(response.status, JSON.stringify(answer)).toBe(status);
    return answer;
  };
  return {
    server,
    directory: settings.dataDirectory,
    call,
    async get(schema, path) {
      const response = await call(path, { as: 'manager' });
      expect(response.status).toBe(200);
      return schema.parse(await response.json());
    },
    change: async (request) => changesAnswerSchema.parse(await post(request, 200)),
    refused: async (request) => refusedChangesSchema.parse(await post(request, 422)),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Heartbeats of a till that logs in like a real one. */
export async function openTill(url: string, terminal: { id: string; name: string }) {
  const form = { user: 'cashier', password: PASSWORD, terminalName: terminal.name };
  const login = await fetch(`${url}/openbravo/org.openbravo.retail.posterminal/POSLoginHandler`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, Command: 'DEFAULT', appName: 'WebPOS' }),
  });
  const { authenticationToken } = (await login.json()) as { authenticationToken: string };
  return {
    /** What it tells, and what it is answered. */
    async beat(more: object = {}): Promise<{ definitionsEdition: string }> {
      const answer = await fetch(`${url}/openbravo/backroom/heartbeat`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${authenticationToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ id: terminal.id, ask: [], ...more }),
      });
      const { response } = (await answer.json()) as { response: { definitionsEdition: string } };
      return response;
    },
  };
}
