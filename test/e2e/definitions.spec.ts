import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { LiveEstate } from '../support/manage-estate.ts';
import { ADMINISTRATOR, ESTATE_MANAGER, openLiveEstate, TILL } from '../support/manage-estate.ts';
import { estateOf } from '../support/manage-estate-pages.ts';
import { expectAccessible, screensOf, watchFaults } from '../support/manage-pages.ts';

test.use({ locale: 'en-GB', actionTimeout: 15_000 });
test.describe.configure({ timeout: 150_000 });

/** A heartbeat of the simulated till, and what the probe and a busy machine may add to it. */
const TILL_HEARTBEAT_MS = 1_000;
const SLACK_MS = 5_000;
const TICKET_MS = 15_000;
const ORDERS = 'org.openbravo.retail.posterminal.OrderLoader';

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

async function enter(page: Page, server: string, user: typeof ADMINISTRATOR): Promise<void> {
  const screens = screensOf(page);
  await screens.open(estate.town.urlOf(server));
  await screens.logIn(user);
  await screens.waitUntilLive();
}

/** Who takes the till's tickets now. */
async function takers(): Promise<string[]> {
  return (await estate.till.probe(TICKET_MS)).answering.tickets;
}

/** A store server hears of a change at once, and the till within one heartbeat of its own. */
async function expectTaker(server: string): Promise<void> {
  await expect(async () => expect(await takers()).toEqual([server])).toPass({
    timeout: TILL_HEARTBEAT_MS + SLACK_MS,
    intervals: [100],
  });
}

test('a changed priority reroutes a till that is selling, and taking it back does too', async ({
  page,
}) => {
  const windows = estateOf(page);
  estate.till.keepSelling(500);
  expect(await takers()).toEqual(['Shop']);
  await enter(page, 'Central', ADMINISTRATOR);
  await page.keyboard.press('3');
  await windows.openServer('Shop back room');
  await windows.drawer.getByLabel('Priority').fill('40');
  await windows.propose();
  await expect(windows.review).toContainText('Priority10→40');
  await windows.review.getByLabel('Reason').fill('the shop’s computer is replaced tonight');
  const soldBefore = estate.till.state().sold;
  await windows.save();
  await expect(windows.row('Shop')).toContainText('40');
  await expectTaker('Central');
  await windows.go('Uptake');
  await expect(windows.taker('Shop back room')).toHaveAttribute('data-state', 'current');
  await expect(windows.taker(TILL)).toHaveAttribute('data-state', 'current');

  await windows.go('History');
  await expect(windows.changes.first()).toContainText('Ada Ferrer');
  await expect(windows.changes.first()).toContainText('the shop’s computer is replaced tonight');
  await windows.undo(0);
  await expect(windows.changes.first()).toContainText(/Takes back change \d+/);
  await expect(windows.changes.nth(1)).toContainText(/Taken back by change \d+/);
  await expectTaker('Shop');
  await expect.poll(() => estate.till.state().sold).toBeGreaterThan(soldBefore);
});

test('a service taken from a server is tried elsewhere at once', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page, 'Central', ADMINISTRATOR);
  await page.getByRole('link', { name: 'Estate' }).click();
  await windows.openServer('Shop back room');
  await windows.drawer.getByText('All excluding defined').click();
  await windows.drawer.getByLabel('Find a service').fill('OrderLoader');
  await windows.drawer.getByRole('checkbox', { name: 'OrderLoader', exact: true }).check();
  await windows.propose();
  await expect(windows.review).toContainText('Offers all servicesyes→no');
  await expect(windows.review).toContainText('OrderLoader');
  await windows.save();
  await expectTaker('Central');
  await windows.go('Services');
  const row = page.getByRole('row').filter({ has: page.locator(`[title="${ORDERS}"]`) });
  await expect(row.getByRole('cell')).toHaveText([
    'Transaction',
    '·does not offer it',
    'offers it',
  ]);
  await windows.go('History');
  await windows.undo(0);
  await expectTaker('Shop');
});

