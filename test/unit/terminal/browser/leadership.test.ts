import { describe, expect, it } from 'vitest';
import { takeEpoch } from '../../../../terminal/browser/epoch.ts';
import type { Holder } from '../../../../terminal/browser/hold.ts';
import { ASK_DEADLINE_MS, Leadership } from '../../../../terminal/browser/leadership.ts';
import { BEAT_MS, leaseHolder, PATIENT_LOOKS } from '../../../../terminal/browser/lease-holder.ts';
import { webLockHolder } from '../../../../terminal/browser/web-lock-holder.ts';
import type { FakePlatform } from '../support/platform.ts';
import { fakePlatform } from '../support/platform.ts';
import { openTest, useFakeIndexedDb } from './support/stores.ts';

useFakeIndexedDb();

/** Real things (a database, locks) move beside the time of the test: it looks again until they did. */
async function until(platform: FakePlatform, isSo: () => boolean, stepMs = 0): Promise<void> {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) await platform.advance(stepMs);
  expect(isSo()).toBe(true);
}

interface Window {
  leadership: Leadership;
  events: string[];
  epoch: number;
  release: () => Promise<void>;
}

let windows = 0;

const kinds: [string, (platform: FakePlatform, name: string) => Promise<Holder>][] = [
  [
    'a Web Lock',
    async (_platform, name) => {
      const database = await openTest(name);
      const take = () => takeEpoch(database);
      return webLockHolder({ name, locks: navigator.locks, takeEpoch: take });
    },
  ],
  ['a lease', async (platform, name) => leaseHolder(await openTest(name), platform.timers)],
];

describe.each(kinds)('the lead by %s', (_kind, holderOf) => {
  async function openWindow(
    platform: FakePlatform,
    name: string,
    { answers = true, signal }: { answers?: boolean; signal?: AbortSignal } = {},
  ): Promise<Window> {
    const leadership = new Leadership(name, await holderOf(platform, name), platform.timers);
    const window: Window = { leadership, events: [], epoch: 0, release: () => Promise.resolve() };
    const events = window.events;
    void leadership
      .lead({
        onWaiting: () => events.push('waiting'),
        onAsked: () => {
          events.push('asked');
          return answers ? Promise.resolve() : new Promise(() => undefined);
        },
        onLost: () => events.push('lost'),
        ...(signal !== undefined && { signal }),
      })
      .then(
        (lead) => {
          Object.assign(window, { epoch: lead.epoch, release: () => lead.release() });
          events.push('leads');
        },
        () => events.push('gave up'),
      );
    return window;
  }

  const newName = (): string => `windows-${(windows += 1)}`;

  it('goes to the next window when it is given back', async () => {
    const [platform, name] = [fakePlatform(), newName()];
    const one = await openWindow(platform, name);
    await until(platform, () => one.events.includes('leads'));
    const other = await openWindow(platform, name);
    await until(platform, () => other.events.includes('waiting'));
    await one.release();
    await until(platform, () => other.events.includes('leads'), BEAT_MS);
    expect(one.events).toEqual(['leads']);
    expect(other.epoch).toBeGreaterThan(one.epoch);
    await other.release();
  });

  it('goes to the window that asks for it, once the other has closed its till', async () => {
    const [platform, name] = [fakePlatform(), newName()];
    const one = await openWindow(platform, name);
    await until(platform, () => one.events.includes('leads'));
    const other = await openWindow(platform, name);
    await until(platform, () => other.events.includes('waiting'));
    other.leadership.useHere();
    await until(platform, () => other.events.includes('leads'), BEAT_MS / 10);
    expect(one.events).toEqual(['leads', 'asked']);
    await other.release();
  });

  it('is taken from a window that does not answer', async () => {
    const [platform, name] = [fakePlatform(), newName()];
    const one = await openWindow(platform, name, { answers: false });
    await until(platform, () => one.events.includes('leads'));
    const other = await openWindow(platform, name);
    await until(platform, () => other.events.includes('waiting'));
    other.leadership.useHere();
    await until(platform, () => one.events.includes('asked'));
    expect(other.events).toEqual(['waiting']);
    await until(platform, () => other.events.includes('leads'), ASK_DEADLINE_MS / 20);
    await until(platform, () => one.events.includes('lost'), BEAT_MS);
    await other.release();
  });

  it('is waited for no longer than the page wants', async () => {
    const [platform, name] = [fakePlatform(), newName()];
    const one = await openWindow(platform, name);
    await until(platform, () => one.events.includes('leads'));
    const stop = new AbortController();
    const other = await openWindow(platform, name, { signal: stop.signal });
    await until(platform, () => other.events.includes('waiting'));
    stop.abort();
    await until(platform, () => other.events.includes('gave up'));
    await one.release();
  });
});

describe('a lease', () => {
  it('is taken over after so many looks without a sign of life, and the one that slept finds out', async () => {
    const database = await openTest();
    const platform = fakePlatform();
    const asleep = fakePlatform();
    const first = await leaseHolder(database, asleep.timers).wait(
      new AbortController().signal,
      () => undefined,
    );
    let second: number | undefined;
    void leaseHolder(database, platform.timers)
      .wait(new AbortController().signal, () => undefined)
      .then(({ epoch }) => (second = epoch));
    for (let look = 1; look < PATIENT_LOOKS; look += 1) await platform.advance(BEAT_MS);
    expect(second).toBeUndefined();
    await until(platform, () => second !== undefined, BEAT_MS);
    expect(second).toBe(first.epoch + 1);
    // When the first wakes, its next beat tells it.
    let isLost = false;
    void first.lost.then(() => (isLost = true));
    await until(asleep, () => isLost, BEAT_MS);
  });
});
