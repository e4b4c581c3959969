/** Runs in the browser under test: what a Web POS does with its stores, at the hand of a test. */
import { openDB } from 'idb';
import type { JsonObject } from '../../../../server/contract/json.ts';
import { databaseName } from '../../../../terminal/browser/database.ts';
import type { Lead } from '../../../../terminal/browser/leadership.ts';
import type { BrowserStores } from '../../../../terminal/browser/open-stores.ts';
import { openStores } from '../../../../terminal/browser/open-stores.ts';
import { browserPlatform } from '../../../../terminal/browser/platform.ts';
import { MessageQueue } from '../../../../terminal/queue.ts';

declare global {
  interface Window {
    till: TillPage;
    /** Given by the test where it wants to hear of each sale that is done. */
    told?: (messageId: string) => Promise<void>;
  }
}

const NAME = 'VBS-1';
const platform = browserPlatform(() => undefined);

class TillPage {
  readonly events: string[] = [];
  stores!: BrowserStores;
  queue!: MessageQueue;
  #lead: Lead | undefined;
  #sold = 0;

  /** The code of the fault, or null. */
  async open(): Promise<string | null> {
    const opened = await openStores(NAME, {
      platform,
      onClosed: (why) => this.events.push(`closed: ${why}`),
    });
    if ('fault' in opened) return opened.fault;
    this.stores = opened;
    return null;
  }

  async lead(): Promise<void> {
    this.#lead = await this.stores.lead({
      onWaiting: () => this.events.push('waiting'),
      onAsked: () => Promise.resolve(void this.events.push('asked')),
      onLost: () => this.events.push('lost'),
    });
    this.queue = await MessageQueue.open(this.stores.queueLog, platform);
    this.events.push('leads');
  }

  release(): Promise<void> | undefined {
    return this.#lead?.release();
  }

  /** Sells once; the body has so many letters more. */
  async sell(letters = 2_000): Promise<string> {
    this.#sold += 1;
    const messageId = platform.ids.next();
    const entry = {
      ...({ kind: 'sale', id: messageId, documentNo: `VBS/${this.#sold}` } as const),
      ...{ grossMinor: 1, atMs: platform.clock.nowMs() },
    };
    const data = [{ id: messageId, note: 'x'.repeat(letters) }];
    await this.queue.add({ messageId, service: 'OrderLoader', head: {}, data, entry });
    return messageId;
  }

  /** Sells until the browser dies. */
  async sellOn(): Promise<void> {
    for (;;) await window.told?.(await this.sell());
  }

  /** What the store says to a write: the code of its fault, or null. */
  async tryWrite(letters: number): Promise<string | null> {
    const record = { kind: 'dropped', messageId: 'x'.repeat(letters) } as const;
    return this.stores.queueLog.append([record]).then(
      () => null,
      (reason: unknown) => (reason as { code: string }).code,
    );
  }

  async digest(text: string): Promise<string> {
    return platform.digest(new TextEncoder().encode(text));
  }

  /** A newer page brings the store to its version. */
  async upgrade(): Promise<void> {
    (await openDB(databaseName(NAME), 2)).close();
  }

  /** What somebody finds who reads the store: the rows, and whether the key can be taken along. */
  async spy(): Promise<{ rows: number; exported: string }> {
    const database = await openDB(databaseName(NAME));
    const rows = await database.count('cashiers');
    const key = (await database.get('keys', 'verifier')) as CryptoKey;
    database.close();
    const exported = await crypto.subtle.exportKey('raw', key).then(
      () => 'it was given',
      (reason: unknown) => (reason as DOMException).name,
    );
    return { rows, exported };
  }

  /** Puts another browser's key in the place of this one's. */
  async changeKey(): Promise<void> {
    const database = await openDB(databaseName(NAME));
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    await database.put('keys', key, 'verifier');
    database.close();
  }

  /** Keeps the catalogue of a large shop, lays an increment over it and reads it back; its size as JSON. */
  async keepLargeShop(): Promise<{ bytes: number }> {
    const { masterData } = this.stores.keeping;
    const rows = largeShop();
    const lastUpdatedMs: Record<string, number> = {};
    await masterData.replace({ rows, lastUpdatedMs, loadedAtMs: 1 });
    const changed = (rows.get('Product') ?? [])
      .slice(100, 120)
      .map((row) => ({ ...row, name: 'new' }));
    await masterData.merge({
      ...{ rows: new Map([['Product', changed]]), lastUpdatedMs, loadedAtMs: 2 },
    });
    const products = (await masterData.read())?.rows.get('Product') ?? [];
    const renewed = products.filter((row) => row['name'] === 'new');
    if (products.length !== 50_000 || renewed.length !== 20) throw new Error('rows are missing');
    const bytes = [...rows.values()].reduce((sum, each) => sum + JSON.stringify(each).length, 0);
    return { bytes };
  }

  /** Milliseconds of a check of a right secret. */
  async measureCheck(): Promise<number> {
    const { cashiers } = this.stores.keeping;
    await cashiers.learn({ userId: 'U1', userName: 'ann', name: 'Ann' }, '1234');
    return msOf(async () => {
      if (!(await cashiers.check('ann', '1234')).ok) throw new Error('the secret is not known');
    });
  }
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function largeShop(): Map<string, JsonObject[]> {
  const id = (kind: string, number: number) =>
    `${kind}${String(number).padStart(32 - kind.length, '0')}`;
  const products = Array.from({ length: 50_000 }, (_, number) => ({
    ...{ id: id('A', number), _identifier: `Product number ${number}`, searchkey: `P${number}` },
    ...{ name: `Product number ${number}`, uPCEAN: String(8_400_000_000_000 + number) },
    ...{ uOM: id('B', 1), uOMsymbol: 'Ea', productCategory: id('C', number % 90) },
    ...{ taxCategory: id('D', number % 3), listPrice: number / 100, standardPrice: number / 100 },
    ...{ stocked: true, returnable: true, groupProduct: true, bestseller: false, active: true },
    ...{ brand: id('E', number % 50), img: null, generic_product_id: null, isGeneric: false },
  }));
  const customers = Array.from({ length: 20_000 }, (_, number) => ({
    ...{ id: id('F', number), _identifier: `Customer ${number}`, searchKey: `C${number}` },
    ...{
      name: `Customer ${number}`,
      email: `c${number}@shop.test`,
      phone: String(600_000_000 + number),
    },
    ...{ taxId: `X${number}`, priceList: id('G', 1), businessPartnerCategory: id('H', 1) },
  }));
  return new Map<string, JsonObject[]>([
    ['Product', products],
    ['BusinessPartner', customers],
  ]);
}

window.till = new TillPage();