test('what is wrong is said at the field, and what interrupts tills needs a reason', async ({
  page,
}) => {
  const windows = estateOf(page);
  await enter(page, 'Central', ADMINISTRATOR);
  await page.getByRole('link', { name: 'Estate' }).click();
  // The main hears from the store server that the till runs; which edition it has does not matter here.
  await windows.go('Uptake');
  await expect(windows.taker(TILL)).toHaveAttribute('data-state', /current|behind/);
  await windows.go('Servers');
  await windows.openServer('Shop back room');
  await windows.drawer.getByLabel('Priority').fill('soon');
  await windows.drawer.getByLabel('Name', { exact: true }).fill('Central');
  await windows.propose();
  await expect(windows.drawer.getByLabel('Priority')).toHaveAccessibleDescription(/whole number/);
  await expect(windows.review).toBeHidden();
  await windows.drawer.getByLabel('Priority').fill('10');
  await windows.propose();
  await expect(windows.drawer.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(
    /has the name "Central" too/,
  );
  await page.keyboard.press('Escape');

  await windows.openServer('Shop back room');
  await windows.drawer.getByText('Only those defined').click();
  await windows.drawer.getByLabel('Find a service').fill('Loader');
  await windows.drawer.getByRole('checkbox', { name: 'OrderLoader', exact: true }).check();
  await windows.propose();
  await windows.save();
  await expect(windows.review).toBeHidden();

  // Now only the main offers the rest: without it the till has nobody to ask.
  await windows.openServer('Central');
  await windows.drawer.getByText('Only those defined').click();
  await windows.drawer.getByLabel('Find a service').fill('CustomerLoader');
  await windows.drawer.getByRole('checkbox', { name: 'CustomerLoader', exact: true }).check();
  await windows.propose();
  await expect(windows.review).toContainText('These running tills would have no server for');
  await expect(windows.review.getByRole('list', { name: 'The tills' })).toContainText(TILL);
  await expectAccessible(page, 'a change that needs a reason');
  const force = windows.review.getByRole('button', { name: 'Save all the same' });
  await force.click();
  // The field is required, so nothing was sent.
  await expect(windows.review).toBeVisible();
  await windows.review.getByLabel('Reason').fill('a test of an outage');
  await force.click();
  await expect(windows.review).toBeHidden();
  await windows.go('History');
  await expect(windows.changes.first()).toContainText('Forced');
  await windows.undo(0);
  // The one before: the undo stands above both.
  await windows.undo(2);
  await expect(windows.changes.nth(3)).toContainText(/Taken back by change \d+/);
});

test('a preference counts where it is set, in units that people use', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page, 'Central', ADMINISTRATOR);
  await page.getByRole('link', { name: 'Estate' }).click();
  await windows.go('Preferences');
  const age = windows.preference('OBMOBC_AuthenticationTokenMaxAge');
  await expect(age).toContainText('12 hours');
  await age.getByRole('button', { name: /^Set/ }).click();
  const editor = page.getByRole('dialog', { name: 'Longest age of a log-in' });
  await editor.getByLabel('For').selectOption({ label: 'Organization Madrid Centro' });
  await editor.getByLabel('Value').fill('5');
  await editor.getByLabel('Unit').selectOption('minutes');
  await editor.getByRole('button', { name: 'Look at the change' }).click();
  // A till would be logged out before it renews its log-in.
  await expect(editor.getByLabel('Value')).toHaveAccessibleDescription(/shorter than the token/);
  await editor.getByLabel('Value').fill('8');
  await editor.getByLabel('Unit').selectOption('hours');
  await editor.getByRole('button', { name: 'Look at the change' }).click();
  await windows.save();
  await expect(age).toContainText('Madrid Centro: 8 hours');
  await expect(age.locator('[data-part=effective]')).toHaveText('12 hours');
  await page.getByLabel('Show what counts for').selectOption({ label: 'Madrid Centro' });
  await expect(age.locator('[data-part=effective]')).toHaveText('8 hours');
  await expect(age).toContainText('set for Madrid Centro');
});

test('managers and store servers look, and are told who changes', async ({ page }) => {
  const windows = estateOf(page);
  await enter(page, 'Shop', ESTATE_MANAGER);
  await page.getByRole('link', { name: 'Estate' }).click();
  await expect(page.getByRole('note').first()).toContainText('the definitions belong to Central');
  await expect(page.getByRole('link', { name: 'Change them there' })).toBeVisible();
  await windows.openServer('Central');
  await expect(windows.drawer.getByRole('button', { name: 'Look at the change' })).toBeHidden();
  await page.keyboard.press('Escape');
  await page.context().clearCookies();
  await enter(page, 'Central', ESTATE_MANAGER);
  await page.getByRole('link', { name: 'Estate' }).click();
  await expect(page.getByRole('note')).toContainText('Only an administrator changes it');
  await expect(page.getByRole('button', { name: 'New server' })).toBeHidden();
  // The overview of a main shows its store servers.
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('[data-server=Shop]')).toContainText('Online');
});

test('the windows are in Spanish', async ({ page }) => {
  await enter(page, 'Central', ADMINISTRATOR);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'Español' }).click();
  await page.getByRole('link', { name: 'Red' }).click();
  await expect(page.getByRole('table', { name: 'Servidores' })).toContainText(
    'Todos los servicios',
  );
  await page.getByRole('link', { name: 'Organizaciones' }).click();
  await expect(page.getByRole('table')).toContainText('atiende a todos');
  await page.getByRole('link', { name: 'Preferencias' }).click();
  await expect(page.getByText('Edad máxima de una sesión')).toBeVisible();
  await expect(page).toHaveTitle('Red · Backroom');
});

test('every window is accessible in both themes', async ({ page }) => {
  const windows = estateOf(page);
  const check = async (where: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible(page, `${where}, ${colorScheme}`);
    }
  };
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await enter(page, 'Central', ADMINISTRATOR);
  await check('overview of a main');
  await page.getByRole('button', { name: 'Take offline' }).click();
  await check('force a state');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Estate' }).click();
  await windows.row('Shop').waitFor();
  await check('servers');
  await windows.openServer('Shop back room');
  await windows.drawer.getByText('Only those defined').click();
  await check('server');
  await windows.propose();
  await check('preview');
  await windows.review.getByRole('button', { name: 'Back' }).click();
  await page.keyboard.press('Escape');
  for (const name of windows.names) {
    await windows.go(name);
    await check(name);
  }
  await windows.go('Organizations');
  await windows.openOrganization('Madrid Centro');
  await check('organization');
  await windows.drawer.getByRole('button', { name: `Open till ${TILL}` }).click();
  await windows.drawer.getByLabel('Search key').waitFor();
  await check('till');
  await page.keyboard.press('Escape');
  await windows.go('Preferences');
  await page.getByRole('button', { name: 'Set Ping by tills' }).click();
  await check('preference');
});

test('a phone shows every window without scrolling sideways', async ({ page }) => {
  const windows = estateOf(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await enter(page, 'Central', ADMINISTRATOR);
  await page.getByRole('link', { name: 'Estate' }).click();
  for (const name of windows.names) {
    await windows.go(name);
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang, name).toBe(0);
  }
});
