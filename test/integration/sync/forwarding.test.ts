import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../server/core/digest.ts';
import { toModelRow } from '../../../server/core/model.ts';
import { modelNamed, modelsOf, standardModules } from '../../../server/modules.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';
import type { Storage } from '../../../server/storage/port.ts';
import { startSync } from '../../../server/sync/start.ts';
import type { Sync } from '../../../server/sync/start.ts';
import { changeableDefinitions } from '../../support/definitions.ts';
import { mainServer } from '../../unit/sync/fake-main.ts';
import { randomFrom } from '../../unit/sync/manual-system.ts';
import { JournalMain } from './journal-main.ts';
import type { Fate } from './journal-main.ts';
import { connect, hurried } from './strange-main.ts';

const TERMINALS = ['T1', 'T2', 'T3', 'T4'];
const FATES: readonly Fate[] = ['dieBefore', 'dieAfter', 'tear', 'page', 'hang'];
const models = modelsOf(standardModules);

const directories: string[] = [];
const running: { sync?: Sync | undefined; storage: Storage }[] = [];
afterEach(async () => {
  for (const { sync, storage } of running.splice(0)) {
    await sync?.stop();
    await storage.close();
  }
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function freshDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'backroom-sync-'));
  directories.push(directory);
  return directory;
}

async function openStore(directory: string, mainUrl: string): Promise<Storage> {
  const { clock, log } = hurried;
  const storage = await openSqliteStorage({ directory, models, clock, log });
  running.push({ storage });
  const main = toModelRow(modelNamed(models, 'MobileServer'), {
    ...mainServer,
    url: mainUrl,
  });
  if ('reason' in main) throw new Error(main.reason);
  await storage.putRows({ model: 'MobileServer', rows: [main], keepUnconfirmed: false });
  return storage;
}

async function start(storage: Storage, mainUrl: string): Promise<Sync> {
  const definitions = await storage.definitions();
  const sync = startSync({
    system: hurried,
    storage,
    definitions: changeableDefinitions(definitions),
    self: { key: 'Store', role: 'store', version: '1' },
    models: [],
    services: [],
    isTransaction: () => true,
    replicates: true,
    connect: () => connect(mainUrl, hurried),
  });
  running.find((one) => one.storage === storage)!.sync = sync;
  return sync;
}

/** Accepts messages as tills would post them, the terminals in turn. Returns their ids. */
async function sell(storage: Storage, count: number, name = 'M'): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, at) => `${name}${at}`);
  const accepted = ids.map((messageId, at) => {
    const body = new TextEncoder().encode(JSON.stringify({ messageId, data: [{ id: messageId }] }));
    return storage.accept({
      messageId,
      digest: digestOf(body),
      service: 'org.openbravo.retail.posterminal.OrderLoader',
      terminal: TERMINALS[at % TERMINALS.length]!,
      organization: '0',
      body,
      records: 1,
      reading: { ok: true, understanding: { changes: [], needs: [], makes: [], orderedAfter: [] } },
      destinations: ['Main'],
      judge: false,
      masked: false,
      tillSeq: null,
      prevDigest: null,
      serverKey: 'Store',
      actor: 'user:U',
    });
  });
  await Promise.all(accepted);
  return ids;
}

function shuffled<Item>(items: readonly Item[], chance: () => number): Item[] {
  const keyed = items.map((item) => ({ item, key: chance() }));
  return keyed.toSorted((one, other) => one.key - other.key).map(({ item }) => item);
}

async function confirmed(storage: Storage, ids: readonly string[]): Promise<void> {
  await expect
    .poll(async () => (await storage.statusOf(ids)).confirmed.length, {
      timeout: 30_000,
      interval: 20,
    })
    .toBe(ids.length);
}

function expectExactlyOnceInOrder(main: JournalMain, ids: readonly string[]): void {
  expect(main.journal.toSorted()).toEqual(ids.toSorted());
  expect(main.damaged).toBe(0);
  TERMINALS.forEach((terminal, lane) => {
    const expected = ids.filter((_id, at) => at % TERMINALS.length === lane);
    expect(main.laneOf(terminal)).toEqual(expected);
  });
}

describe('forwarding from a real database', () => {
  it('confirms what was accepted, as it is accepted', async () => {
    const main = new JournalMain();
    const url = await main.listen();
    const storage = await openStore(freshDirectory(), url);
    await start(storage, url);
    const ids = await sell(storage, 400);
    await confirmed(storage, ids);
    expectExactlyOnceInOrder(main, ids);
    expect(main.repeated).toBe(0);
  });

  it.each([11, 23, 42])(
    'has each effect once through a line that fails at every turn (seed %i)',
    async (seed) => {
      const chance = randomFrom(seed);
      const fates: Fate[] = shuffled([...FATES, ...FATES, ...FATES], chance);
      const main = new JournalMain();
      main.fate = (call) => fates[call - 1] ?? 'answer';
      const url = await main.listen();
      const storage = await openStore(freshDirectory(), url);
      await start(storage, url);
      const ids = await sell(storage, 200);
      await confirmed(storage, ids);
      expectExactlyOnceInOrder(main, ids);
      expect(main.repeated).toBeGreaterThan(0);
    },
  );

  it('sends again what was claimed when the server died', async () => {
    const main = new JournalMain();
    const url = await main.listen();
    const directory = freshDirectory();
    const before = await openStore(directory, url);
    const ids = await sell(before, 40);
    const claimed = await before.claim({
      destination: 'Main',
      nowMs: hurried.clock.nowMs(),
      limit: 30,
      byteLimit: 1e6,
    });
    expect(claimed).toHaveLength(30);
    running.length = 0;
    await before.close();

    const storage = await openStore(directory, url);
    expect(await storage.releaseClaims()).toBe(30);
    await start(storage, url);
    await confirmed(storage, ids);
    expectExactlyOnceInOrder(main, ids);
  });

  it('stops in the middle of a call and goes on after the next start', async () => {
    const main = new JournalMain();
    main.fate = () => 'hang';
    const url = await main.listen();
    const directory = freshDirectory();
    const before = await openStore(directory, url);
    const sync = await start(before, url);
    const ids = await sell(before, 10);
    await expect.poll(() => main.calls, { timeout: 10_000 }).toBeGreaterThan(0);
    await sync.stop();
    running.length = 0;
    await before.close();

    main.fate = () => 'answer';
    const storage = await openStore(directory, url);
    expect(await storage.releaseClaims()).toBe(0);
    await start(storage, url);
    await confirmed(storage, ids);
    expectExactlyOnceInOrder(main, ids);
  });
});
