import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { MainBooks, MainRecord } from '../../../server/cli/compare/compare.ts';
import { readMainBooks } from '../../../server/cli/compare/main-books.ts';
import { freePorts } from '../../../server/cli/demo/free-ports.ts';
import { buildDemoShop } from '../../../server/cli/demo/shop.ts';
import { idOf } from '../../../server/cli/demo/shop-ids.ts';
import { DATABASE_FILE } from '../../../server/cli/demo/serve-process.ts';
import type { Estate } from '../../../server/contract/estate.ts';
import { CONTEXT_PATH } from '../../../server/contract/limits.ts';
import { importEstate } from '../../../server/start.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import type { Office } from './office.ts';
import { openOffice } from './office.ts';
import type { ShopServer } from './server.ts';
import { shopServer } from './server.ts';

const MAIN_KEY = 'HeadOffice';
export const STORE_KEY = 'Store-1';
const TILLS = 16;
const REPLICATED = { timeout: 40_000, intervals: [100] };

/** The demo shop with one main and one store server, both real processes, and the tills in browsers. */
export interface PosShop extends AsyncDisposable {
  /** For what a test keeps besides. */
  folder: string;
  main: ShopServer;
  store: ShopServer;
  office: Office;
  /** Id of a server's definition. */
  serverId(key: string): string;
  /** A till that no test has used yet. */
  nextTill(): string;
  /** Both servers run, and the store server has what it needs. */
  allUp(): Promise<void>;
  /** Deletes the store server's data folder, as a new computer has none, and starts it to join again. */
  replaceStore(): Promise<void>;
  /** Sales and returns of a till as the main has them in its database, in its order. */
  ticketsAtMain(till: string): MainRecord[];
  /** How many messages of a till the store server has in its database. */
  messagesAtStore(till: string): number;
}

/** Starts the shop; resolves when a till can log in at its store server. It has at least so many products. */
export async function openPosShop({ products = 0 } = {}): Promise<PosShop> {
  const folder = temporaryDirectory();
  const [mainPort, storePort] = (await freePorts(2)) as [number, number];
  const directory = (name: string): string => join(folder.path, name);
  const url = (port: number): string => `http://localhost:${port}${CONTEXT_PATH}`;
  const estate = withProducts(
    buildDemoShop({
      ...{ mainUrl: url(mainPort), mainKey: MAIN_KEY },
      ...{ storeUrl: url(storePort), storeKey: STORE_KEY, tills: TILLS },
    }),
    products,
  );
  const { joinCodes } = await importEstate(
    { dataDirectory: directory('main'), serverKey: MAIN_KEY, joinFor: [STORE_KEY] },
    estate,
  );
  const main = shopServer(mainPort, ['--role', 'main', '--data', directory('main')]);
  const storeOptions = [
    ...['--role', 'store', '--data', directory('store')],
    ...['--main', `http://127.0.0.1:${mainPort}`],
  ];
  const store = shopServer(storePort, storeOptions);
  const letJoin = async (code: string): Promise<void> => {
    await store.start([...storeOptions, '--server-key', STORE_KEY, '--join-code', code]);
    await store.stop();
    await store.start(storeOptions);
  };
  const close = async (): Promise<void> => {
    await Promise.all([main.kill(), store.kill()]);
    await folder[Symbol.asyncDispose]();
  };
  const openDay = async (): Promise<Office> => {
    await main.start();
    await letJoin(joinCodes[STORE_KEY]!);
    return openOffice(main.url);
  };
  const office = await openDay().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const unused = tillsOf(estate);
  const allUp = async (): Promise<void> => {
    await main.start();
    await store.start();
    await expect.poll(() => office.hasEverything(store.url), REPLICATED).toBe(true);
  };
  const booksOf = (server: 'main' | 'store', till: string): MainBooks => {
    const { id } = estate.terminals.find(({ searchKey }) => searchKey === till)!;
    return readMainBooks(join(directory(server), DATABASE_FILE), new Set([id, till]));
  };
  await allUp();
  return {
    ...{ folder: folder.path, main, store, office, allUp },
    serverId: (key) => estate.servers.find((row) => row.key === key)!.id,
    nextTill: () => unused.next().value!,
    async replaceStore() {
      await store.kill();
      await rm(directory('store'), { recursive: true });
      await letJoin(await office.joinCode(STORE_KEY));
    },
    ticketsAtMain: (till) =>
      booksOf('main', till).records.filter(({ kind }) => kind === 'sale' || kind === 'return'),
    messagesAtStore: (till) => booksOf('store', till).messages.size,
    [Symbol.asyncDispose]: close,
  };
}

/** Repeats the products of each price list under other names until there are so many. */
function withProducts(estate: Estate, count: number): Estate {
  const lists = (estate.models['Product'] ?? []).map(({ rows, ...list }) => ({
    ...list,
    rows: [
      ...rows,
      ...Array.from({ length: Math.max(0, count - rows.length) }, (_, index) => {
        const number = String(index + 1);
        const like = rows[index % rows.length];
        return {
          ...like,
          id: idOf('Product', number),
          _identifier: `${like?.['_identifier'] as string} number ${number}`,
          searchkey: `N${number}`,
          uPCEAN: null,
        };
      }),
    ],
  }));
  return { ...estate, models: { ...estate.models, Product: lists } };
}

/** Tills of the first store, each once. */
function* tillsOf({ terminals }: Estate): Generator<string, undefined> {
  for (const { searchKey } of terminals) if (searchKey.startsWith('C-')) yield searchKey;
}
