import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TillCommand, TillEvent } from '../../../terminal/node/till-process.ts';
import { parseJournal } from '../../../terminal/node/journal.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { FakeStore } from './support/fake-store.ts';

const PROCESS = join(import.meta.dirname, '../../../terminal/node/till-process.ts');
const DEADLINE_MS = 25_000;

let store: FakeStore;
let server: Server;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  store = new FakeStore();
  server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const answer = await store.fetch(`http://store.test${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '' },
        body,
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  server.closeAllConnections();
  server.close();
});

function start(directory: string) {
  const config = {
    serverUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    terminal: 'C-01',
    userName: 'ana',
    pin: '1111',
    directory,
    seed: 7,
    heartbeatMs: 100,
  };
  const child = fork(PROCESS, ['--config', JSON.stringify(config)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  children.add(child);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    gone,
    tell: (command: TillCommand) => child.send(command),
    until: (wanted: (event: TillEvent) => boolean) =>
      new Promise<TillEvent>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no such event')), DEADLINE_MS);
        child.on('message', (message) => {
          const event = message as TillEvent;
          if (!wanted(event)) return;
          clearTimeout(timer);
          resolve(event);
        });
      }),
  };
}

const journalOf = (directory: string) =>
  parseJournal(readFileSync(join(directory, 'journal.ndjson'), 'utf8'));

describe('the process of a till', () => {
  it('killed while it sells and started again, loses nothing, repeats no number, and finishes', async () => {
    await using folder = temporaryDirectory();
    const first = start(folder.path);
    await first.until(({ event }) => event === 'ready');
    first.tell({ command: 'start', tickets: 1_000, perMinute: 0 });
    await first.until((event) => event.event === 'progress' && event.sold > 10);
    first.child.kill('SIGKILL');
    await first.gone;

    const second = start(folder.path);
    await second.until(({ event }) => event === 'ready');
    second.tell({ command: 'start', tickets: 5, perMinute: 0 });
    await second.until(({ event }) => event === 'sold');
    second.tell({ command: 'finish', deadlineMs: 20_000 });
    const finished = await second.until(({ event }) => event === 'finished');
    expect(await second.gone).toBe(0);

    const lines = journalOf(folder.path);
    const made = lines.filter((line) => line.what === 'made');
    const ids = (what: string) =>
      lines.filter((line) => line.what === what).map((line) => line.messageId);
    expect(finished).toMatchObject({ settled: true, unsent: 0, kept: 0 });
    expect(ids('accepted').toSorted()).toEqual(ids('made').toSorted());
    expect(ids('confirmed').toSorted()).toEqual(ids('made').toSorted());
    expect([...store.taken.keys()].toSorted()).toEqual(ids('made').toSorted());
    expect(made.map((line) => line.tillSeq)).toEqual(made.map((_, index) => index + 1));
    const numbers = made.flatMap((line) => line.documentNo ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    const kinds = new Set(made.map((line) => line.kind));
    expect([...kinds].toSorted()).toEqual(['cashMovement', 'cashUp', 'customer', 'return', 'sale']);
    // The cash-up names every ticket, those before the kill too.
    const tickets = made.filter((line) => line.kind === 'sale' || line.kind === 'return');
    const cashup = [...store.taken.values()].find(({ service }) =>
      service.endsWith('ProcessCashClose'),
    );
    expect(cashup?.message['data']).toMatchObject([{ ticketIds: tickets.map((line) => line.id) }]);
  }, 60_000);

  it('says why it cannot start', async () => {
    await using folder = temporaryDirectory();
    store.counters = { sale: 0.5, return: 1 };
    const till = start(folder.path);
    const fault = await till.until(({ event }) => event === 'fault');
    expect(fault).toMatchObject({
      message: expect.stringContaining('lastDocumentNumber') as string,
    });
    expect(await till.gone).toBe(1);
  }, 60_000);

  it('ends cleanly with SIGTERM', async () => {
    await using folder = temporaryDirectory();
    const till = start(folder.path);
    await till.until(({ event }) => event === 'ready');
    till.tell({ command: 'start', tickets: 1_000, perMinute: 600 });
    await till.until((event) => event.event === 'progress' && event.sold > 1);
    till.child.kill('SIGTERM');
    expect(await till.gone).toBe(0);
  }, 60_000);
});
