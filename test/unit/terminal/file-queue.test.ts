import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MessageQueue } from '../../../terminal/queue.ts';
import { openFileQueue } from '../../../terminal/node/file-queue.ts';
import { JOURNAL_FILE, openJournal, parseJournal } from '../../../terminal/node/journal.ts';
import { LogFile } from '../../../terminal/node/log-file.ts';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import type { Told } from './support/writer.ts';

const platform = nodePlatform(() => undefined, 1);

const draft = (number: number) => ({
  messageId: `m${number}`,
  service: 'OrderLoader',
  head: {},
  data: [{ id: `t${number}`, note: 'Über ünïcode – too' }],
  entry: {
    kind: 'sale' as const,
    id: `t${number}`,
    documentNo: `T/${number}`,
    grossMinor: number,
    atMs: number,
    counter: { prefix: 'T', number },
  },
});

describe('the file queue', () => {
  it('cut at any byte, has exactly what was wholly written before, and takes new messages', async () => {
    await using directoryFolder = temporaryDirectory();
    const directory = directoryFolder.path;
    const path = join(directory, 'queue.log');
    const { log, close } = await openFileQueue(directory);
    const queue = await MessageQueue.open(log, platform);
    // The size of the file after each message was called done.
    const done: number[] = [readFileSync(path).length];
    for (let number = 1; number <= 2; number += 1) {
      await queue.add(draft(number));
      done.push(readFileSync(path).length);
    }
    await close();
    const whole = readFileSync(path);
    await using cutDirectoryFolder = temporaryDirectory();
    const cutDirectory = cutDirectoryFolder.path;
    const cutPath = join(cutDirectory, 'queue.log');
    for (let length = done[0]!; length <= whole.length; length += 1) {
      writeFileSync(cutPath, whole.subarray(0, length));
      const cut = await openFileQueue(cutDirectory);
      expect(cut.damaged).toBe(0);
      const again = await MessageQueue.open(cut.log, platform);
      const kept = done.filter((size) => size <= length).length - 1;
      expect(again.messages()).toEqual(queue.messages().slice(0, kept));
      await again.add(draft(9));
      await cut.close();
      const reopened = await openFileQueue(cutDirectory);
      const ids = (await MessageQueue.open(reopened.log, platform))
        .messages()
        .map((each) => each.messageId);
      expect(ids).toEqual([
        ...queue
          .messages()
          .slice(0, kept)
          .map((each) => each.messageId),
        'm9',
      ]);
      await reopened.close();
    }
  }, 60_000);

  it('keeps every whole line around a damaged one, and puts a copy aside', async () => {
    await using directoryFolder = temporaryDirectory();
    const directory = directoryFolder.path;
    const path = join(directory, 'queue.log');
    const { log, close } = await openFileQueue(directory);
    const queue = await MessageQueue.open(log, platform);
    for (let number = 1; number <= 3; number += 1) await queue.add(draft(number));
    await close();
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('"m2"') + 2] = 0x7a;
    writeFileSync(path, bytes);
    const damaged = await openFileQueue(directory);
    expect(damaged.damaged).toBe(1);
    const again = await MessageQueue.open(damaged.log, platform);
    expect(again.messages().map((each) => each.messageId)).toEqual(['m1', 'm3']);
    expect(readFileSync(`${path}.damaged`)).toEqual(bytes);
    await damaged.close();
  });

  it('replaces its content whole, and goes on', async () => {
    await using folder = temporaryDirectory();
    const path = join(folder.path, 'log');
    const { file } = await LogFile.open(path);
    await file.append([1, 2, 3]);
    await file.replace(['a']);
    await file.append(['b']);
    await file.close();
    // What a crash between writing and renaming leaves behind is in nobody's way.
    writeFileSync(`${path}.new`, 'torn');
    const { file: again, content } = await LogFile.open(path);
    expect(content).toEqual({ values: ['a', 'b'], damaged: 0 });
    await again.close();
  });

  it('killed while it writes, has every message that it called done', async () => {
    await using directoryFolder = temporaryDirectory();
    const directory = directoryFolder.path;
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'support/writer.ts'), directory],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let told = '';
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (told.split('\n').length > 60) resolve();
      });
    });
    child.kill('SIGKILL');
    await gone;
    const lines = told.split('\n').slice(0, -1);
    const doneIds = lines.map((line) => (JSON.parse(line) as Told).done);
    const { log, close } = await openFileQueue(directory);
    const kept = (await MessageQueue.open(log, platform)).messages().map((each) => each.messageId);
    expect(kept).toEqual(expect.arrayContaining(doneIds));
    await close();
  }, 30_000);
});

describe('the journal', () => {
  const made = (number: number) => ({
    what: 'made' as const,
    terminal: 'T',
    kind: 'sale' as const,
    id: `t${number}`,
    messageId: `m${number}`,
    documentNo: `T/${number}`,
    grossMinor: 100,
    tillSeq: number,
    atMs: number,
  });

  it('has a line of each kind once, and counts', async () => {
    await using directoryFolder = temporaryDirectory();
    const directory = directoryFolder.path;
    const journal = await openJournal(directory);
    await journal.write(made(1));
    await journal.write(made(1));
    await journal.write({ what: 'accepted', messageId: 'm1', atMs: 5 });
    await journal.write({ what: 'accepted', messageId: 'm1', atMs: 6 });
    await journal.close();
    const lines = parseJournal(readFileSync(join(directory, JOURNAL_FILE), 'utf8'));
    expect(lines).toEqual([made(1), { what: 'accepted', messageId: 'm1', atMs: 5 }]);
    const again = await openJournal(directory);
    expect(again.totals()).toMatchObject({ sold: 1, accepted: 1, confirmed: 0, grossMinor: 100 });
    await again.close();
  });

  it('cut at any byte, goes on behind its last whole line', async () => {
    await using sourceFolder = temporaryDirectory();
    const source = sourceFolder.path;
    const journal = await openJournal(source);
    await journal.write(made(1));
    await journal.write({ ...made(2), documentNo: 'Ü/2' });
    await journal.close();
    const whole = readFileSync(join(source, JOURNAL_FILE));
    await using directoryFolder = temporaryDirectory();
    const directory = directoryFolder.path;
    const path = join(directory, JOURNAL_FILE);
    for (let length = 0; length <= whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length));
      const cut = await openJournal(directory);
      await cut.write(made(3));
      await cut.close();
      const ids = parseJournal(readFileSync(path, 'utf8')).map((line) => line.messageId);
      const first = whole.indexOf('\n') + 1;
      const before = length === whole.length ? ['m1', 'm2'] : length >= first ? ['m1'] : [];
      expect(ids).toEqual([...before, 'm3']);
    }
  });
});
