/**
 * Takes a picture of each of the managers' screens in both themes into docs/screenshots/, and of those
 * of the Web POS in both themes and languages, over a demo shop in memory whose clock stands still, so
 * that a picture changes only when its screen does.
 * Run by `npm run screenshots` after `npm run build`.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import type { ManageParts } from '../server/manage/parts.ts';
import { startEstateFixture } from '../test/support/manage-estate-fixture.ts';
import type { Fixture } from '../test/support/manage-fixture.ts';
import { MANAGER, startManageFixture } from '../test/support/manage-fixture.ts';
import { HEAD_OFFICE } from '../test/support/manage-scene.ts';
import { findCommand } from './parts.ts';
import { takePos } from './pos-screenshots.ts';

const DIRECTORY = 'docs/screenshots';
const TIME_ZONE = 'Europe/Madrid';
/** A Tuesday shortly after eleven, as the shop's clock shows it. */
const NOW_MS = Date.parse('2026-03-10T10:05:00Z');
const DESKTOP = { width: 1280, height: 800 };
const WINDOWS = [...['organizations', 'services', 'preferences', 'file', 'history', 'uptake']];
const PHONE = { width: 390, height: 844 };

type Theme = 'light' | 'dark';

process.env['TZ'] = TIME_ZONE;
mkdirSync(DIRECTORY, { recursive: true });
const fixture = await startManageFixture({ nowMs: () => NOW_MS });
const fresh = await startManageFixture({ nowMs: () => NOW_MS, change: makeFresh });
const estate = await startEstateFixture(NOW_MS);
const executablePath = findCommand(['chromium', 'chromium-browser', 'google-chrome']);
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const theme of ['light', 'dark'] as const) {
    await takeSetUp(browser, fresh.url, theme);
    await takeAll(browser, fixture, theme);
    await takeEstate(browser, estate.url, theme);
  }
  await takePos(browser, DIRECTORY, NOW_MS);
} finally {
  await browser.close();
  await fixture.stop();
  await fresh.stop();
  await estate.stop();
}

/** Makes a fixture a main server that nobody has set up yet. */
function makeFresh(parts: ManageParts): void {
  parts.self = { ...parts.self, key: 'Main', role: 'main' };
  parts.setup = { ...parts.setup, needed: () => true };
}

async function takeSetUp(browser: Browser, url: string, theme: Theme): Promise<void> {
  const page = await openPage(browser, url, theme, DESKTOP);
  await page.getByLabel('Set-up code').waitFor();
  await take(page, `set-up-${theme}`);
  await page.close();
}

async function takeAll(browser: Browser, { url, scene }: Fixture, theme: Theme): Promise<void> {
  const page = await openPage(browser, url, theme, DESKTOP);
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await take(page, `log-in-${theme}`);
  await logIn(page);
  await page.locator('[data-connection=live]').waitFor();
  await page.locator('[data-server=Store-Corner]').waitFor();
  await take(page, `overview-${theme}`);

  await page.setViewportSize(PHONE);
  await take(page, `overview-phone-${theme}`);
  await page.setViewportSize(DESKTOP);

  scene.setMain(HEAD_OFFICE, 'offline', NOW_MS - 23 * 60_000, 'connect ETIMEDOUT 198.51.100.7:443');
  await page.locator('[data-headline=offline]').waitFor();
  await take(page, `overview-offline-${theme}`);
  scene.setMain(HEAD_OFFICE, 'online', NOW_MS - 3 * 60 * 60_000);

  await page.getByRole('link', { name: 'Sync queue' }).click();
  await page.getByRole('table', { name: 'Entries' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 1000 });
  await take(page, `queue-${theme}`);
  await page.setViewportSize(DESKTOP);
  await page.goto(`${url}/manage/queue?state=parked`);
  await page.getByRole('button', { name: /^Open entry/ }).click();
  await page.getByRole('dialog').getByText('Digest').waitFor();
  await take(page, `entry-${theme}`);
  await page.close();
}

