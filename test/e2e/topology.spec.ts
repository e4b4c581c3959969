import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { LiveEstate } from '../support/manage-estate.ts';
import { ADMINISTRATOR, openLiveEstate } from '../support/manage-estate.ts';
import { estateOf } from '../support/manage-estate-pages.ts';
import { expectAccessible, screensOf, watchFaults } from '../support/manage-pages.ts';

test.use({ locale: 'en-GB', actionTimeout: 15_000 });
test.describe.configure({ timeout: 150_000 });

let estate: LiveEstate;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  estate = await openLiveEstate();
});
test.afterAll(async () => {
  await estate[Symbol.asyncDispose]();
});

async function openCheck(page: Page): Promise<void> {
  const screens = screensOf(page);
  await screens.open(estate.town.urlOf('Central'));
  await screens.logIn(ADMINISTRATOR);
  await screens.waitUntilLive();
  await page.getByRole('link', { name: 'Estate' }).click();
  await estateOf(page).go('Check');
}

/** Runs in the page, with its session. */
async function undoNewest(): Promise<void> {
  const api = '/manage/api/definitions';
  const summary = (await (await fetch(`${api}/summary`)).json()) as { changeNo: number };
  const headers = { 'X-Backroom': '1', 'Content-Type': 'application/json' };
  const undo = { method: 'POST', headers, body: '{}' };
  const answer = await fetch(`${api}/history/${summary.changeNo}/undo`, undo);
  if (!answer.ok) throw new Error(await answer.text());
}

test('an estate is proven, asked what if, broken and mended', async ({ page }) => {
  const faults = watchFaults(page);
  const windows = estateOf(page);
  const outlook = page
    .getByRole('region', { name: 'What if these are down?' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /Madrid Centro/ }) });
  const ability = (name: string) =>
    outlook.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openCheck(page);
  const verdict = page.locator('[data-errors]');
  await expect(verdict).toContainText('Proven: every record reaches the mains');
  await expect(verdict).toContainText(/rules were checked for \d+ stores? and \d+ services/);

  await page.getByRole('checkbox', { name: 'Central' }).focus();
  await page.keyboard.press('Space');
  await expect(ability('Log in')).toHaveAttribute('data-works', 'yes');
  await expect(ability('Safe at the mains')).toContainText('Waits at Shop back room for Central');
  await page.getByRole('checkbox', { name: 'Shop back room' }).check();
  await expect(ability('Log in')).toContainText('For at most 12 hours');
  // The choice is in the address: it outlives a reload.
  await page.reload();
  await expect(ability('Sell')).toHaveAttribute('data-works', 'partly');

  await windows.go('Servers');
  await windows.openServer('Central');
  await windows.drawer.getByText('All excluding defined').click();
  await windows.drawer.getByLabel('Find a service').fill('CustomerLoader');
  await windows.drawer.getByRole('checkbox', { name: 'CustomerLoader', exact: true }).check();
  await windows.propose();
  await windows.save();
  await windows.go('Check');
  const lost = page.locator('[data-rule="main-reachable"]').first();
  await expect(lost).toContainText('How to mend it');
  await expect(lost).toContainText(/[Tt]ill/);
  await expect(verdict).toContainText(/\d+ errors?: what is set up here loses/);
  await page.getByRole('checkbox', { name: 'Central' }).check();
  await expect(outlook).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, `a broken estate, ${colorScheme}`);
  }

  // Somebody takes it back elsewhere: the window that is open hears of it.
  await page.evaluate(undoNewest);
  await expect(verdict).toContainText('Proven');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, `a sound estate, ${colorScheme}`);
  }
  expect(faults).toEqual([]);
});
