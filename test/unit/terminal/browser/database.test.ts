import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../../terminal/browser/database.ts';
import type { BrowserStores, StoresOptions } from '../../../../terminal/browser/open-stores.ts';
import { openStores } from '../../../../terminal/browser/open-stores.ts';
import type { StoreFault } from '../../../../terminal/browser/store-fault.ts';
import { fakePlatform } from '../support/platform.ts';
import { headRecord, platform, useFakeIndexedDb } from './support/stores.ts';

useFakeIndexedDb();

const NAME = 'backroom-till-T1';

function open(over: Partial<StoresOptions> = {}): Promise<BrowserStores | StoreFault> {
  // Only a page says so; Node has no such word.
  vi.stubGlobal('isSecureContext', true);
  return openStores('T1', { platform, onClosed: () => undefined, ...over });
}

async function opened(over: Partial<StoresOptions> = {}): Promise<BrowserStores> {
  const stores = await open(over);
  if ('fault' in stores) throw new Error(stores.message);
  return stores;
}

const lead = (stores: BrowserStores) =>
  stores.lead({ onAsked: () => Promise.resolve(), onLost: () => undefined });

describe('a store that cannot be used now', () => {
  it('is refused with words when another window holds an older one', async () => {
    // A page that does not listen: it never closes.
    await openDB('till', 1);
    const fake = fakePlatform();
    const opening = openDatabase('till', {
      ...{ timers: fake.timers, onClosed: () => undefined, version: 2 },
    });
    const refused = expect(opening).rejects.toMatchObject({
      code: 'blocked',
      message: expect.stringMatching(/Close the other windows/) as string,
    });
    await fake.advance(10_000);
    await refused;
  });

  it('opens as soon as the other window lets go', async () => {
    const closed: string[] = [];
    const { timers } = platform;
    const old = await openDatabase('till', { timers, onClosed: (why) => closed.push(why) });
    await old.put('answers', { a: 1 }, 'session');
    const next = await openDatabase('till', { timers, onClosed: () => undefined, version: 2 });
    expect(closed).toEqual(['newerPage']);
    expect(await next.get('answers', 'session')).toEqual({ a: 1 });
  });

  it('is left alone when a newer page wrote it', async () => {
    (await openDB(NAME, 99)).close();
    expect(await open()).toMatchObject({ fault: 'newer' });
  });

  it('is kept beside a new one when somebody decides to begin anew', async () => {
    const first = await opened();
    const held = await lead(first);
    await first.queueLog.append([headRecord(7)]);
    await held.release();
    first.close();
    const broken = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('Internal error opening backing store', 'UnknownError');
    });
    expect(await open()).toMatchObject({
      fault: 'unreadable',
      message: expect.stringMatching(/do not clear/) as string,
    });
    broken.mockRestore();

    const anew = await opened({ anew: true });
    expect(await anew.queueLog.read()).toEqual([]);
    expect((await anew.report()).mended).toMatch(/began a new store/);
    anew.close();
    // The next start finds the new one, and the old one is where it was.
    const later = await opened();
    expect((await later.report()).mended).toMatch(/began a new store/);
    const old = await openDB(NAME);
    expect(await old.getAll('queue')).toEqual([headRecord(7)]);
  });
});

describe('a browser that keeps nothing', () => {
  it('gets a till in memory that says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const stores = await opened();
    expect(stores.isVolatile).toBe(true);
    const held = await lead(stores);
    await stores.queueLog.append([headRecord(1)]);
    expect(await stores.queueLog.read()).toEqual([headRecord(1)]);
    expect(await stores.report()).toMatchObject({
      persistent: false,
      mended: expect.stringMatching(/keeps no data/) as string,
    });
    expect(await stores.keeping.cashiers.check('ann', '1')).toEqual({ ok: false, why: 'unknown' });
    await held.release();
  });

  it('gets one too where it refuses to open a database', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect((await opened()).isVolatile).toBe(true);
  });
});
