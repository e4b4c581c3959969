import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askToPersist, readStorage } from '../../../../terminal/browser/persistence.ts';

beforeEach(() => vi.stubGlobal('isSecureContext', true));
afterEach(() => vi.unstubAllGlobals());

function browser(members: object): void {
  vi.stubGlobal('navigator', members);
}

describe('what a browser promises', () => {
  it('is asked for once', async () => {
    const persist = vi.fn(() => Promise.resolve(true));
    browser({ storage: { persisted: () => Promise.resolve(false), persist } });
    expect(await askToPersist()).toBe(true);
    browser({ storage: { persisted: () => Promise.resolve(true), persist } });
    expect(await askToPersist()).toBe(true);
    expect(persist).toHaveBeenCalledTimes(1);
  });

  it('is told as it is', async () => {
    browser({
      storage: {
        persisted: () => Promise.resolve(true),
        estimate: () => Promise.resolve({ usage: 5, quota: 9 }),
      },
      serviceWorker: { getRegistration: () => Promise.resolve({ active: {} }) },
    });
    expect(await readStorage()).toEqual({
      ...{ persistent: true, startsOffline: true },
      ...{ usedBytes: 5, quotaBytes: 9 },
    });
  });

  it('is nothing where it says nothing', async () => {
    const nothing = { persistent: false, startsOffline: false, usedBytes: null, quotaBytes: null };
    browser({});
    expect(await askToPersist()).toBe(false);
    expect(await readStorage()).toEqual(nothing);
    const no = () => Promise.reject(new Error('no'));
    const serviceWorker = { getRegistration: no };
    browser({ storage: { persisted: no, persist: no, estimate: no }, serviceWorker });
    expect(await askToPersist()).toBe(false);
    expect(await readStorage()).toEqual(nothing);
  });

  it('needs a page that came safely, and a service worker that stands ready', async () => {
    const serviceWorker = { getRegistration: () => Promise.resolve({ active: {} }) };
    browser({ serviceWorker: { getRegistration: () => Promise.resolve(undefined) } });
    expect((await readStorage()).startsOffline).toBe(false);
    browser({ serviceWorker });
    vi.stubGlobal('isSecureContext', false);
    expect((await readStorage()).startsOffline).toBe(false);
  });
});
