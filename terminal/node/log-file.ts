import type { FileHandle } from 'node:fs/promises';
import { copyFile, open, readFile, rename, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** What was read of a log file. */
export interface LogFileContent {
  /** The JSON values of the whole lines, in order. */
  values: unknown[];
  /** Lines before the end that are damaged; a copy of the file was put aside for a person. */
  damaged: number;
}

/**
 * A file of JSON lines that is only added to, each line with its checksum. A line counts when it is
 * whole: what a killed process or a lost power left of the last write is cut off at the next start.
 * Calls must not overlap.
 */
export class LogFile {
  readonly #path: string;
  #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Opens or makes the file and reads it. Throws what the file system says. */
  static async open(path: string): Promise<{ file: LogFile; content: LogFileContent }> {
    const isNew = !(await exists(path));
    const handle = await open(path, 'a');
    if (isNew) await syncDirectory(path);
    const { values, damaged, wholeBytes, bytes } = read(await readFile(path));
    if (damaged > 0) await copyFile(path, `${path}.damaged`);
    if (wholeBytes < bytes) {
      await truncate(path, wholeBytes);
      await handle.sync();
    }
    return { file: new LogFile(path, handle), content: { values, damaged } };
  }

  /** Resolves when the values would survive a loss of power. */
  async append(values: readonly unknown[]): Promise<void> {
    await this.#handle.appendFile(values.map(line).join(''));
    await this.#handle.datasync();
  }

  /** Puts these values in the place of all: after a crash the file has either all of them or the old ones. */
  async replace(values: readonly unknown[]): Promise<void> {
    const temporary = `${this.#path}.new`;
    const next = await open(temporary, 'w');
    await next.appendFile(values.map(line).join(''));
    await next.sync();
    await next.close();
    await rename(temporary, this.#path);
    await syncDirectory(this.#path);
    await this.#handle.close();
    this.#handle = await open(this.#path, 'a');
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** One line: eight digits of checksum, a blank, the JSON text. */
function line(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}

function read(content: Buffer): LogFileContent & { wholeBytes: number; bytes: number } {
  const values: unknown[] = [];
  let wholeBytes = 0;
  let bad = 0;
  let damaged = 0;
  for (let start = 0; start < content.length;) {
    const end = content.indexOf(0x0a, start);
    const next = end === -1 ? content.length : end + 1;
    const value = end === -1 ? undefined : parse(content.toString('utf8', start, end));
    if (value === undefined) {
      bad += 1;
    } else {
      values.push(value);
      // Bad lines that a good one follows are damage; those at the end are a torn write.
      damaged += bad;
      bad = 0;
      wholeBytes = next;
    }
    start = next;
  }
  return { values, damaged, wholeBytes, bytes: content.length };
}

function parse(text: string): unknown {
  const json = text.slice(9);
  if (text.slice(0, 9) !== `${checksum(json)} `) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return open(path, 'r').then(
    (handle) => handle.close().then(() => true),
    () => false,
  );
}

/** A new name in a directory is durable when the directory is flushed; not every system can do that. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(dirname(path), 'r').catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
