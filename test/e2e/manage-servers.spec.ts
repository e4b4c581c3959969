import { expect, test } from '@playwright/test';
import type { House } from '../support/manage-house.ts';
import { buildHouse, HOUSE_MANAGER } from '../support/manage-house.ts';
import { expectAccessible, screensOf, watchFaults } from '../support/manage-pages.ts';
import { startServerProcess } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test.use({ locale: 'en-GB' });
test.describe.configure({ timeout: 120_000 });

test.describe('a fresh main server', () => {
  const folder = temporaryDirectory();
  let server: ServerProcess;

  test.beforeAll(async () => {
    server = await startServerProcess(['--role', 'main', '--data', folder.path]);
  });
  test.afterAll(async () => {
    await server.end('SIGKILL');
    await folder[Symbol.asyncDispose]();
  });

  test('is set up with the code that it printed, and not with another', async ({ page }) => {
    const faults = watchFaults(page);
    await page.goto(`${server.url}/`);
    await page.getByLabel('Set-up code').waitFor();
    await expectAccessible(page, 'set-up');
    const setUp = async (code: string): Promise<void> => {
      await page.getByLabel('Set-up code').fill(code);
      await page.getByLabel('Your name').fill('Ada Ferrer');
      await page.getByLabel('User name').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
      await page.getByRole('button', { name: 'Create the administrator' }).click();
    };
    await setUp('AAAA-BBBB-CCCC');
    await expect(page.getByRole('alert')).toContainText('The set-up code is wrong or used');
    await setUp(server.setupCode ?? '');
    await expect(page.getByText('The administrator has been created')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(screensOf(page).headline).toHaveAttribute('data-headline', 'allApplied');
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Let a store server join' }).click();
    await page.getByLabel('Server key of the store server').fill('Store-9');
    await expectAccessible(page, 'join code');
    await page.getByRole('button', { name: 'Make a code' }).click();
    await expect(page.getByRole('alert')).toContainText('Store-9');
    expect(faults).toEqual([]);
  });
});

test.describe('a store server and its main', () => {
  const folder = temporaryDirectory();
  let house: House;

  test.beforeAll(async () => {
    house = await buildHouse(folder.path);
  });
  test.afterAll(async () => {
    await house.close();
    await folder[Symbol.asyncDispose]();
  });

  test('sales, an outage and a power cut are seen as they happen', async ({ page }) => {
    const faults = watchFaults(page);
    const screens = screensOf(page);
    await screens.open(house.store.url);
    // The users come from the main with the first replication.
    await expect(async () => {
      await screens.logIn(HOUSE_MANAGER);
      await expect(screens.headline).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await screens.waitUntilLive();
    await expect(screens.headline).toHaveAttribute('data-headline', 'allSafe');

    await house.openTill();
    await house.sell(1_250);
    await expect(screens.figure('Tickets today')).toHaveText('1');
    await expect(screens.figure('Sales today')).toHaveText('€12.50');
    await expect(screens.headline).toHaveAttribute('data-headline', 'allSafe');

    await house.main.end('SIGKILL');
    await house.sell(2_000);
    await house.sell(330);
    await expect(screens.figure('Tickets today')).toHaveText('3');
    await expect(screens.headline).toHaveAttribute('data-headline', 'offline', { timeout: 30_000 });
    await expect(screens.headline).toContainText('2 records are safe on this computer');

    await house.store.end('SIGKILL');
    await expect(screens.banner).toBeVisible();
    await house.restart('store');
    await expect(screens.banner).toBeHidden({ timeout: 20_000 });
    // The session outlives the restart: the server still has its key.
    await expect(screens.figure('Sales today')).toHaveText('€35.80');

    await page.getByRole('link', { name: 'Sync queue' }).click();
    await screens.entryButtons.last().click();
    await expect(screens.drawer).toContainText('Head office Madrid');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Try now: Checkout 1/ }).click();
    await house.restart('main');
    await page.getByRole('link', { name: 'Overview' }).click();
    await expect(screens.headline).toHaveAttribute('data-headline', 'allSafe', { timeout: 30_000 });
    expect(faults).toEqual([]);
  });
});
