import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { MANAGER } from './manage-fixture.ts';

/** The screens as a person finds their way on them; selectors live only here. */
export function screensOf(page: Page) {
  return {
    headline: page.locator('[data-headline]'),
    connection: page.locator('[data-connection]'),
    banner: page.getByRole('alert').filter({ hasText: 'does not reach its server' }),
    figure: (name: string) => page.locator('dl > div', { hasText: name }).locator('dd').first(),
    main: (key: string) => page.locator(`[data-main="${key}"]`),
    entries: page.getByRole('table', { name: 'Entries' }),
    entryButtons: page.getByRole('button', { name: /^Open entry/ }),
    drawer: page.getByRole('dialog'),
    async open(url: string) {
      await page.goto(`${url}/manage/`);
      await page.getByLabel('User name').waitFor();
    },
    async logIn(user = MANAGER) {
      await page.getByLabel('User name').fill(user.userName);
      await page.getByLabel('Password', { exact: true }).fill(user.password);
      await page.getByRole('button', { name: 'Log in' }).click();
    },
    async waitUntilLive() {
      await page.locator('[data-connection=live]').waitFor();
    },
  };
}

/** Fails for anything that axe finds against WCAG 2.2 AA on the page as it is. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // Nothing here stands in a frame; for frames axe opens another page each time, which takes as long.
    .setLegacyMode()
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
  );
  expect(found, where).toEqual([]);
}

/** Collects what the page's policy blocks and what its scripts throw; both must stay empty. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return faults;
}
