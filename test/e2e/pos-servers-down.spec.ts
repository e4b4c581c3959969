import { expect, test } from '@playwright/test';
import { watchFaults } from '../support/manage-pages.ts';
import { expectEachOnce } from '../support/pos-shop/books.ts';
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
test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await shop.allUp();
});

/** A till with somebody at it who has sold already. */
async function sellingTill(page: TillPage['page']): Promise<{ till: TillPage; name: string }> {
  const till = new TillPage(page);
  const name = shop.nextTill();
  await till.open(shop.store.url, name);
  await till.logIn();
  await till.sell();
  await till.expectUnsent(0);
  return { till, name };
}

test('the store server is killed: the till sells to head office', async ({ page }) => {
  const { till, name } = await sellingTill(page);
  await shop.store.kill();
  await till.sellMany(3);
  await till.expectServer('Head office');
  await expectEachOnce(shop, name, till);
  await shop.store.start();
  await till.expectServer('Madrid Centro');
  await till.sell();
  await expectEachOnce(shop, name, till);
});

test('the main is killed: the store server keeps what is sold until it is back', async ({
  page,
}) => {
  const { till, name } = await sellingTill(page);
  await shop.main.kill();
  await till.sellMany(3);
  await till.expectUnsent(0);
  await shop.main.start();
  await expectEachOnce(shop, name, till);
});

test('both are killed: the till keeps what is sold until one is back', async ({ page }) => {
  const { till, name } = await sellingTill(page);
  await Promise.all([shop.main.kill(), shop.store.kill()]);
  await till.sellMany(3);
  await till.expectUnsent(3);
  await shop.store.start();
  await till.expectUnsent(0);
  await shop.main.start();
  await expectEachOnce(shop, name, till);
});

test('the store server’s data folder is deleted at noon: it gets back every unconfirmed ticket', async ({
  page,
  browser,
}) => {
  const other = await browser.newPage();
  const tills = [await sellingTill(page), await sellingTill(other)];
  for (const { till, name } of tills) await expectEachOnce(shop, name, till);
  await shop.main.kill();
  // So that nothing reaches head office but by the new store server.
  await page.context().route(`${shop.main.url}/**`, (route) => route.abort());
  await other.context().route(`${shop.main.url}/**`, (route) => route.abort());
  for (const { till } of tills) {
    await till.sellMany(5);
    await till.expectUnsent(0);
  }
  await shop.store.kill();
  await shop.main.start();
  for (const { till, name } of tills) {
    expect(shop.ticketsAtMain(name)).toHaveLength(1);
    expect(till.sold).toHaveLength(6);
  }
  await shop.replaceStore();
  for (const { till, name } of tills) {
    await expectEachOnce(shop, name, till);
    // Each ticket that was not confirmed, and none that was.
    expect(shop.messagesAtStore(name)).toBe(5);
  }
  await other.close();
});

test('other servers are defined under way: the till reroutes without a reload', async ({
  page,
}) => {
  const faults = watchFaults(page);
  const { till, name } = await sellingTill(page);
  await till.expectServer('Madrid Centro');
  let loads = 0;
  page.on('load', () => (loads += 1));
  await shop.office.changeServer(shop.serverId('HeadOffice'), { priority: 5 });
  await till.expectServer('Head office');
  await till.sellMany(2);
  await shop.office.changeServer(shop.serverId('HeadOffice'), { priority: 20 });
  await till.expectServer('Madrid Centro');
  await till.sellMany(2);
  await expectEachOnce(shop, name, till);
  expect(loads).toBe(0);
  // Neither a script's error nor anything that the page's policy had to stop.
  expect(faults).toEqual([]);
});
