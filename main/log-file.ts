import type { WriteStream } from 'node:fs';
import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Past this size a new file is begun; one old file is kept beside it. */
const LARGEST_BYTES = 5 * 1024 * 1024;

export interface LogFile {
  write: (line: string) => void;
}

/**
 * Appends lines to the file. When it has grown to `largestBytes`, it is renamed to `<path>.1`, in
 * place of the one before. A log that cannot be written is no reason to stop: it is left out.
 */
export function openLogFile(path: string, largestBytes = LARGEST_BYTES): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let bytes = sizeOf(path);
  let stream = append(path);
  return {
    write(line) {
      if (bytes >= largestBytes) {
        stream.end();
        renameSync(path, `${path}.1`);
        stream = append(path);
        bytes = 0;
      }
      bytes += Buffer.byteLength(line) + 1;
      stream.write(`${line}\n`);
    },
  };
}

function append(path: string): WriteStream {
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', () => undefined);
  return stream;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
