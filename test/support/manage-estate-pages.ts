import type { Page } from '@playwright/test';

/** The windows of the estate as a person finds their way on them; selectors live only here. */
export function estateOf(page: Page) {
  const review = page
    .getByRole('dialog')
    .filter({ has: page.getByRole('button', { name: 'Back' }) });
  const drawer = page.getByRole('dialog').first();
  const changes = page.locator('[data-change]');
  const save = async (): Promise<void> => {
    await review.getByRole('button', { name: 'Save', exact: true }).click();
    await review.waitFor({ state: 'hidden' });
  };
  return {
    names: [
      ...(['Servers', 'Organizations', 'Services', 'Preferences'] as const),
      ...(['Check', 'Estate file', 'History', 'Uptake'] as const),
    ],
    drawer,
    /** The window in which a change is looked at. */
    review,
    /** The same where nothing can be saved: there is only the way back. */
    refusal: page.getByRole('dialog').filter({ has: page.getByText('Close', { exact: true }) }),
    /** The changes in the history, the newest first. */
    changes,
    save,
    row: (key: string) => page.locator(`tr[data-server="${key}"]`),
    taker: (name: string) => page.locator('tr[data-taker]', { hasText: name }).first(),
    preference: (key: string) => page.locator(`[data-preference="${key}"]`),
    async go(name: string) {
      const tabs = page.getByRole('navigation', { name: 'Estate' });
      await tabs.getByRole('link', { name, exact: true }).click();
      await page.locator('main h2').first().waitFor();
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'hidden' });
    },
    async openServer(name: string) {
      await page.getByRole('button', { name: `Open server ${name}` }).click();
      await drawer.getByRole('textbox', { name: 'Name' }).waitFor();
    },
    /** Opens an organization and waits for everything that is told of it. */
    async openOrganization(name: string) {
      await page.getByRole('button', { name: `Open organization ${name}`, exact: true }).click();
      await drawer.getByRole('listitem').first().waitFor();
      await drawer
        .getByText(/\d+ services/)
        .first()
        .waitFor();
    },
    async propose() {
      await drawer.getByRole('button', { name: 'Look at the change' }).click();
    },
    /** Takes back one of the changes that are shown, 0 the newest; resolves when it is seen. */
    async undo(index: number) {
      const before = await changes.first().getAttribute('data-change');
      await changes
        .nth(index)
        .getByRole('button', { name: /^Take back/ })
        .click();
      await save();
      await page.locator(`[data-change="${Number(before) + 1}"]`).waitFor();
    },
  };
}
