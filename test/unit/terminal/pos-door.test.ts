import { describe, expect, it } from 'vitest';
import { EMPTY_CART } from '../../../terminal/cart.ts';
import type { LogInResult, PosTill } from '../../../terminal/pos-till.ts';
import { fakePlatform } from './support/platform.ts';
import type { PosScene } from './support/pos.ts';
import {
  cartWith,
  cash,
  logIn,
  newPosScene,
  openDoorOf,
  reboot,
  STORAGE,
  tillOf,
} from './support/pos.ts';
import { rowsFor } from './support/shop.ts';

/** A till that sold, and was switched off. */
async function usedTill(): Promise<PosScene> {
  const scene = newPosScene();
  const door = await openDoorOf(scene);
  await door.lookIn();
  const till = tillOf(await door.logIn('ana', '1111'));
  await scene.platform.advance(100);
  await till.logOut();
  return reboot(scene);
}

const bread = (till: PosTill) => cartWith(till, 'Baguette Piece');

describe('the door of a till', () => {
  it('shows who may log in, and that nothing is kept yet', async () => {
    const view = await (await openDoorOf(newPosScene())).lookIn();
    expect(view).toEqual({
      terminalName: 'C-01',
      cashiers: [{ userId: 'U1', userName: 'ana', name: 'Ana' }],
      online: true,
      catalogueLoadedAtMs: null,
      unsent: 0,
      storage: STORAGE,
    });
  });

  it('needs a server at the first start', async () => {
    const scene = newPosScene();
    scene.store.down = true;
    const door = await openDoorOf(scene);
    expect(await door.lookIn()).toMatchObject({ online: false, cashiers: [] });
    expect(await door.logIn('ana', '1111')).toMatchObject({ ok: false, why: 'needsServer' });
  });

  it('loads everything, sells, and hands over', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    expect(till.catalogue.products.size).toBe(534);
    const sold = await till.sell(bread(till), cash(till, 100));
    expect(sold).toMatchObject({ changeMinor: 5, receipt: { where: 'till', grossMinor: 95 } });
    await scene.platform.advance(200);
    expect(scene.store.taken.has(sold.done.messageId)).toBe(true);
    await till.logOut();
  });

  it('lets nobody in whom a server refuses, and forgets what was known of them', async () => {
    const scene = await usedTill();
    scene.store.pins = { ana: '2222' };
    const door = await openDoorOf(scene);
    expect(await door.logIn('ana', '1111')).toMatchObject({ ok: false, why: 'refused' });
    scene.store.down = true;
    expect(await door.logIn('ana', '1111')).toEqual({ ok: false, why: 'unknownOffline' });
  });

  it('opens without any server, sells, and sends by itself when one is back', async () => {
    const scene = await usedTill();
    scene.store.down = true;
    const door = await openDoorOf(scene);
    const view = await door.lookIn();
    expect(view).toMatchObject({ online: false, cashiers: [{ userName: 'ana', name: 'Ana' }] });
    expect(view.catalogueLoadedAtMs).not.toBeNull();
    expect(await door.logIn('ana', '9999')).toEqual({ ok: false, why: 'wrong' });
    expect(await door.logIn('bob', '1111')).toEqual({ ok: false, why: 'unknownOffline' });
    const till = tillOf(await door.logIn('ana', '1111'));
    expect(till.cashier).toEqual({ userId: 'U1', userName: 'ana', name: 'Ana' });
    const sold = await till.sell(bread(till), cash(till, 95));
    await scene.platform.advance(20_000);
    expect(till.status()).toMatchObject({ unsent: 1, server: null, sessionFault: null });

    scene.store.down = false;
    await scene.platform.advance(120_000);
    expect(scene.store.taken.has(sold.done.messageId)).toBe(true);
    expect(till.status()).toMatchObject({ unsent: 0, server: 'Default', sessionFault: null });
    await till.logOut();
  });

  it('says so when a server later refuses whoever it let in', async () => {
    const scene = await usedTill();
    scene.store.down = true;
    const till = await logIn(scene);
    await till.sell(bread(till), cash(till, 95));
    scene.store.pins = {};
    scene.store.down = false;
    await scene.platform.advance(120_000);
    expect(till.status().sessionFault).toContain('wrong');
    expect(till.status().unsent).toBe(1);
    await till.logOut();
  });

  it('does not wait for a server that never answers', async () => {
    const scene = await usedTill();
    const silent = {
      ...scene,
      platform: fakePlatform(() => new Promise<Response>(() => undefined)),
    };
    const door = await openDoorOf(silent);
    let result: LogInResult | undefined;
    void door.logIn('ana', '1111').then((each) => (result = each));
    await silent.platform.advance(6_500);
    expect(result?.ok).toBe(true);
  });

  it('goes on sending after a log-out, then ends the session', async () => {
    const scene = newPosScene();
    const till = await logIn(scene);
    scene.store.down = true;
    await till.sell(bread(till), cash(till, 95));
    await till.logOut();
    await expect(till.sell(bread(till), cash(till, 95))).rejects.toMatchObject({ code: 'notOpen' });
    scene.store.down = false;
    await scene.platform.advance(120_000);
    expect(scene.store.taken.size).toBe(1);
    expect(scene.store.requests.at(-1)).toContain('logout');
  });

  it('asks only for what is new, and sells at the new price without a stop', async () => {
    const scene = await usedTill();
    scene.store.requests.length = 0;
    const [row] = rowsFor('Product').filter((each) => each['_identifier'] === 'Baguette Piece');
    const gone = rowsFor('Product').find((each) => each['_identifier'] === 'Cola 330 ml');
    const till = await logIn(scene);
    const old = till.catalogue;
    expect(old.products.size).toBe(534);
    scene.store.changed.set('Product', [
      { ...row!, standardPrice: 1.05 },
      { ...gone!, active: false },
    ]);
    await scene.platform.advance(11 * 60_000);
    expect(till.catalogue).not.toBe(old);
    expect(till.catalogue.products.size).toBe(533);
    expect(till.price(bread(till))).toMatchObject({ totals: { grossMinor: 105 } });
    await till.logOut();

    const again = reboot(scene);
    again.store.down = true;
    const offline = await logIn(again);
    expect(offline.price(bread(offline))).toMatchObject({ totals: { grossMinor: 105 } });
    await offline.logOut();
  });

  it('loads all again for another price list', async () => {
    const scene = await usedTill();
    await scene.keeping.answers.write('catalogue', { loadedAtMs: 1, scope: 'another' });
    scene.store.changed.set('Product', []);
    const till = await logIn(scene);
    expect(till.status().catalogueLoadedAtMs).toBeGreaterThan(1);
    expect(till.catalogue.products.size).toBe(534);
    await till.logOut();
  });

  it('prices nothing in an empty cart', async () => {
    const till = await logIn(newPosScene());
    expect(till.price(EMPTY_CART)).toMatchObject({ code: 'emptyBasket' });
    await till.logOut();
  });
});
