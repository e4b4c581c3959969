import { expect } from '@playwright/test';
import type { PosShop } from './shop.ts';
import type { TillPage } from './till-page.ts';

const ARRIVED = { timeout: 40_000, intervals: [200] };

/**
 * What every story ends with: the main has each ticket that was paid at the till, once and in the
 * till's order, and the screen says that all of it is there.
 */
export async function expectEachOnce(shop: PosShop, till: string, page: TillPage): Promise<void> {
  const numbers = (): (string | null)[] =>
    shop.ticketsAtMain(till).map(({ documentNo }) => documentNo);
  await expect.poll(numbers, ARRIVED).toEqual(page.sold);
  await page.expectAtHeadOffice();
  // What arrives twice arrives late: when the till has nothing left to send.
  expect(numbers()).toEqual(page.sold);
}
