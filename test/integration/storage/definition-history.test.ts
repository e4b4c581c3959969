import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { terminalSchema } from '../../../server/contract/definitions.ts';
import type { DefinitionsPut } from '../../../server/storage/port.ts';
import { openTestStorage, START_MS } from './support.ts';

/** A change that names a till anew. */
function naming(name: string, version: number, more: Partial<DefinitionsPut> = {}): DefinitionsPut {
  const after = terminalSchema.parse({
    ...{ id: 'T1', searchKey: 'T1', name, client: 'C', organization: 'O', priceList: 'P' },
    ...{ docNoPrefix: 'T1', currency: { id: '1', isoCode: 'EUR', precision: 2 } },
  });
  const row = { id: 'T1', scope: '', active: true, sortKey: '', json: JSON.stringify(after) };
  return {
    ...{ version, knownChangeNo: Number.MAX_SAFE_INTEGER, actor: 'user:U', reason: null },
    ...{ forced: [], edition: `e-${name}`, undoes: null },
    rows: [{ model: 'Terminal', id: 'T1', before: null, after, row }],
    ...more,
  };
}

test('a change is written with its history, over the version that it was judged against alone', async () => {
  await using store = await openTestStorage();
  const { storage } = store;
  const { version } = await storage.definitions();
  const made = await storage.changeDefinitions(naming('one', version));
  expect(made).toMatchObject({ result: 'changed', changeNo: 1 });
  expect(await storage.changeDefinitions(naming('two', version))).toEqual({ result: 'stale' });
  const now = await storage.definitions();
  expect(now.terminals.map(({ name }) => name)).toEqual(['one']);
  expect(await storage.changeDefinitions(naming('two', now.version, { knownChangeNo: 0 }))).toEqual(
    { result: 'changedMeanwhile', model: 'Terminal', id: 'T1', changeNo: 1 },
  );
  await storage.changeDefinitions(naming('two', now.version, { undoes: 1, reason: 'why' }));
  expect(await storage.newestDefinitionChange()).toEqual({ changeNo: 2, atMs: START_MS });
  expect(await storage.definitionHistory({ limit: 9 })).toMatchObject([
    { changeNo: 2, undoes: 1, undoneBy: null, reason: 'why' },
    { changeNo: 1, undoes: null, undoneBy: 2, rows: [{ before: null, after: { name: 'one' } }] },
  ]);
});

test('the history refuses to be altered', async () => {
  await using store = await openTestStorage();
  const { version } = await store.storage.definitions();
  await store.storage.changeDefinitions(naming('one', version));
  const database = new Database(join(store.directory, 'backroom.db'));
  for (const table of ['definition_change', 'definition_row_change']) {
    expect(() => database.prepare(`DELETE FROM ${table}`).run()).toThrow('append-only');
    expect(() => database.prepare(`UPDATE ${table} SET change_no = 9`).run()).toThrow(
      'append-only',
    );
  }
  database.close();
});

test('who has which edition is what was said last, whichever way it came', async () => {
  await using store = await openTestStorage();
  const { storage, clock } = store;
  const { version } = await storage.definitions();
  await storage.changeDefinitions(naming('one', version));
  const till = { terminal: 'T1', unsent: null, lastSeq: null, appVersion: null };
  clock.set(START_MS + 1_000);
  await storage.seeTill({ ...till, edition: 'e-one' });
  const older = { terminal: 'T1', edition: 'e-zero', seenMs: START_MS + 500 };
  const other = { terminal: 'T2', edition: null, seenMs: START_MS + 700 };
  await storage.seeServer({ serverKey: 'S', edition: 'e-zero', tills: [older, other] });
  // A till that says nothing of it keeps what it said.
  await storage.seeTill(till);
  expect(await storage.definitionTakers()).toEqual([
    { kind: 'server', id: 'S', edition: 'e-zero', reportedMs: START_MS + 1_000, changeNo: null },
    { kind: 'till', id: 'T1', edition: 'e-one', reportedMs: START_MS + 1_000, changeNo: 1 },
  ]);
  expect(await storage.tillsSeen(START_MS + 600)).toEqual([
    { terminal: 'T1', lastSeenMs: START_MS + 1_000, edition: 'e-one' },
    { terminal: 'T2', lastSeenMs: START_MS + 700, edition: null },
  ]);
  expect((await storage.tillsSeen(START_MS + 900)).map(({ terminal }) => terminal)).toEqual(['T1']);
});
