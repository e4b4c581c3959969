import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const CASHIER = { name: 'Ana García', pin: '1111' };
/** A loaf of bread. */
const PRODUCT = '100001';

/** A till looks for news this often; a test need not wait for it. */
const HEARTBEAT_MS = 15_000;
/** Between two heartbeats that are made to come early. */
const SHORT_MS = 600;
const PATIENT = { timeout: 30_000 };

/** A till in a browser as a cashier finds their way at it; what names its parts lives only here. */
export class TillPage {
  readonly page: Page;
  /** Numbers of the receipts that were paid, in their order; pages of one till share it. */
  readonly sold: string[];

  constructor(page: Page, sold: string[] = []) {
    this.page = page;
    this.sold = sold;
  }

  /** Opens the till and waits for the log-in page. */
  async open(url: string, till: string): Promise<void> {
    await this.goTo(url, till);
    await this.atDoor();
  }

  /** Opens the page, whatever it then says. */
  async goTo(url: string, till: string): Promise<void> {
    await this.page.clock.install();
    await this.page.goto(`${url}/pos/?terminalName=${till}`);
  }

  async atDoor(): Promise<void> {
    await expect(this.#tile).toBeVisible(PATIENT);
  }

  /** Logs in by tile and PIN. */
  async logIn(): Promise<void> {
    await this.#tile.click();
    await this.page.getByRole('textbox', { name: `PIN of ${CASHIER.name}` }).fill(CASHIER.pin);
    await this.page.keyboard.press('Enter');
    await expect(this.#search).toBeFocused(PATIENT);
  }

  /** Sells a loaf for cash by the keyboard alone; gives the receipt's number. */
  async sell(): Promise<string> {
    const { keyboard } = this.page;
    await expect(this.#search).toBeFocused();
    await keyboard.type(PRODUCT);
    await keyboard.press('Enter');
    await expect(this.page.getByRole('button', { name: /^Pay / })).toBeEnabled();
    await keyboard.press('F9');
    await expect(this.page.getByLabel(/^Amount/)).toBeFocused();
    await keyboard.press('Enter');
    const done = this.page.getByRole('region', { name: 'The ticket is done' });
    const text = await done.getByText(/^Receipt \S+\/\d+$/).textContent();
    const number = text!.replace('Receipt ', '');
    this.sold.push(number);
    await keyboard.press('Enter');
    return number;
  }

  async sellMany(count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) await this.sell();
  }

  /** So many records wait for a server, as the header says. */
  async expectUnsent(count: number): Promise<void> {
    const waiting = count === 1 ? '1 waits' : `${count} wait`;
    if (count === 0) await expect(this.#status).not.toContainText(/\d waits?/, PATIENT);
    else await expect(this.#status).toContainText(waiting, PATIENT);
  }

  /** The header names this server as the one that serves the till. */
  async expectServer(name: string): Promise<void> {
    await this.#untilTold(() => expect(this.#status).toContainText(name, { timeout: SHORT_MS }));
  }

  /** The screen says that head office has everything, and has the newest receipt. */
  async expectAtHeadOffice(): Promise<void> {
    await this.#status.click();
    const window = this.page.getByRole('dialog', { name: 'What this till can do now' });
    await this.#untilTold(async () => {
      const options = { timeout: SHORT_MS };
      await expect(window).toContainText('0 records are not at head office yet', options);
    });
    await expect(window).toContainText('0 records wait for a server');
    await expect(window).toContainText('0 records wait for somebody in the office');
    await this.page.keyboard.press('Escape');
    await expect(window).toBeHidden();
    await this.page.keyboard.press('F3');
    const receipt = this.page.getByRole('button', { name: this.sold.at(-1)! });
    await expect(receipt).toContainText('Head office');
    await this.page.keyboard.press('F2');
    await expect(this.#search).toBeFocused();
  }

  /** Counts the drawer and closes the cash-up. */
  async cashUp(): Promise<void> {
    await this.page.keyboard.press('F10');
    await this.page.getByText('Cash-up', { exact: true }).click();
    await this.page.getByLabel('Cash counted').fill('0');
    await this.page.getByRole('button', { name: 'Close the cash-up' }).click();
    await expect(this.page.getByRole('button', { name: 'Print the report' })).toBeVisible();
    await this.page.keyboard.press('F2');
  }

  /** Waits until the browser would open the page without a server. */
  async untilItStartsOffline(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }

  /** Another window has the till. */
  async expectElsewhere(): Promise<void> {
    await expect(this.page.getByText('This till is open in another window')).toBeVisible(PATIENT);
  }

  async useHere(): Promise<void> {
    await this.page.getByRole('button', { name: 'Use it here' }).click();
    await this.atDoor();
  }

  /** The till says that it will move, and sells on. */
  async expectMovesLater(to: string): Promise<void> {
    const banner = this.page.getByRole('status').filter({ hasText: `will move to ${to}` });
    await this.#untilTold(() => expect(banner).toBeVisible({ timeout: SHORT_MS }));
    await expect(this.#search).toBeVisible();
  }

  /** The till says that it moves, and sells nothing any more. */
  async expectMoves(to: string): Promise<void> {
    await expect(this.page.getByText(`This till moves to ${to}`)).toBeVisible(PATIENT);
    await expect(this.#search).toBeHidden();
  }

  /** Waits until the page stands at another origin. */
  async untilMovedTo(origin: string): Promise<void> {
    await this.#untilTold(() =>
      expect.poll(() => new URL(this.page.url()).origin, { timeout: SHORT_MS }).toBe(origin),
    );
    await this.atDoor();
  }

  get #tile(): Locator {
    return this.page.getByRole('button', { name: CASHIER.name });
  }

  get #search(): Locator {
    return this.page.getByLabel('Search a product or scan its code');
  }

  get #status(): Locator {
    return this.page.getByRole('banner').locator('button[data-tone]');
  }

  /** What a till learns with its next heartbeat: the page's clock goes on to that again and again. */
  async #untilTold(expectation: () => Promise<void>): Promise<void> {
    await expect(async () => {
      await this.page.clock.fastForward(HEARTBEAT_MS);
      await expectation();
    }).toPass(PATIENT);
  }
}
