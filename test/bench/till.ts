import type { Page } from 'playwright';
import { chromium } from 'playwright';
import { findCommand } from '../../scripts/parts.ts';
import { databaseName } from '../../terminal/browser/database.ts';
import { openPosShop } from '../support/pos-shop/shop.ts';

/** A large shop's. */
const PRODUCTS = 50_000;
/** What a cashier types while looking for something; each letter is measured. */
const WORDS = ['sourdough', 'almond croissant', 'milk', 'number 4217', 'wholemeal', 'olive oil'];
const KEY_PAUSE_MS = 40;
const DEADLINE_MS = 120_000;

/** Milliseconds, medians over the rounds but for the percentiles, which are over all keystrokes. */
export interface TillFigures {
  products: number;
  /** The first start of all: everything is loaded from the store server and kept. */
  coldStartMs: number;
  /** From asking for the page to the tiles of the cashiers, with everything kept from before. */
  doorMs: number;
  /** From Enter at the PIN to a search box that takes the first product. */
  logInMs: number;
  /** Both together: what a till needs before it can sell, without the person's own time. */
  firstSaleMs: number;
  keystrokes: number;
  searchP50Ms: number;
  searchP99Ms: number;
}

/** A Web POS in real Chromium at a real store server with a large catalogue. */
export async function measureTill(rounds: number): Promise<TillFigures> {
  await using shop = await openPosShop({ products: PRODUCTS });
  const till = shop.nextTill();
  const address = `${shop.store.url}/pos/?terminalName=${till}`;
  const executablePath = findCommand(['chromium', 'chromium-browser', 'google-chrome']);
  const openBrowser = () =>
    chromium.launchPersistentContext(`${shop.folder}/profile`, {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-gpu'],
    });
  const starts: { doorMs: number; logInMs: number }[] = [];
  const keys: number[] = [];
  // The first start loads everything; it is told apart from the rounds.
  for (let round = 0; round <= rounds; round += 1) {
    const browser = await openBrowser();
    const page = await browser.newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    starts.push(await startTill(page, address));
    if (round > 0) keys.push(...(await typeWords(page)));
    // What was loaded is on the disk before the browser is closed.
    await untilKept(page, databaseName(till));
    await browser.close();
  }
  const [cold, ...warm] = starts.map(({ doorMs, logInMs }) => doorMs + logInMs);
  return {
    products: PRODUCTS,
    coldStartMs: Math.round(cold ?? 0),
    doorMs: rank(
      starts.slice(1).map((each) => each.doorMs),
      0.5,
    ),
    logInMs: rank(
      starts.slice(1).map((each) => each.logInMs),
      0.5,
    ),
    firstSaleMs: rank(warm, 0.5),
    keystrokes: keys.length,
    searchP50Ms: rank(keys, 0.5),
    searchP99Ms: rank(keys, 0.99),
  };
}

async function startTill(
  page: Page,
  address: string,
): Promise<{ doorMs: number; logInMs: number }> {
  const askedMs = performance.now();
  await page.goto(address);
  const tile = page.getByRole('button', { name: 'Ana García' });
  await tile.waitFor();
  const doorMs = performance.now() - askedMs;
  await tile.click();
  await page.getByRole('textbox', { name: 'PIN of Ana García' }).fill('1111');
  const enteredMs = performance.now();
  await page.keyboard.press('Enter');
  await page.getByLabel('Search a product or scan its code').waitFor();
  return { doorMs, logInMs: performance.now() - enteredMs };
}

/** Waits until the till can start without a server: its page and its master data are kept. */
async function untilKept(page: Page, database: string): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(
    (name) =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const { result } = opening;
          const reading = result.transaction('answers').objectStore('answers').get('catalogue');
          reading.onsuccess = () => {
            result.close();
            resolve(reading.result !== undefined);
          };
        };
      }),
    database,
  );
}

/** Types each word and clears it; gives the time from each keystroke to the frame that shows what it found. */
async function typeWords(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { keystrokeMs: times });
    document.addEventListener(
      'input',
      (event) => {
        requestAnimationFrame(() => {
          // After the frame is drawn, not before it.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => void times.push(performance.now() - event.timeStamp);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  for (const word of WORDS) {
    await page.keyboard.type(word, { delay: KEY_PAUSE_MS });
    await page.keyboard.press('Escape', { delay: KEY_PAUSE_MS });
  }
  return page.evaluate(() => (globalThis as unknown as { keystrokeMs: number[] }).keystrokeMs);
}

/** The value below which this share of them lies, to a tenth. */
function rank(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 10) / 10;
}
