import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { PIN } from '../support/pos/fake-door.ts';
import type { FakePageServer } from '../support/pos/fake-page.ts';
import { serveFakePage } from '../support/pos/fake-page.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });

let server: FakePageServer;

test.beforeAll(async () => {
  server = await serveFakePage();
});
test.afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    // The page's policy is the real one: what it refuses is said there.
    expect(message.text()).not.toContain('Content Security Policy');
  });
});

async function logIn(page: Page, query = ''): Promise<void> {
  await page.goto(`${server.url}${query}`);
  await page.getByRole('button', { name: 'Ana García' }).click();
  await page.getByLabel('PIN of Ana García').fill(PIN);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Basket' }).waitFor();
}

async function add(page: Page, text: string): Promise<void> {
  await page.locator('#product-search').fill(text);
  await page.keyboard.press('Enter');
}

test('a whole sale by keyboard alone, from the log-in to the next sale', async ({ page }) => {
  await page.goto(server.url);
  const key = (name: string): Promise<void> => page.keyboard.press(name);
  await expect(page.getByRole('button', { name: 'Ana García' })).toBeFocused();
  await key('Enter');
  await page.keyboard.type('9999');
  await key('Enter');
  await expect(page.getByText('That is not right. Try again.')).toBeVisible();
  await page.keyboard.type(PIN);
  await key('Enter');
  await expect(page.locator('#product-search')).toBeFocused();
  await page.keyboard.type('2*country loaf', { delay: 60 });
  await key('ArrowDown');
  await key('Enter');
  // A scanner types as fast as it can.
  await page.keyboard.type('2000000000046');
  await key('Enter');
  await expect(page.getByRole('button', { name: 'Change Country loaf 1 kg' })).toBeVisible();
  await key('F8');
  await page.keyboard.type('10', { delay: 60 });
  await key('Enter');
  await expect(page.getByText('Discounts', { exact: true })).toBeVisible();
  await key('F9');
  await page.keyboard.type('20', { delay: 60 });
  await key('Enter');
  await expect(page.getByText('Give back')).toBeVisible();
  await expect(page.getByText('In the store, and on this till.')).toBeVisible();
  await page.evaluate(() => window.fake.till.moveReceipts('headOffice'));
  await expect(page.getByText('At head office.')).toBeVisible();
  await key('Enter');
  await expect(page.locator('#product-search')).toBeFocused();
  await expect(page.getByText('The basket is empty')).toBeVisible();
});

test('a sale by touch: tiles, steppers, split payment and change', async ({ page }) => {
  await logIn(page);
  await page.getByRole('button', { name: 'Pastry', exact: true }).click();
  const grid = page.locator('#product-grid');
  await grid.getByRole('button').first().click();
  await grid.getByRole('button').nth(1).click();
  const cart = page.getByRole('region', { name: 'Basket' });
  await cart
    .getByRole('button', { name: /^More of/ })
    .first()
    .click();
  await expect(cart.getByRole('listitem').first()).toContainText('2');
  await cart
    .getByRole('listitem')
    .last()
    .getByRole('button', { name: /^Change/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: '4', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await cart.getByRole('button', { name: /^Pay/ }).click();
  await page.getByRole('button', { name: /^Card/ }).click();
  await page.getByRole('button', { name: '5', exact: true }).click();
  await page.getByRole('button', { name: /^Take €5.00/ }).click();
  await expect(page.getByText('Still to pay', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Card/ }).click();
  await page.getByLabel('Amount: Card').fill('500');
  await page.getByRole('button', { name: /^Take €500/ }).click();
  await expect(page.getByText('in cash only')).toBeVisible();
  await page.getByRole('button', { name: /^Cash/ }).click();
  await page.getByRole('button', { name: '€50.00' }).click();
  await expect(page.getByText('Give back')).toBeVisible();
  const sold = await page.evaluate(() => window.fake.till.receipts.length);
  expect(sold).toBe(1);
});

/** Types into what has the focus within one moment, as a scanner does. */
async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    const press = (key: string): void => {
      const more = { key, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', more));
    };
    for (const letter of text) {
      press(letter);
      const field = document.activeElement;
      if (field instanceof HTMLInputElement) field.setRangeText(letter, 99, 99, 'end');
    }
    press('Enter');
  }, code);
}

test('a scan counts wherever the focus is, and leaves a field as it was', async ({ page }) => {
  await logIn(page);
  await page.keyboard.press('F4');
  await page.getByRole('textbox').fill('gom');
  // No product has this code: the field keeps it, as if it had been typed.
  await scan(page, '400000000000');
  await expect(page.getByRole('textbox')).toHaveValue('gom400000000000');
  await page.getByRole('textbox').fill('gom');
  await scan(page, '2000000000046');
  const line = page.getByRole('button', { name: 'Change Country loaf 1 kg' });
  await expect(line).toBeVisible();
  await line.focus();
  await scan(page, '2000000000046');
  await expect(page.getByRole('listitem').filter({ has: line })).toContainText('2');
});

