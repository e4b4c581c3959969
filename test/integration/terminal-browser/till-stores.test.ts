import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PageServer } from './support/browser.ts';
import { launch, launchProfile, openTab, servePage } from './support/browser.ts';
import type {} from './support/page.ts';

let server: PageServer;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  [server, browser] = await Promise.all([servePage(), launch()]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

// A context of its own is what a private window is: nothing of it stays.
beforeEach(async () => {
  context = await browser.newContext();
});

afterEach(() => context.close());

async function openTill(origin = server.origin): Promise<Page> {
  const page = await openTab(context, origin);
  expect(await page.evaluate(() => window.till.open())).toBeNull();
  return page;
}

async function leadTill(origin = server.origin): Promise<Page> {
  const page = await openTill(origin);
  await page.evaluate(() => window.till.lead());
  return page;
}

async function temporaryProfile(): Promise<AsyncDisposable & { directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'till-profile-'));
  const remove = () => rm(directory, { recursive: true, force: true, maxRetries: 5 });
  return { directory, [Symbol.asyncDispose]: remove };
}

const eventsOf = (page: Page): Promise<string[]> => page.evaluate(() => window.till.events);

describe('a browser that is killed', () => {
  it('has every sale that it said was done when its profile is opened again', async () => {
    await using profile = await temporaryProfile();
    const { directory } = profile;
    const first = await launchProfile(directory);
    const page = await openTab(first.context, server.origin);
    const done: string[] = [];
    const enough = new Promise<void>((resolve) => {
      void page.exposeFunction('told', (messageId: string) => {
        if (done.push(messageId) === 40) resolve();
      });
    });
    await page.waitForFunction(() => window.told !== undefined);
    await page.evaluate(() => window.till.open());
    await page.evaluate(() => window.till.lead());
    void page.evaluate(() => window.till.sellOn()).catch(() => undefined);
    await enough;
    await first.kill();

    const second = await launchProfile(directory);
    const again = await openTab(second.context, server.origin);
    await again.evaluate(() => window.till.open());
    await again.evaluate(() => window.till.lead());
    const kept = await again.evaluate(() =>
      window.till.queue.messages().map(({ messageId, tillSeq }) => ({ messageId, tillSeq })),
    );
    const mended = await again.evaluate(async () => (await window.till.stores.report()).mended);
    await second.kill();
    expect(kept.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(done));
    expect(kept.map(({ tillSeq }) => tillSeq)).toEqual(kept.map((_, index) => index + 1));
    expect(mended).toBeNull();
  });
});

describe('two tabs of a till', () => {
  for (const kind of ['origin', 'plainOrigin'] as const) {
    it(`are led by one, and the other gets the till when it asks (${kind})`, async () => {
      const one = await leadTill(server[kind]);
      await one.evaluate(() => window.till.sell());
      const other = await openTill(server[kind]);
      const leading = other.evaluate(() => window.till.lead());
      await expect.poll(() => eventsOf(other)).toEqual(['waiting']);
      expect(await other.evaluate(() => window.till.tryWrite(1))).toBe('notLeader');

      await other.evaluate(() => window.till.stores.useHere());
      await leading;
      expect(await eventsOf(one)).toEqual(['leads', 'asked']);
      expect(await one.evaluate(() => window.till.tryWrite(1))).toBe('notLeader');
      await other.evaluate(() => window.till.sell());
      expect(
        await other.evaluate(() => window.till.queue.messages().map((each) => each.tillSeq)),
      ).toEqual([1, 2]);
    });
  }

  it('pass the till on when the tab that has it is closed', async () => {
    const one = await leadTill();
    const other = await openTill();
    const leading = other.evaluate(() => window.till.lead());
    await expect.poll(() => eventsOf(other)).toEqual(['waiting']);
    await one.close();
    await leading;
    await other.evaluate(() => window.till.sell());
  });

  it('let a newer page have the store, and say so', async () => {
    const old = await leadTill();
    const newer = await openTab(context, server.origin);
    await newer.evaluate(() => window.till.upgrade());
    expect(await eventsOf(old)).toEqual(['leads', 'closed: newerPage']);
    expect(await old.evaluate(() => window.till.tryWrite(1))).toBe('closed');
    // The old page, loaded again, does not touch what it does not understand.
    const again = await openTab(context, server.origin);
    expect(await again.evaluate(() => window.till.open())).toBe('newer');
  });
});

describe('a full disk', () => {
  it('refuses a sale, keeps those before, and sells again when there is space', async () => {
    const page = await openTab(context, server.origin);
    const { origin } = server;
    const devTools = await context.newCDPSession(page);
    // Set before the store is opened: the browser asks for the quota only now and then.
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 500_000 });
    await page.evaluate(() => window.till.open());
    await page.evaluate(() => window.till.lead());
    const kept = await page.evaluate(() => window.till.sell());
    expect(await page.evaluate(() => window.till.tryWrite(5_000_000))).toBe('full');
    await devTools.send('Storage.overrideQuotaForOrigin', { origin });
    expect(await page.evaluate(() => window.till.tryWrite(5_000_000))).toBeNull();
    await page.evaluate(() => window.till.sell());

    await page.reload();
    await page.evaluate(() => window.till.open());
    await page.evaluate(() => window.till.lead());
    const ids = await page.evaluate(() =>
      window.till.queue.messages().map((each) => each.messageId),
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(kept);
  });
});

describe('a cashier without a server', () => {
  it('is known by what cannot be taken along, at a cost for each try', async () => {
    const page = await openTill();
    const checkMs = await page.evaluate(() => window.till.measureCheck());
    // A machine may be faster than the one of the docs; what costs nothing was not done.
    expect(checkMs).toBeGreaterThan(50);
    expect(await page.evaluate(() => window.till.spy())).toEqual({
      rows: 1,
      exported: 'InvalidAccessError',
    });
    // The rows beside another browser's key: not even the right secret fits.
    await page.evaluate(() => window.till.changeKey());
    const check = () =>
      page.evaluate(() => window.till.stores.keeping.cashiers.check('ann', '1234'));
    expect(await check()).toEqual({ ok: false, why: 'wrong' });
  });

  it('needs one over plain http, where everything else works', async () => {
    const page = await leadTill(server.plainOrigin);
    await page.evaluate(() => window.till.sell());
    const ann = { userId: 'U1', userName: 'ann', name: 'Ann' };
    const checked = await page.evaluate(async (cashier) => {
      const { cashiers } = window.till.stores.keeping;
      await cashiers.learn(cashier, '1234');
      return [await cashiers.list(), await cashiers.check('ann', '1234')];
    }, ann);
    expect(checked).toEqual([[], { ok: false, why: 'unknown' }]);
    expect(await page.evaluate(() => window.till.digest('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    const report = await page.evaluate(() => window.till.stores.report());
    expect(report).toMatchObject({ persistent: false, startsOffline: false, mended: null });
  });
});

describe('the size of a large shop', () => {
  it('is kept, read back whole, and sold on', async () => {
    // In a profile on the disk: what a private window keeps is in memory.
    await using profile = await temporaryProfile();
    const { context: kept, kill } = await launchProfile(profile.directory);
    const page = await openTab(kept, server.origin);
    await page.evaluate(() => window.till.open());
    await page.evaluate(() => window.till.lead());
    const { bytes } = await page.evaluate(() => window.till.keepLargeShop());
    await page.evaluate(() => window.till.sell());
    const report = await page.evaluate(() => window.till.stores.report());
    await kill();
    expect(report.usedBytes).toBeGreaterThan(bytes / 10);
    expect(report.quotaBytes).toBeGreaterThan(bytes);
  });
});
