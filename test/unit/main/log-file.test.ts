import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from '../../../main/log-file.ts';

describe('the log file', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'backroom-log-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

  it('goes on where it was left', async () => {
    const path = join(directory, 'logs', 'server.log');
    openLogFile(path).write('first');
    await expect.poll(() => textOf(path)).toBe('first\n');
    openLogFile(path).write('second');
    await expect.poll(() => textOf(path)).toBe('first\nsecond\n');
  });

  it('keeps one old file, so that it never takes more than twice its limit', async () => {
    const path = join(directory, 'server.log');
    const log = openLogFile(path, 10);
    for (const line of ['12345', '67890', 'abcde', 'fghij', 'klmno']) {
      log.write(line);
      await expect.poll(() => textOf(path)).toContain(line);
    }
    expect(textOf(path)).toBe('klmno\n');
    expect(textOf(`${path}.1`)).toBe('abcde\nfghij\n');
  });
});
