import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { message, openOn, openTestStorage, ticketOf } from './support.ts';

describe('opening', () => {
  test('a WAL file that is opened again is FULL, as each connection reports', async () => {
    await using store = await openTestStorage();
    await store.storage.accept(message('m1'));
    await store.reopen();
    expect(store.storage.facts()).toMatchObject({
      synchronous: 2,
      journalMode: 'wal',
      schemaVersion: 4,
      engine: 'sqlite',
    });
    expect(await store.storage.statusOf(['m1', 'm2'])).toEqual({
      confirmed: [],
      parked: [],
      unknown: ['m2'],
    });
  });

  test('a second server on the same directory is refused, with the process that holds it', async () => {
    await using store = await openTestStorage();
    await expect(openOn(store.directory)).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
    await store.storage.accept(message('m1'));
    expect(readFileSync(join(store.directory, 'server.pid'), 'utf8')).toBe(`${process.pid}\n`);
  });

  test('a directory that cannot be made is refused in words', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'backroom-file-')), 'file');
    writeFileSync(file, '');
    await expect(openOn(join(file, 'data'))).rejects.toMatchObject({
      code: 'notWritable',
      message: expect.stringContaining('cannot be written') as string,
    });
  });

  test('a database of a newer version is refused and left as it is', async () => {
    await using store = await openTestStorage();
    await store.storage.close();
    const path = join(store.directory, 'backroom.db');
    const database = new Database(path);
    database.exec(`INSERT INTO schema_version VALUES (99, 'later', 0)`);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const before = readFileSync(path);
    await expect(openOn(store.directory)).rejects.toMatchObject({
      code: 'newer',
      message: expect.stringContaining('newer Backroom') as string,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    // The refusal has given the directory back.
    const mended = new Database(path);
    mended.exec('DELETE FROM schema_version WHERE version = 99');
    mended.close();
    store.storage = await openOn(store.directory);
  });

  test('a file that is no database is refused', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'backroom-broken-'));
    writeFileSync(join(directory, 'backroom.db'), 'not a database at all '.repeat(400));
    await expect(openOn(directory)).rejects.toMatchObject({ code: 'broken' });
    rmSync(directory, { recursive: true, force: true });
  });

  test('nothing is taken after close, and what waited is finished', async () => {
    await using store = await openTestStorage();
    const waiting = store.storage.accept(message('m1', { changes: [ticketOf('t1')] }));
    const closing = store.storage.close();
    await expect(waiting).resolves.toMatchObject({ repeated: false });
    await closing;
    await expect(store.storage.accept(message('m2'))).rejects.toMatchObject({ code: 'closed' });
    store.storage = await openOn(store.directory);
  });

  test('a database that is made anew has a higher epoch', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'backroom-epoch-'));
    const first = await openOn(directory, () => 1_000_000);
    const epoch = first.facts().serverEpoch;
    await first.close();
    rmSync(directory, { recursive: true, force: true });
    const second = await openOn(directory, () => 2_000_000);
    expect(second.facts().serverEpoch).toBeGreaterThan(epoch);
    await second.close();
    rmSync(directory, { recursive: true, force: true });
  });
});
