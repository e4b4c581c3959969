import type { Browser, Page } from 'playwright';
import { serveFakePage } from '../test/support/pos/fake-page.ts';
import { PIN } from '../test/support/pos/fake-door.ts';

const SCREEN = { width: 1280, height: 800 };
const TIME_ZONE = 'Europe/Madrid';

interface Look {
  theme: 'light' | 'dark';
  language: 'en' | 'es';
}

const LOOKS: readonly Look[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'es' },
  { theme: 'dark', language: 'es' },
];

interface Camera {
  page: Page;
  take: (screen: string) => Promise<void>;
}

/** Pictures of each screen of the Web POS in both themes and languages, on a till in memory. */
export async function takePos(browser: Browser, directory: string, nowMs: number): Promise<void> {
  await using server = await serveFakePage();
  for (const look of LOOKS) {
    const context = await browser.newContext({
      ...{ viewport: SCREEN, timezoneId: TIME_ZONE, reducedMotion: 'reduce' },
      colorScheme: look.theme,
      locale: look.language === 'es' ? 'es-ES' : 'en-GB',
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(nowMs);
    const take = async (screen: string): Promise<void> => {
      await page.mouse.move(0, 0);
      const path = `${directory}/pos-${screen}-${look.theme}-${look.language}.png`;
      await page.screenshot({ path, animations: 'disabled' });
      console.log(path);
    };
    const camera = { page, take };
    await takeStart(camera, server.url);
    await takeSale(camera);
    await takeRest(camera);
    await context.close();
  }
}

async function takeStart({ page, take }: Camera, url: string): Promise<void> {
  for (const state of ['nameless', 'elsewhere']) {
    await page.goto(`${url}?state=${state}`);
    await page.getByRole('main').waitFor();
    await take(state === 'nameless' ? 'till-name' : state);
  }
  await page.goto(url);
  await page.locator('main section li').nth(3).waitFor();
  await take('door');
  await page.locator('main section li button').first().click();
  await page.locator('input[type=password]').pressSequentially('11');
  await take('pin');
  await page.locator('input[type=password]').fill(PIN);
  await page.keyboard.press('Enter');
  await page.locator('#product-search').waitFor();
}

async function takeSale({ page, take }: Camera): Promise<void> {
  await take('sell-empty');
  for (const text of ['2*sourdough', 'baguette', '3*croissant', 'olive oil', 'milk', 'espresso']) {
    await page.locator('#product-search').fill(text);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('F8');
  await page.locator('[role=dialog] input[inputmode=none]').fill('5');
  await take('discount');
  await page.keyboard.press('Enter');
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  await take('sell');
  await page.locator('#product-search').fill('choc');
  await page.keyboard.press('ArrowDown');
  await take('search');
  await page.keyboard.press('Escape');
  await page.locator('li button').first().click();
  await page.locator('[role=dialog]').waitFor();
  await take('line');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F9');
  await page.locator('#pay-amount').fill('10');
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await page.keyboard.press('c');
  await take('pay');
  await page.locator('#pay-amount').fill('50');
  await page.keyboard.press('Enter');
  await page.locator('article').first().waitFor();
  await take('done');
  await page.keyboard.press('Enter');
  await page.locator('#product-search').waitFor();
}

async function takeRest({ page, take }: Camera): Promise<void> {
  await sellMore(page);
  await page.keyboard.press('F3');
  await page.locator('main li button').first().click();
  await page.locator('main article').waitFor();
  await take('receipts');
  await page
    .locator('main section button')
    .filter({ hasText: /Take back|Devolver/ })
    .click();
  await page.locator('main li button').last().click();
  await take('return');
  await page.keyboard.press('F4');
  await page.getByRole('textbox').first().fill('gomez');
  await page.locator('main li button').first().click();
  await take('customers');
  await page
    .locator('main button')
    .filter({ hasText: /New customer|Nuevo cliente/ })
    .click();
  await take('customer-new');
  await page.keyboard.press('F7');
  await page.locator('main li button').first().waitFor();
  await take('aside');
  await page.keyboard.press('F10');
  await page.locator('input[inputmode=none]').fill('150');
  await take('cash');
  await page.keyboard.press('Enter');
  await page
    .locator('label')
    .filter({ hasText: /Cash-up|Arqueo/ })
    .click();
  await page.locator('table input').first().fill('190');
  await take('cash-up');
  await page.locator('table input').nth(1).fill('150');
  await page.locator('button[type=submit]').click();
  await page.locator('main article').waitFor();
  await take('cash-report');
  await page.evaluate(() => {
    window.fake.till.set({
      ...{ server: null, headOffice: null, unsent: 3, kept: 5, parked: 1 },
      can: { createCustomers: true, findOldReceipts: false },
      catalogueLoadedAtMs: window.fake.till.status().catalogueLoadedAtMs - 31 * 24 * 60 * 60_000,
    });
  });
  await page.keyboard.press('F2');
  await page.locator('header button').first().click();
  await page.locator('[role=dialog]').waitFor();
  await take('offline');
}

/** Some receipts that are in different places, and tickets put aside. */
async function sellMore(page: Page): Promise<void> {
  const sell = async (text: string): Promise<void> => {
    await page.locator('#product-search').fill(text);
    await page.keyboard.press('Enter');
  };
  await page.evaluate(() => window.fake.till.moveReceipts('headOffice'));
  for (const text of ['4*rye roll', 'brioche']) {
    await sell(text);
    await page.keyboard.press('F9');
    await page.locator('#pay-amount').press('Enter');
    await page.locator('article').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#product-search').waitFor();
  }
  await page.evaluate(() => {
    const last = window.fake.till.receipts.at(-1);
    if (last !== undefined) last.where = 'till';
  });
  for (const note of ['Mesa 4', 'Sr. Vidal']) {
    await sell('2*espresso');
    await sell('croissant');
    await page.keyboard.press('F6');
    await page.locator('[role=dialog] input').fill(note);
    await page.keyboard.press('Enter');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  }
}
