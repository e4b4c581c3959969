import { expect, test } from '@playwright/test';
import { expectEachOnce } from '../support/pos-shop/books.ts';
import { createProfile } from '../support/pos-shop/profile.ts';
import type { PosShop } from '../support/pos-shop/shop.ts';
import { openPosShop } from '../support/pos-shop/shop.ts';
import { TillPage } from '../support/pos-shop/till-page.ts';

test.use({ locale: 'en-GB' });
test.describe.configure({ mode: 'default', timeout: 90_000 });

let shop: PosShop;

test.beforeAll(async () => {
  shop = await openPosShop();
});
test.afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});
test.beforeEach(async () => {
  await shop.allUp();
});

test('the tab is killed between payment and upload: what was paid is sent by the next one', async ({
  context,
  page,
}) => {
  const name = shop.nextTill();
  const till = new TillPage(page);
  await till.open(shop.store.url, name);
  await till.logIn();
  await till.sell();
  await till.expectUnsent(0);
  // The server takes what it is sent, and the till never hears of it.
  let isAnswered = false;
  await context.route('**/*OrderLoader*', async (route) => {
    if (isAnswered) await route.continue();
    else await route.fetch();
  });
  await till.sell();
  await till.expectUnsent(1);
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
  isAnswered = true;

  const again = new TillPage(await context.newPage(), till.sold);
  await again.open(shop.store.url, name);
  await again.logIn();
  await expectEachOnce(shop, name, again);
});

test('a profile is opened again without any server, sells, and sends all of it later', async ({
  playwright,
  launchOptions,
}) => {
  await using profile = createProfile({ playwright, launchOptions }, shop.folder, 'reopened');
  const name = shop.nextTill();
  let till = new TillPage(await (await profile.open()).newPage());
  await till.open(shop.store.url, name);
  await till.untilItStartsOffline();
  await till.logIn();
  await till.sell();
  await till.expectUnsent(0);
  await Promise.all([shop.store.kill(), shop.main.kill()]);
  await till.sellMany(2);

  till = new TillPage(await (await profile.open()).newPage(), till.sold);
  await till.open(shop.store.url, name);
  await till.logIn();
  await till.expectUnsent(2);
  await till.sellMany(2);
  await till.expectUnsent(4);
  await shop.allUp();
  await expectEachOnce(shop, name, till);
});

test('two tabs of one till: one has it, the other can take it over, and no number is given twice', async ({
  context,
  page,
}) => {
  const name = shop.nextTill();
  const first = new TillPage(page);
  await first.open(shop.store.url, name);
  await first.logIn();
  await first.sell();
  const second = new TillPage(await context.newPage(), first.sold);
  await second.goTo(shop.store.url, name);
  await second.expectElsewhere();
  await first.sell();
  await second.useHere();
  await second.logIn();
  await second.sell();
  await first.expectElsewhere();
  expect(new Set(second.sold).size).toBe(3);
  await expectEachOnce(shop, name, second);
});

test('the laptop sleeps from noon to the next day: what it kept is sent when it wakes', async ({
  page,
}) => {
  const name = shop.nextTill();
  const till = new TillPage(page);
  await till.open(shop.store.url, name);
  await till.logIn();
  await till.sell();
  await till.expectUnsent(0);
  await Promise.all([shop.store.kill(), shop.main.kill()]);
  await till.sellMany(3);
  await till.expectUnsent(3);
  await page.clock.pauseAt(Date.now() + 10_000);
  await shop.allUp();
  // Longer than a session lasts.
  await page.clock.fastForward('20:00:00');
  await page.clock.resume();
  await till.sell();
  await expectEachOnce(shop, name, till);
});