test('part of a sale is taken back against its receipt', async ({ page }) => {
  await logIn(page);
  await add(page, '3*brioche');
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'New sale' }).waitFor();
  await page.keyboard.press('F3');
  await page.getByRole('textbox').fill('0001');
  await page.getByRole('button', { name: /C01\/0000001/ }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: 'Take back more of Brioche loaf 350 g' }).click();
  await page.getByRole('button', { name: 'Take back €3.20' }).click();
  await expect(page.getByText('Taken back. Pay back')).toBeVisible();
  await page.keyboard.press('F3');
  await page.getByRole('button', { name: /€9.60/ }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText(/2 of 3 can be taken back/)).toBeVisible();
});

test('the drawer is counted, and what differs is said', async ({ page }) => {
  await logIn(page);
  await add(page, 'brioche');
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'New sale' }).waitFor();
  await page.keyboard.press('F10');
  await page.getByLabel('Amount').fill('100');
  await page.keyboard.press('Enter');
  await expect(page.getByText('€100.00 was put into the drawer.').last()).toBeVisible();
  await page.getByText('Cash-up').click();
  await page.getByRole('button', { name: 'Count notes and coins' }).click();
  await page.getByLabel('Pieces of €50.00').fill('2');
  await page.getByRole('button', { name: 'Take €100.00' }).click();
  await expect(page.getByText('€3.20 missing')).toBeVisible();
  await page.getByLabel('Cash that stays in the drawer').fill('101');
  await expect(page.getByText('More than is there')).toBeVisible();
  await page.getByLabel('Cash that stays in the drawer').fill('80');
  await page.getByRole('button', { name: 'Close the cash-up' }).click();
  const report = page.getByRole('article', { name: 'Cash-up' }).first();
  await expect(report).toContainText('€80.00');
  const starting = await page.evaluate(
    () => window.fake.till.cashUpSoFar().methods[0]?.startingMinor,
  );
  expect(starting).toBe(8_000);
});

test('a customer is made and buys; a ticket waits and is taken up again', async ({ page }) => {
  await logIn(page);
  await add(page, 'brioche');
  await page.keyboard.press('F4');
  await page.getByRole('button', { name: 'New customer' }).click();
  await page.getByLabel('First name').fill('Nora');
  await page.getByLabel('Street and number').fill('Calle Mayor 1');
  await page.getByLabel('Postal code').fill('28013');
  await page.getByLabel('Town').fill('Madrid');
  await page.getByRole('button', { name: 'Create and sell' }).click();
  const cart = page.getByRole('region', { name: 'Basket' });
  await expect(cart.getByRole('link')).toContainText('Nora');
  await page.keyboard.press('F6');
  await page.getByLabel('Name or note').fill('red coat');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The basket is empty')).toBeVisible();
  await page.keyboard.press('F7');
  await page.getByRole('listitem').filter({ hasText: 'red coat' }).getByRole('button').click();
  await expect(cart.getByRole('link')).toContainText('Nora');
});

test('a till whose store is full says so, and keeps the basket', async ({ page }) => {
  await logIn(page);
  await add(page, 'brioche');
  await page.evaluate(() => {
    window.fake.till.fullStore = 'The disk is full.';
  });
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/so nothing was sold. The disk is full/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Change Brioche loaf 350 g' })).toBeVisible();
});

test('the header says what waits, and what the till can do', async ({ page }) => {
  await logIn(page);
  await page.evaluate(() =>
    window.fake.till.set({
      ...{ server: null, unsent: 3, sessionFault: 'expired' },
      can: { createCustomers: true, findOldReceipts: false },
    }),
  );
  await expect(page.getByText('Log in again to send 3 sales.')).toBeVisible();
  await page.getByRole('button', { name: /Works without a server · 3 wait/ }).click();
  await expect(page.getByText('only this till’s own')).toBeVisible();
});

test('Spanish is chosen at the log-in page, and is remembered', async ({ page }) => {
  await page.goto(server.url);
  await page.getByText('Español').click();
  await expect(page.getByRole('heading', { name: '¿Quién vende?' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '¿Quién vende?' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const check = async (screen: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
      expect({ screen, found }).toEqual({ screen, found: [] });
    };
    for (const state of ['nameless', 'elsewhere', 'failed', 'open']) {
      await page.goto(`${server.url}?state=${state}`);
      await page.getByRole('main').waitFor();
      await page.getByRole('heading').or(page.getByRole('alert')).first().waitFor();
      await check(state);
    }
    await page.getByRole('button', { name: 'Ana García' }).click();
    await check('pin');
    await logIn(page);
    await check('empty basket');
    await add(page, '2*brioche');
    await check('sell');
    await page.keyboard.press('F8');
    await page.getByRole('dialog').waitFor();
    await check('discount');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Change Brioche loaf 350 g' }).click();
    await check('line');
    await page.keyboard.press('Escape');
    await page.keyboard.press('F9');
    await check('pay');
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().waitFor();
    await check('done');
    await page.keyboard.press('F3');
    await page.getByRole('button', { name: /C01/ }).click();
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await check('receipt');
    await page.getByRole('button', { name: 'Take back' }).click();
    await check('take back');
    await page.keyboard.press('F4');
    await page.getByRole('textbox').fill('gomez');
    await page.getByRole('button', { name: /Gómez/ }).first().click();
    await check('customers');
    await page.getByRole('button', { name: 'Change the address' }).click();
    await check('address');
    await page.keyboard.press('F7');
    await page.getByText('Nothing was put aside').waitFor();
    await check('aside');
    await page.keyboard.press('F10');
    await check('cash');
    await page.getByText('Cash-up').click();
    await check('cash-up');
  });
}
