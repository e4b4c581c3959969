import { expect, test } from '@playwright/test';
import { freePorts } from '../../server/cli/demo/free-ports.ts';
import { CONTEXT_PATH } from '../../server/contract/limits.ts';
import { writeCertificate } from '../support/certificate.ts';
import { expectEachOnce } from '../support/pos-shop/books.ts';
import { createProfile } from '../support/pos-shop/profile.ts';
import type { PosShop } from '../support/pos-shop/shop.ts';
import { openPosShop, STORE_KEY } from '../support/pos-shop/shop.ts';
import { TillPage } from '../support/pos-shop/till-page.ts';

test.use({ locale: 'en-GB' });
test.describe.configure({ mode: 'default', timeout: 90_000 });

const UNSENT = 20;

let shop: PosShop;

test.beforeAll(async () => {
  shop = await openPosShop();
});
test.afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});
test.beforeEach(async () => {
  // With the options of no move.
  await shop.store.stop();
  await shop.allUp();
});

/** How the store server's page gets another origin: the options, and that origin. */
interface Move {
  options: string[];
  publicUrl: string;
}

async function toHttps(): Promise<Move> {
  const [port] = (await freePorts(1)) as [number];
  const { certPath, keyPath } = await writeCertificate(shop.folder);
  const publicUrl = `https://localhost:${port}`;
  const files = ['--tls-cert', certPath, '--tls-key', keyPath, '--https-port', String(port)];
  return { options: [...files, '--public-url', publicUrl], publicUrl };
}

function toAnotherName(): Promise<Move> {
  const publicUrl = shop.store.url.replace('localhost', 'store.localhost');
  return Promise.resolve({ options: ['--public-url', publicUrl], publicUrl });
}

for (const [where, moveOf] of [
  ['from http to https', toHttps],
  ['to the new name of its computer', toAnotherName],
] as const) {
  test(`a till moves ${where} with ${UNSENT} unsent sales`, async ({
    playwright,
    launchOptions,
  }) => {
    const { options, publicUrl } = await moveOf();
    const name = shop.nextTill();
    await using profile = createProfile({ playwright, launchOptions }, shop.folder, name);
    const till = new TillPage(await (await profile.open()).newPage());
    await till.open(shop.store.url, name);
    await till.logIn();
    await till.sell();
    await till.expectUnsent(0);
    await Promise.all([shop.store.kill(), shop.main.kill()]);
    await till.sellMany(UNSENT);
    await till.expectUnsent(UNSENT);

    await shop.store.startWith(options);
    await till.expectUnsent(0);
    await till.expectMovesLater(publicUrl);
    await till.cashUp();
    await till.expectMoves(publicUrl);
    expect(new URL(till.page.url()).origin).toBe(shop.store.url);
    await shop.main.start();
    await till.untilMovedTo(publicUrl);
    await till.logIn();
    await till.sell();
    await expectEachOnce(shop, name, till);

    // Its server is defined there too, so head office takes what it sells while that is down.
    const fields = { url: publicUrl + CONTEXT_PATH };
    await shop.office.changeServer(shop.serverId(STORE_KEY), fields);
    await shop.store.kill();
    await till.sell();
    await expectEachOnce(shop, name, till);
  });
}
