import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for a test; `await using` removes it. */
export function temporaryDirectory(): { path: string } & AsyncDisposable {
  const path = mkdtempSync(join(tmpdir(), 'backroom-test-'));
  return {
    path,
    [Symbol.asyncDispose]() {
      rmSync(path, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}
