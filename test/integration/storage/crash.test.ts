import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { message, openOn, openTestStorage, ticketOf } from './support.ts';

const SELLER = new URL('./seller.ts', import.meta.url).pathname;

/** Sells in a process of its own, and kills it after so many receipts. */
async function sellAndKill(directory: string, receipts: number): Promise<string[]> {
  const child = spawn(process.execPath, [SELLER, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const received: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') {
      // The directory is another process's now.
      await expect(openOn(directory)).rejects.toMatchObject({
        code: 'locked',
        message: expect.stringContaining(`process ${child.pid ?? ''}`) as string,
      });
    } else {
      received.push(line);
      if (received.length === receipts) child.kill('SIGKILL');
    }
  }
  await exited;
  return received;
}

test('a killed process loses nothing that it gave a receipt for, and its claims are released', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'backroom-crash-'));
  for (const receipts of [40, 333]) {
    const received = await sellAndKill(directory, receipts);
    expect(received.length).toBeGreaterThanOrEqual(receipts);
    const storage = await openOn(directory);
    expect((await storage.statusOf(received)).unknown).toEqual([]);
    await storage.releaseClaims();
    const claimed = await storage.claim({
      destination: 'MAIN',
      nowMs: 1,
      limit: 10_000,
      byteLimit: 1e9,
    });
    const ids = claimed.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(received.filter((id) => !ids.includes(id))).toEqual([]);
    const { today } = await storage.overview({ dayStartMs: 0, dayEndMs: Date.UTC(2030, 0, 1) });
    expect(today.tickets).toBe(ids.length);
    await storage.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

test('after a fault of the disk the writer is fenced, opens anew and goes on', async () => {
  await using store = await openTestStorage();
  await store.storage.accept(message('m1', { changes: [ticketOf('1')] }));
  // A lock that outlasts the patience of the connection stands for a disk that does not answer.
  const intruder = new Database(join(store.directory, 'backroom.db'));
  intruder.exec('BEGIN IMMEDIATE');
  const refused = await Promise.allSettled([
    store.storage.accept(message('m2')),
    store.storage.accept(message('m3')),
  ]);
  for (const result of refused) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'broken' } });
  }
  intruder.exec('ROLLBACK');
  intruder.close();
  expect(await store.storage.accept(message('m2'))).toMatchObject({ repeated: false });
  expect((await store.storage.statusOf(['m1', 'm2', 'm3'])).unknown).toEqual(['m3']);
});
