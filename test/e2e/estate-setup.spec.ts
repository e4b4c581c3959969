import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import type { LiveEstate } from '../support/manage-estate.ts';
import { ADMINISTRATOR, ESTATE_MANAGER, openLiveEstate, TILL } from '../support/manage-estate.ts';
import { estateOf } from '../support/manage-estate-pages.ts';
import { expectAccessible, screensOf, watchFaults } from '../support/manage-pages.ts';
import { serversOf } from '../support/topology/page-till.ts';

test.use({ locale: 'en-GB', actionTimeout: 15_000 });
test.describe.configure({ timeout: 120_000 });

/** What a store server takes to hear of a till's heartbeat, and the main of the store server's. */
const HEARD_MS = 45_000;

let estate: LiveEstate;
let faults: string[];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  estate = await openLiveEstate();
});
test.afterAll(async () => {
  await estate[Symbol.asyncDispose]();
});
test.beforeEach(({ page }) => {
  faults = watchFaults(page);
});
test.afterEach(() => {
  expect(faults).toEqual([]);
});

async function enter(page: Page, user = ADMINISTRATOR): Promise<void> {
  const screens = screensOf(page);
  await screens.open(estate.town.urlOf('Central'));
  await screens.logIn(user);
  await screens.waitUntilLive();
  await page.getByRole('link', { name: 'Estate' }).click();
}

/** `servers` of `initActions` at a server; undefined where it knows no such till. */
function startAnswer(serverKey: string, searchKey: string): Promise<unknown> {
  return serversOf(`${estate.town.urlOf(serverKey)}/openbravo`, searchKey);
}

test('a server is defined, and tills are told of it', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page);
  await page.getByRole('button', { name: 'New server' }).click();
  await windows.drawer.getByLabel('Name', { exact: true }).fill('Reserve');
  await windows.drawer.getByLabel('Address (URL)').fill('http://127.0.0.1:9/openbravo');
  await windows.drawer.getByLabel('Mobile server key').fill('Reserve');
  await windows.propose();
  // Nobody would be served by it yet.
  await windows.review.getByRole('button', { name: 'Back' }).click();
  await windows.drawer.getByText('All organizations').click();
  await windows.drawer.getByLabel('Priority').fill('90');
  await windows.propose();
  await expect(windows.review).toContainText('New server Reserve');
  await windows.save();
  await expect(windows.row('Reserve')).toContainText('Store server');
  await expect
    .poll(async () => JSON.stringify(await startAnswer('Central', TILL)))
    .toContain('http://127.0.0.1:9/openbravo');
  await page.keyboard.press('Escape');
  await windows.go('History');
  await windows.undo(0);
});

test('a store with a till is set up, and the till sells', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page);
  await windows.go('Organizations');
  await page.getByRole('button', { name: 'New organization' }).click();
  await windows.propose();
  await expect(windows.drawer.getByLabel('Name')).toHaveAccessibleDescription(/not understood/);
  await windows.drawer.getByLabel('Name').fill('Segovia');
  // Where its cashiers belong, too.
  await windows.drawer.getByLabel('Part of').selectOption({ label: '\u2003Madrid' });
  await windows.propose();
  await windows.save();
  // It is open now, and the main serves it as it serves everybody.
  await expect(windows.drawer).toContainText('serves everybody');
  await windows.drawer.getByRole('button', { name: 'New till' }).click();
  await windows.drawer.getByLabel('Search key').fill(TILL);
  await windows.drawer.getByLabel('Name').fill('Segovia, till 1');
  await windows.drawer.getByLabel('Document prefix').fill('SEG1');
  await windows.propose();
  await expect(windows.drawer.getByLabel('Search key')).toHaveAccessibleDescription(
    /could not tell who it is/,
  );
  await windows.drawer.getByLabel('Search key').fill('SEG-1');
  expect(await startAnswer('Central', 'SEG-1')).toBeUndefined();
  await windows.propose();
  await expect(windows.review).toContainText('Document prefixSEG1');
  await windows.save();
  await expect(windows.drawer.locator('[data-till="SEG-1"]')).toContainText('Segovia, till 1');
  await expect
    .poll(async () => JSON.stringify(await startAnswer('Central', 'SEG-1')))
    .toContain(estate.town.urlOf('Central'));
  const till = await estate.startTill('SEG-1', 'Central');
  expect((await till.probe(15_000)).answering.tickets).toEqual(['Central']);
  expect(await till.finish(15_000)).toBe(true);
});

test('an organization is renamed and moved, but not below itself', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page);
  await windows.go('Organizations');
  await windows.openOrganization('Segovia');
  await windows.drawer.getByLabel('Name').fill('Segovia Sur');
  await windows.propose();
  await expect(windows.review).toContainText('NameSegovia→Segovia Sur');
  await windows.save();
  await windows.openOrganization('Madrid');
  await windows.drawer.getByLabel('Part of').selectOption({ label: '\u2003\u2003Madrid Centro' });
  await windows.propose();
  await expect(windows.drawer.getByLabel('Part of')).toHaveAccessibleDescription(
    /is above itself: .*Madrid Centro/,
  );
  await expect(windows.review).toBeHidden();
});

