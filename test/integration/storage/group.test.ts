import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { emit } from '../../../server/storage/operations/events.ts';
import type { Work } from '../../../server/storage/operations/work.ts';
import { sqlOn } from '../../../server/storage/sqlite/connection.ts';
import { groupRunner, type GroupRunner } from '../../../server/storage/sqlite/group.ts';
import { openForWriting } from '../../../server/storage/sqlite/prepare.ts';
import type { Piece } from '../../../server/storage/sqlite/protocol.ts';

const directory = mkdtempSync(join(tmpdir(), 'backroom-group-'));
let opened: Awaited<ReturnType<typeof openForWriting>>;
let group: GroupRunner;

/** Pieces that write a fact, and that fail in one way or another. */
async function runPiece({ sql, ...work }: Work, { operation, values }: Piece): Promise<unknown> {
  await sql.run({ text: 'INSERT INTO fact (name, value) VALUES (?, ?)' }, String(values[0]), '{}');
  await emit({ ...work, sql }, 'replication', {});
  if (operation === 'throw') throw new Error('a bug');
  if (operation === 'orphan') {
    await sql.run({ text: 'PRAGMA defer_foreign_keys = ON' });
    await sql.run({ text: `INSERT INTO entry_need VALUES ('n', 12345)` });
  }
  if (operation === 'fill') {
    await sql.run({ text: `INSERT INTO fact VALUES ('big', hex(randomblob(4000000)))` });
  }
  return values[0];
}

function piecesOf(...pieces: [operation: string, name: string][]): Piece[] {
  return pieces.map(([operation, name]) => ({ operation, values: [name] }));
}
const stored = () => opened.database.prepare('SELECT name FROM fact ORDER BY name').pluck().all();

beforeEach(async () => {
  opened = await openForWriting(join(directory, 'backroom.db'), 1_000);
  opened.database.exec('DELETE FROM fact; DELETE FROM event');
  const context = { models: new Map(), serverEpoch: 1 };
  group = groupRunner(opened.database, sqlOn(opened.database), context, runPiece);
});
afterEach(() => opened.database.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a piece that fails takes its writes and events with it, and nothing of the others', async () => {
  const result = await group.run(piecesOf(['ok', 'a'], ['throw', 'b'], ['ok', 'c']), 5);
  expect(result.fault).toBeUndefined();
  expect(result.answers).toEqual([
    { ok: true, value: 'a' },
    { ok: false, fault: { code: 'failed', message: 'a bug' } },
    { ok: true, value: 'c' },
  ]);
  expect(result.events.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(stored()).toEqual(['a', 'c']);
});

test('a commit that fails fails all', async () => {
  const result = await group.run(piecesOf(['ok', 'a'], ['orphan', 'b']), 5);
  expect(result.fault?.code).toBe('broken');
  expect(result.events).toEqual([]);
  expect(result.answers.every(({ ok }) => !ok)).toBe(true);
  expect(stored()).toEqual([]);
});

test('a full disk fails all, and says so', async () => {
  const pages = Number(opened.database.pragma('page_count', { simple: true }));
  opened.database.pragma(`max_page_count = ${pages + 20}`);
  const result = await group.run(piecesOf(['ok', 'a'], ['fill', 'b'], ['ok', 'c']), 5);
  expect(result.fault?.code).toBe('full');
  expect(result.answers.every(({ ok }) => !ok)).toBe(true);
  expect(stored()).toEqual([]);
});
