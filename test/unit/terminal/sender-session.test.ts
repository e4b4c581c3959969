import { describe, expect, it } from 'vitest';
import { CASHIER, openDelivery, SERVICES, stop } from './support/delivering.ts';

const STORE = { name: 'store', isMain: false, services: SERVICES };
const OTHER = { name: 'other', isMain: false, services: SERVICES };
const MINUTE_MS = 60_000;

describe('a till without a session', () => {
  it('sends nothing until somebody logs in, then everything', async () => {
    const { estate, router, queue, sell, ...opened } = await openDelivery([STORE], {
      isLoggedIn: false,
    });
    expect(router.sessionFault).toContain('nobody has logged in');
    await sell('OrderLoader');
    await estate.platform.advance(10 * MINUTE_MS);
    expect(estate.requests).toEqual([]);
    const logIn = router.logIn(CASHIER);
    await estate.platform.advance(200);
    expect(await logIn).toEqual({ ok: true, server: 'store' });
    expect(router.sessionFault).toBeNull();
    expect(queue.unsent('store')).toBe(0);
    await stop({ estate, router, queue, sell, ...opened });
  });

  it('logs in whom it let in itself as soon as a server answers', async () => {
    const opened = await openDelivery([STORE], { isLoggedIn: false });
    const { estate, router, queue, sell } = opened;
    const [store] = estate.servers;
    if (store !== undefined) store.mood = 'refuses';
    router.adopt(CASHIER);
    await sell('OrderLoader');
    await estate.platform.advance(10 * MINUTE_MS);
    expect(estate.count('POSLoginHandler')).toBeLessThan(30);
    if (store !== undefined) store.mood = 'well';
    await estate.platform.advance(MINUTE_MS);
    expect([router.sessionFault, queue.size]).toEqual([null, 0]);
    await stop(opened);
  });
});

describe('a session that is not taken any more', () => {
  it('is renewed once for all who need it, and no request is lost', async () => {
    const opened = await openDelivery([STORE, OTHER]);
    const { estate, router } = opened;
    const [store, other] = estate.servers;
    if (store !== undefined) store.mood = 'locked';
    const asked = Array.from({ length: 8 }, () => router.query('OrderLoader', {}));
    await estate.platform.advance(1_000);
    const names = (await Promise.all(asked)).map((routed) => routed.server?.name);
    expect(new Set(names)).toEqual(new Set([other?.name]));
    // The server that is locked, then the other.
    expect(estate.count('GetToken')).toBe(2);
    expect(router.sessionFault).toBeNull();
    expect(router.offline()).toContain('store');
    await stop(opened);
  });

  it('keeps the messages while the log-in is refused, asks seldom, and says why', async () => {
    const opened = await openDelivery([STORE]);
    const { estate, router, queue, sell } = opened;
    const [store] = estate.servers;
    if (store !== undefined) store.mood = 'locked';
    estate.letsIn = false;
    const before = estate.count('POSLoginHandler');
    await sell('OrderLoader');
    await estate.platform.advance(60 * MINUTE_MS);
    expect(router.sessionFault).toContain('locked out');
    // After 10, 20, 40 … seconds, then every five minutes.
    expect(estate.count('POSLoginHandler') - before).toBeLessThanOrEqual(18);
    expect(queue.size).toBe(1);
    Object.assign(estate, { letsIn: true });
    if (store !== undefined) store.mood = 'well';
    await estate.platform.advance(6 * MINUTE_MS);
    expect([router.sessionFault, queue.size]).toEqual([null, 0]);
    await stop(opened);
  });
});
