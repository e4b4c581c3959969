import { expect, test } from '@playwright/test';
import { CASHIER, MANAGER } from '../support/manage-fixture.ts';
import { expectAccessible, screensOf, watchFaults } from '../support/manage-pages.ts';
import type { Shop } from '../support/manage-shop.ts';
import { openShop } from '../support/manage-shop.ts';
import { HEAD_OFFICE } from '../support/manage-scene.ts';

let shop: Shop;
let faults: string[];

test.use({ locale: 'en-GB' });

test.beforeEach(async ({ page }) => {
  shop = await openShop();
  faults = watchFaults(page);
  await screensOf(page).open(shop.url);
});
test.afterEach(async () => {
  await shop.kill();
  expect(faults).toEqual([]);
});

test('log-in is refused with the reason, accepted, and ended', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn({ ...MANAGER, password: 'wrong' });
  await expect(page.getByRole('alert')).toHaveText('User name or password is wrong.');
  await screens.logIn(CASHIER);
  await expect(page.getByRole('alert')).toContainText('These screens are for managers');
  await screens.logIn();
  await expect(screens.headline).toContainText('You can sell.');
  await page.reload();
  await expect(screens.headline).toContainText('You can sell.');
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('the overview follows the shop by itself', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  const tickets = screens.figure('Tickets today');
  const before = Number(await tickets.textContent());
  await shop.let('sell');
  await expect(tickets).toHaveText(String(before + 1));
  await shop.let('cutLine');
  await expect(screens.headline).toContainText('Head office cannot be reached since');
  await expect(screens.headline).toContainText('Keep selling.');
  await expect(screens.main(HEAD_OFFICE)).toContainText('Offline');
  await shop.let('mendLine');
  await expect(screens.headline).toHaveAttribute('data-headline', 'allSafe');
  await expect(screens.main(HEAD_OFFICE)).toContainText('It has everything');
});

test('a gap in the numbers loads everything again', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  const snapshot = page.waitForRequest(/\/api\/overview$/);
  const followed = page.waitForRequest(/\/api\/events/);
  await shop.let('skipNumbers');
  await snapshot;
  await followed;
  await expect(screens.connection).toHaveAttribute('data-connection', 'live');
});

test('a burst of sales costs a few refreshes, not one each', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  const tickets = screens.figure('Tickets today');
  const before = Number(await tickets.textContent());
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/overview')) asked += 1;
  });
  await shop.let('sellMany');
  // One in 23 is no ticket.
  await expect.poll(async () => Number(await tickets.textContent())).toBeGreaterThan(before + 43);
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThanOrEqual(7);
});

test('the queue is filtered, read and retried by keyboard alone', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  await page.keyboard.press('2');
  await expect(page.getByRole('heading', { name: 'Sync queue' })).toBeVisible();
  await screens.entries.waitFor();
  await page.keyboard.press('f');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/state=parked/);
  await expect(screens.entryButtons).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(screens.entryButtons.first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(screens.drawer).toContainText('The customer was changed at head office');
  await expect(screens.drawer).toContainText('Refused');
  await expect(screens.drawer.getByRole('region', { name: 'Message' })).toContainText(
    '"messageId"',
  );
  // The focus stays in the drawer until it is closed, then goes back to where it was.
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    expect(await screens.drawer.evaluate((drawer) => drawer.contains(document.activeElement))).toBe(
      true,
    );
  }
  await screens.drawer.getByRole('button', { name: 'Try now' }).focus();
  await page.keyboard.press('Enter');
  await expect(screens.drawer).toContainText('It is tried now.');
  await expect(screens.drawer).toContainText('Tried again by hand');
  await page.keyboard.press('Escape');
  await expect(screens.drawer).toBeHidden();
  await expect(page).not.toHaveURL(/entry=/);
});

test('the list moves by arrows and keeps still while it is read', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  await page.goto(`${shop.url}/manage/queue`);
  await screens.waitUntilLive();
  const first = await screens.entryButtons.first().textContent();
  await screens.entryButtons.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(screens.entryButtons.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(screens.entryButtons.last()).toBeFocused();
  await page.keyboard.press('Home');
  await shop.let('sell');
  await expect(page.getByText('The list has changed while you read it')).toBeVisible();
  await expect(screens.entryButtons.first()).toHaveText(first ?? '');
  await page.getByRole('button', { name: 'Show the newest' }).click();
  await expect(screens.entryButtons.first()).toHaveText(String(Number(first) + 1));
});

test('older pages are reached, and the way back', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  await page.goto(`${shop.url}/manage/queue`);
  await expect(screens.entryButtons).toHaveCount(50);
  const first = await screens.entryButtons.first().textContent();
  await page.getByRole('button', { name: 'Older' }).click();
  await expect(screens.entryButtons.first()).toHaveText(String(Number(first) - 50));
  await page.goBack();
  await expect(screens.entryButtons.first()).toHaveText(first ?? '');
});

test('a server that is gone is said plainly, and its return is noticed', async ({ page }) => {
  const screens = screensOf(page);
  await screens.logIn();
  await screens.waitUntilLive();
  const port = Number(new URL(shop.url).port);
  await shop.kill();
  await expect(screens.banner).toContainText('nothing is lost');
  await expect(screens.connection).toHaveText('Not connected');
  // What was known stays on the screen.
  await expect(screens.headline).toContainText('You can sell.');
  shop = await openShop(port);
  // The fixture has new keys after its start, as a server with another database would.
  await expect(page.getByText('Your session has ended. Log in again.')).toBeVisible();
  await screens.logIn();
  await screens.waitUntilLive();
  await expect(screens.banner).toBeHidden();
});

test('everything is in Spanish once it is chosen, also after a reload', async ({ page }) => {
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'Español' }).click();
  await page.getByLabel('Usuario').fill(MANAGER.userName);
  await page.getByLabel('Contraseña', { exact: true }).fill(MANAGER.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(screensOf(page).headline).toContainText('Puede vender.');
  await page.reload();
  await expect(screensOf(page).headline).toContainText('Puede vender.');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page).toHaveTitle('Resumen · Backroom');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen is accessible in the ${colorScheme} theme`, async ({ page }) => {
    const screens = screensOf(page);
    // Nine pages under axe take a while on a busy machine.
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, 'log-in');
    await screens.logIn({ ...MANAGER, password: 'wrong' });
    await expect(page.getByRole('alert')).not.toBeEmpty();
    await expectAccessible(page, 'log-in, refused');
    await screens.logIn();
    await screens.waitUntilLive();
    await expectAccessible(page, 'overview');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessible(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Theme' }).click();
    await expectAccessible(page, 'theme menu');
    await page.keyboard.press('Escape');
    await page.goto(`${shop.url}/manage/queue`);
    await screens.entries.waitFor();
    await expectAccessible(page, 'queue');
    await page.goto(`${shop.url}/manage/queue?state=parked`);
    await screens.entryButtons.first().click();
    await expect(screens.drawer).toContainText('Digest');
    await expectAccessible(page, 'entry');
    await page.goto(`${shop.url}/manage/`);
    await screens.waitUntilLive();
    await shop.kill();
    await expect(screens.banner).toBeVisible();
    await expectAccessible(page, 'overview, not connected');
  });
}

test('a phone shows every screen without scrolling sideways', async ({ page }) => {
  const screens = screensOf(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await screens.logIn();
  await screens.waitUntilLive();
  for (const path of ['', 'queue', 'queue?state=parked']) {
    await page.goto(`${shop.url}/manage/${path}`);
    await screens.waitUntilLive();
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang, path).toBe(0);
  }
});