test('what would stop a running till needs a reason, and its store cannot go before it', async ({
  page,
}) => {
  const windows = estateOf(page);
  await enter(page);
  await windows.go('Uptake');
  await expect(windows.taker(TILL)).toHaveAttribute('data-state', /current|behind/, {
    timeout: HEARD_MS,
  });
  await windows.go('Organizations');
  await windows.openOrganization('Madrid Centro');
  await windows.drawer.getByRole('button', { name: 'Switch off' }).click();
  await expect(windows.refusal).toContainText('This cannot be saved');
  await expect(windows.refusal).toContainText('deactivate the till first');
  await windows.refusal.getByText('Close', { exact: true }).click();
  await windows.drawer.getByRole('button', { name: `Open till ${TILL}` }).click();
  await windows.drawer.getByRole('button', { name: 'Switch off' }).click();
  await expect(windows.review).toContainText('These running tills would be switched off');
  await expect(windows.review.getByRole('list', { name: 'The tills' })).toContainText(TILL);
  await windows.review.getByLabel('Reason').fill('it is replaced');
  await windows.review.getByRole('button', { name: 'Save all the same' }).click();
  await expect(windows.review).toBeHidden();
  await expect(windows.drawer.locator(`[data-till="${TILL}"]`)).toContainText('Switched off');
  await page.keyboard.press('Escape');
  await windows.go('History');
  await expect(windows.changes.first()).toContainText('it is replaced');
  await windows.undo(0);
});

test('an estate file goes out, is changed, and comes back as a whole', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page);
  await windows.go('Estate file');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download YAML' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('estate.yaml');
  const text = await readFile(await download.path(), 'utf8');
  const choose = (name: string, content: string): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({
      ...{ name, mimeType: 'application/yaml', buffer: Buffer.from(content) },
    });
  await choose('faulty.yaml', text.replace('priority: 10', 'priority: ten'));
  await page.getByRole('button', { name: 'Look at the change' }).click();
  const faulty = page.getByRole('table', { name: 'Faults of the file' });
  const line = text.split('\n').findIndex((one) => one.includes('priority: 10')) + 1;
  await expect(faulty.getByRole('row').last()).toContainText(String(line));
  await expect(faulty).toContainText('].priority');
  await expect(faulty).toContainText('must be a number, and is "ten"');
  await expectAccessible(page, 'faults of a file');

  await choose('same.yaml', text);
  await page.getByRole('button', { name: 'Look at the change' }).click();
  await expect(windows.refusal).toContainText('Nothing would change.');
  await windows.refusal.getByText('Close', { exact: true }).click();

  const changed = text
    .replace('priority: 10', 'priority: 45')
    .replace('name: Madrid Centro\n', 'name: Madrid Plaza\n')
    .replace(
      /^organizations:\n/m,
      'organizations:\n  - {id: Toledo, name: Toledo, parent: null}\n',
    );
  await choose('changed.yaml', changed);
  await page.getByRole('button', { name: 'Look at the change' }).click();
  await expect(windows.review).toContainText('1 new · 2 changed · 0 switched off');
  await expect(windows.review).toContainText('Priority10→45');
  await expect(windows.review).toContainText('NameMadrid Centro→Madrid Plaza');
  await expect(windows.review).toContainText('What the check would say');
  await expectAccessible(page, 'preview of a file');
  await windows.review.getByLabel('Reason').fill('the plan for March');
  await windows.save();
  await expect(page.getByText(/Imported as change \d+/)).toBeVisible();
  await page.getByRole('link', { name: 'See it in the history' }).click();
  await expect(windows.changes.first()).toContainText('the plan for March');
  await windows.undo(0);
});

test('a manager exports, and imports nothing', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page, ESTATE_MANAGER);
  await windows.go('Estate file');
  await expect(page.getByRole('link', { name: 'Download JSON' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Import' })).toBeHidden();
  await windows.go('Organizations');
  await expect(page.getByRole('button', { name: 'New organization' })).toBeHidden();
  await windows.openOrganization('Madrid Centro');
  await expect(windows.drawer.getByRole('button', { name: 'New till' })).toBeHidden();
});

test('a state that is forced is shown with its reason, and audited', async ({ page }) => {
  await enter(page, ESTATE_MANAGER);
  await page.getByRole('link', { name: 'Overview' }).click();
  const servers = page.getByRole('region', { name: 'Servers' });
  await servers.getByRole('button', { name: 'Take offline' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('new disks tonight');
  await page.getByRole('dialog').getByRole('button', { name: 'Take offline' }).click();
  await expect(page.getByRole('paragraph').filter({ hasText: 'new disks tonight' })).toBeVisible();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await servers.getByRole('button', { name: 'Bring online' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('the disks are in');
  await page.getByRole('dialog').getByRole('button', { name: 'Bring online' }).click();
  await expect(servers.getByRole('button', { name: 'Take offline' })).toBeVisible();
  const database = new Database(estate.town.mainDatabases[0], { readonly: true });
  const lines = database
    .prepare(`SELECT actor, detail FROM audit WHERE action = 'forceState' ORDER BY line_no`)
    .all();
  database.close();
  expect(lines).toEqual([
    { actor: 'user:El', detail: JSON.stringify({ to: 'offline', reason: 'new disks tonight' }) },
    { actor: 'user:El', detail: JSON.stringify({ to: 'online', reason: 'the disks are in' }) },
  ]);
});
