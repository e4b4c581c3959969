import { afterEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../../../server/contract/definitions.ts';
import { estateSchema } from '../../../server/contract/estate.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { serveSettingsSchema } from '../../../server/contract/settings.ts';
import { importEstate, startServer } from '../../../server/start.ts';
import type { RunningServer } from '../../../server/start.ts';
import { createLog } from '../../../server/system/log.ts';
import { realSystem } from '../../../server/system/real.ts';
import { mainServer } from '../../unit/sync/fake-main.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const JSONREST = 'openbravo/org.openbravo.mobile.core.service.jsonrest';
const PRODUCTS = 2500;

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of disposables.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

function folder(): string {
  const directory = temporaryDirectory();
  disposables.push(directory);
  return directory.path;
}

async function start(settings: object): Promise<RunningServer> {
  const system = realSystem(createLog('silent'));
  const server = await startServer(serveSettingsSchema.parse({ port: 0, ...settings }), { system });
  disposables.push({ [Symbol.asyncDispose]: () => server.stop() });
  return server;
}

const till = (id: string, priceList: string): Terminal => ({
  id,
  searchKey: `${id}-key`,
  name: id,
  client: 'C',
  organization: 'Shop',
  priceList,
  docNoPrefix: id,
  returnDocNoPrefix: null,
  quotationDocNoPrefix: null,
  currency: { id: '102', isoCode: 'EUR', precision: 2 },
  config: {},
  active: true,
});

/** An estate with two price lists of many products. */
function estate(): ReturnType<typeof estateSchema.parse> {
  const products = (priceList: string, count: number): object => ({
    priceList,
    rows: Array.from({ length: count }, (_, at) => ({
      id: `P${at}`,
      _identifier: `${priceList} ${at}`,
    })),
  });
  return estateSchema.parse({
    organizations: [{ id: 'Shop', name: 'Shop', parent: null }],
    servers: [mainServer, { ...mainServer, id: 'S', key: 'Store', name: 'Shop', type: 'STORE' }],
    users: [
      {
        id: 'U',
        userName: 'anna',
        name: 'Anna',
        role: 'cashier',
        organization: 'Shop',
        password: 'a long word',
      },
    ],
    terminals: [till('T1', 'L1'), till('T2', 'L2')],
    models: { Product: [products('L1', PRODUCTS), products('L2', 10)] },
  });
}

async function logIn(url: string, terminalName: string): Promise<string | undefined> {
  const form = {
    user: 'anna',
    password: 'a long word',
    terminalName,
    Command: 'DEFAULT',
    appName: 'WebPOS',
  };
  const answer = await fetch(`${url}/openbravo/org.openbravo.retail.posterminal/POSLoginHandler`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const body = (await answer.json()) as { authenticationToken?: string };
  return body.authenticationToken;
}

async function ask(url: string, token: string, path: string, body?: object): Promise<JsonObject> {
  const answer = await fetch(`${url}/${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return ((await answer.json()) as { response: JsonObject }).response;
}

async function productsAt(url: string, token: string, terminal: string): Promise<number> {
  const query = encodeURI(JSON.stringify({ terminalName: terminal, pos: terminal.slice(0, 2) }));
  const { data } = await ask(
    url,
    token,
    `${JSONREST}/org.openbravo.retail.posterminal.master.Product/${query}`,
  );
  return Array.isArray(data) ? data.length : -1;
}

describe('a store server and a main server', () => {
  it('the store gets everything that the main has, and the main every message', async () => {
    const mainFolder = folder();
    const target = { dataDirectory: mainFolder, serverKey: 'Main', joinFor: ['Store'] };
    const { joinCodes } = await importEstate(target, estate());
    const main = await start({ role: 'main', dataDirectory: mainFolder });
    const store = await start({
      role: 'store',
      dataDirectory: folder(),
      serverKey: 'Store',
      mainUrl: main.url,
      joinCode: joinCodes['Store'],
    });

    let token: string | undefined;
    await expect
      .poll(async () => (token = await logIn(store.url, 'T1-key')), { timeout: 20_000 })
      .toBeDefined();
    await expect
      .poll(() => productsAt(store.url, token!, 'T1-key'), { timeout: 20_000 })
      .toBe(PRODUCTS);
    const other = await logIn(store.url, 'T2-key');
    await expect.poll(() => productsAt(store.url, other!, 'T2-key'), { timeout: 20_000 }).toBe(10);

    const ids = Array.from({ length: 60 }, (_, at) => `M${at}`);
    for (const messageId of ids) {
      const record = { id: `R-${messageId}`, documentNo: messageId, orderType: 0 };
      const message = { messageId, data: [record], pos: 'T1', terminalName: 'T1-key' };
      const service = 'org.openbravo.retail.posterminal.OrderLoader';
      expect(await ask(store.url, token!, `${JSONREST}/${service}`, message)).toMatchObject({
        status: 0,
      });
    }
    const confirmed = async (): Promise<unknown> =>
      (await ask(store.url, token!, 'openbravo/backroom/heartbeat', { id: 'T1', ask: ids }))[
        'confirmed'
      ];
    await expect.poll(confirmed, { timeout: 20_000 }).toHaveLength(ids.length);
    const atMain = await ask(main.url, token!, 'openbravo/backroom/heartbeat', {
      id: 'T1',
      ask: ids,
    });
    expect(atMain['unknown']).toEqual([]);
  });
});