/** The windows of the estate, a definition that is being changed, and what the change would do. */
async function takeEstate(browser: Browser, url: string, theme: Theme): Promise<void> {
  const page = await openPage(browser, url, theme, DESKTOP);
  await logIn(page);
  await page.locator('[data-connection=live]').waitFor();
  await page.locator('[data-server=Reserve]').waitFor();
  await take(page, `overview-main-${theme}`);
  await page.getByRole('link', { name: 'Estate' }).click();
  await page.locator('tr[data-server=Reserve]').waitFor();
  await take(page, `estate-servers-${theme}`);
  for (const name of WINDOWS) {
    await page.goto(`${url}/manage/estate/${name}`);
    await page.locator('main h2').first().waitFor();
    await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'hidden' });
    if (name === 'uptake') await page.getByText('Bilbao-T1 · Bilbao').waitFor();
    await take(page, `estate-${name}-${theme}`);
  }
  await page.goto(`${url}/manage/estate/check?down=Central`);
  await page.getByText('Safe at the mains').first().waitFor();
  await page.setViewportSize({ width: 1280, height: 1240 });
  await take(page, `estate-check-${theme}`);
  await page.setViewportSize(DESKTOP);
  await takePlaces(page, url, theme);
  await takeFile(page, url, theme);
  await page.goto(`${url}/manage/estate?server=Reserve`);
  await page.setViewportSize({ width: 1280, height: 1240 });
  await page.getByRole('dialog').getByText('All excluding defined').waitFor();
  await take(page, `estate-server-${theme}`);
  await page.setViewportSize(DESKTOP);
  await page.getByLabel('Priority').fill('15');
  await page.getByRole('button', { name: 'Look at the change' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('Reserve answers faster than Central');
  await take(page, `estate-change-${theme}`);
  await page.close();
}

/** An organization with what belongs to it, and one of its tills. */
async function takePlaces(page: Page, url: string, theme: Theme): Promise<void> {
  await page.goto(`${url}/manage/estate/organizations?organization=Bilbao`);
  await page
    .getByRole('dialog')
    .getByText(/\d+ services/)
    .first()
    .waitFor();
  await take(page, `estate-organization-${theme}`);
  await page.getByRole('button', { name: 'Open till Bilbao-T1' }).click();
  await page.getByRole('dialog').getByLabel('Search key').waitFor();
  await take(page, `estate-till-${theme}`);
}

/** An estate file with faults, and what one without faults would change. */
async function takeFile(page: Page, url: string, theme: Theme): Promise<void> {
  await page.goto(`${url}/manage/estate/file`);
  const answer = await page.request.get(`${url}/manage/api/definitions/estate?format=yaml`);
  const text = await answer.text();
  const look = async (name: string, content: string): Promise<void> => {
    const buffer = Buffer.from(content);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/yaml', buffer });
    await page.getByRole('button', { name: 'Look at the change' }).click();
  };
  const wrong = text.replace('priority: 10', 'priority: ten').replace('docNoPrefix', 'prefix');
  await look('spring.yaml', wrong);
  await page.getByRole('table', { name: 'Faults of the file' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 1000 });
  await take(page, `estate-file-faults-${theme}`);
  await page.setViewportSize(DESKTOP);
  const changed = text
    .replace('name: Web shop', 'name: Web shop and telephone')
    .replace('priority: 20', 'priority: 30')
    .replace(/^organizations:\n/m, 'organizations:\n  - {id: Soria, name: Soria, parent: North}\n');
  await look('spring.yaml', changed);
  await page.getByLabel('Reason', { exact: true }).fill('Soria opens in April');
  await take(page, `estate-file-change-${theme}`);
}

async function openPage(
  browser: Browser,
  url: string,
  theme: Theme,
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: TIME_ZONE,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW_MS);
  await page.goto(`${url}/manage/`);
  return page;
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('User name').fill(MANAGER.userName);
  await page.getByLabel('Password', { exact: true }).fill(MANAGER.password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({
    path: `${DIRECTORY}/${name}.png`,
    animations: 'disabled',
    fullPage: name.includes('phone'),
  });
  console.log(`${DIRECTORY}/${name}.png`);
}
