import { expect, it } from 'vitest';
import { buildDemoShop } from '../../../server/cli/demo/shop.ts';
import type { Definitions } from '../../../server/contract/definitions.ts';
import { openFileQueue } from '../../../terminal/node/file-queue.ts';
import { openJournal } from '../../../terminal/node/journal.ts';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import type { Platform } from '../../../terminal/platform.ts';
import { Till } from '../../../terminal/till.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import type { RunningEstate } from '../../support/topology/running-estate.ts';
import { CASHIER, runEstate } from '../../support/topology/running-estate.ts';
import { wrongEstate } from '../../support/topology/wrong-estate.ts';

const REFRESH = 'OBMOBC_RequestRouterRefreshTokenInterval';
const PING = 'OBMOBC_RequestRouterPingTimeInterval';
const DEFAULT_MS = { refresh: 30 * 60_000, ping: 5 * 60_000 };
const SET_MS = { refresh: 20 * 60_000, ping: 7 * 60_000 };
const HEARTBEAT_MS = 60 * 60_000;
const LIMIT_MS = 60_000;
const WAIT = { timeout: 20_000, interval: 50 };
const URL = 'http://127.0.0.1:1/openbravo';
const shop = buildDemoShop({
  ...{ mainUrl: URL, mainKey: 'Central', storeUrl: URL, storeKey: 'Shop', tills: 1 },
});
const others = shop.preferences.filter(({ key }) => key !== REFRESH && key !== PING);

const tooLong = wrongEstate('a ping interval that is too long').definitions.preferences;

/** The real platform, but that pauses of minutes end when the test says so. */
function steeredPlatform() {
  const real = nodePlatform(() => undefined, 1);
  const pending = new Map<number, () => void>();
  const called: string[] = [];
  const platform: Platform = {
    ...real,
    timers: {
      ...real.timers,
      pause: (ms, signal) =>
        ms < 60_000
          ? real.timers.pause(ms, signal)
          : new Promise((resolve) => {
              pending.set(ms, resolve);
              signal?.addEventListener('abort', () => resolve());
            }),
    },
    fetch: (input, init) => {
      if (typeof input === 'string') called.push(input);
      return real.fetch(input, init);
    },
  };
  return { platform, pending, called };
}

async function openAt(estate: RunningEstate, directory: string, platform: Platform) {
  const [queue, journal] = await Promise.all([openFileQueue(directory), openJournal(directory)]);
  const till = await Till.open(
    {
      ...{ platform, journal, queueLog: queue.log, heartbeatMs: HEARTBEAT_MS, appVersion: 'test' },
      ...{ serverUrl: estate.url('Shop'), terminalName: shop.terminals[0]!.searchKey },
      credentials: CASHIER,
    },
    LIMIT_MS,
  );
  return {
    till,
    async [Symbol.asyncDispose]() {
      await till.close();
      await Promise.all([queue.close(), journal.close()]);
    },
  };
}

it.each([
  { what: 'by default', preferences: others, ms: DEFAULT_MS },
  {
    what: 'as set for its organization',
    preferences: [...others, ...settings()],
    ms: SET_MS,
  },
  {
    what: 'of the wrong estate with a ping interval that is too long',
    preferences: [...others, ...tooLong.filter(({ key }) => key === PING)],
    ms: { ...DEFAULT_MS, ping: 2 * 60 * 60_000 },
  },
])(
  'a till renews its token and pings servers that are offline at the intervals $what',
  async ({ preferences, ms }) => {
    await using folder = temporaryDirectory();
    const definitions = { ...shop, preferences };
    await using estate = await runEstate(definitions, { models: shop.models });
    const { platform, pending, called } = steeredPlatform();
    await using opened = await openAt(estate, folder.path, platform);
    const { till } = opened;
    // A server that was still loading when the till started is pinged until it answers.
    await expect
      .poll(() => [...pending.keys()], WAIT)
      .toEqual(expect.arrayContaining([ms.ping, ms.refresh]));
    const calls = (part: string): number => called.filter((url) => url.includes(part)).length;
    const before = calls('authenticate.GetToken');
    pending.get(ms.refresh)?.();
    await expect.poll(() => calls('authenticate.GetToken'), WAIT).toBe(before + 1);

    await estate.stop('Shop');
    await till.probe();
    const [offline = ''] = till.state().offline;
    expect(till.state().offline).toEqual([offline]);
    await estate.start('Shop');
    pending.get(ms.ping)?.();
    await expect.poll(() => till.state().offline, WAIT).toEqual([]);
    // It looked eagerly at first; the interval is the longest pause between two pings.
    expect(calls('checkServerAvailability')).toBeGreaterThan(0);
  },
  LIMIT_MS,
);

/** Both intervals for the organization of the till. */
function settings(): Definitions['preferences'] {
  const { organization } = shop.terminals[0]!;
  const set = (id: string, key: string, ms: number) => ({
    ...{ ...others[0]!, id, key, value: String(ms), organization },
  });
  return [set('refresh', REFRESH, SET_MS.refresh), set('ping', PING, SET_MS.ping)];
}
