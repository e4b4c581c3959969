import { join } from 'node:path';
import { estateSchema } from '../../server/contract/estate.ts';
import { importEstate } from '../../server/start.ts';
import { startServerProcess } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';

const SERVICES = 'openbravo/org.openbravo.mobile.core.service.jsonrest';
const ORDERS = 'org.openbravo.retail.posterminal.OrderLoader';
const CASHIER = { user: 'carlos', password: 'another long password' };
export const HOUSE_MANAGER = { userName: 'elena', password: 'a good long password' };

/** A main server and a store server as real processes, joined, with one till that can sell. */
export interface House {
  main: ServerProcess;
  store: ServerProcess;
  /** Starts one of them again where it was. */
  restart(which: 'main' | 'store'): Promise<void>;
  /** A till logs in at the store server; its sales can follow. */
  openTill(): Promise<void>;
  sell(grossMinor: number): Promise<void>;
  close(): Promise<void>;
}

/** Builds a house below the folder, which the caller removes. */
export async function buildHouse(folder: string): Promise<House> {
  const mainFolder = join(folder, 'main');
  const { joinCodes } = await importEstate(
    { dataDirectory: mainFolder, serverKey: 'Main', joinFor: ['Store-Corner'] },
    estate(),
  );
  const mainArgs = ['--role', 'main', '--data', mainFolder];
  const main = await startServerProcess(mainArgs);
  const storeArgs = ['--role', 'store', '--data', join(folder, 'store'), '--main', main.url];
  const first = ['--server-key', 'Store-Corner', '--join-code', joinCodes['Store-Corner'] ?? ''];
  const house = { main, store: await startServerProcess([...storeArgs, ...first]) };
  const args = { main: mainArgs, store: storeArgs };
  let token = '';
  let sold = 0;
  return Object.assign(house, {
    async restart(which: 'main' | 'store') {
      const { port } = new URL(house[which].url);
      house[which] = await startServerProcess([...args[which], '--port', port]);
    },
    async openTill() {
      token = await logInAtTill(house.store.url);
    },
    async sell(grossMinor: number) {
      sold += 1;
      await sellOne(house.store.url, token, sold, grossMinor);
    },
    async close() {
      await house.store.end('SIGKILL');
      await house.main.end('SIGKILL');
    },
  });
}

async function logInAtTill(url: string): Promise<string> {
  const form = { ...CASHIER, terminalName: 'VBS-1', Command: 'DEFAULT', appName: 'WebPOS' };
  const path = 'openbravo/org.openbravo.retail.posterminal/POSLoginHandler';
  const answer = await fetch(`${url}/${path}`, { method: 'POST', body: new URLSearchParams(form) });
  const { authenticationToken } = (await answer.json()) as { authenticationToken?: string };
  if (authenticationToken === undefined) throw new Error('the till could not log in');
  return authenticationToken;
}

async function sellOne(url: string, token: string, no: number, grossMinor: number): Promise<void> {
  const id = String(no).padStart(32, '0');
  const record = {
    id,
    documentNo: `VBS-1/${String(no).padStart(7, '0')}`,
    orderType: 0,
    gross: grossMinor / 100,
    net: grossMinor / 100,
    orderDate: new Date().toISOString(),
  };
  const answer = await fetch(`${url}/${SERVICES}/${ORDERS}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messageId: id, data: [record], pos: 'T1', terminalName: 'VBS-1' }),
  });
  if (!answer.ok) throw new Error(`the sale was answered ${answer.status}`);
}

function estate() {
  const server = { name: 'Head office Madrid', url: 'http://127.0.0.1:1/openbravo', priority: 1 };
  return estateSchema.parse({
    organizations: [{ id: 'Shop', name: 'Corner shop', parent: null }],
    servers: [
      { ...server, id: 'M', key: 'Main', type: 'MAIN' },
      { ...server, id: 'S', key: 'Store-Corner', name: 'Corner shop', type: 'STORE' },
    ],
    users: [
      person('U1', 'elena', 'Elena Ruiz', 'manager', HOUSE_MANAGER.password),
      person('U2', CASHIER.user, 'Carlos Gil', 'cashier', CASHIER.password),
    ],
    terminals: [
      {
        id: 'T1',
        searchKey: 'VBS-1',
        name: 'Checkout 1',
        client: 'C',
        organization: 'Shop',
        priceList: 'P',
        docNoPrefix: 'VBS-1',
        currency: { id: '102', isoCode: 'EUR', precision: 2 },
      },
    ],
    models: {},
  });
}

function person(id: string, userName: string, name: string, role: string, password: string) {
  return { id, userName, name, role, organization: 'Shop', password };
}
