import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** Imports that the law forbids, each planted in a file of its own folder. */
const PLANTED = [
  ['renderer/planted-by-a-test.ts', '../server/storage/port.ts', 'renderer/ may import only'],
  ['server/core/planted-by-a-test.ts', '../storage/port.ts', 'server/core/ may import only'],
  ['server/mobile/planted-by-a-test.ts', '../security/tokens.ts', 'server/mobile/ may import only'],
  ['main/planted-by-a-test.ts', '../server/start.ts', 'main/ may import only'],
  ['terminal/planted-by-a-test.ts', '../server/start.ts', 'terminal/ may import only'],
] as const;

async function lint(paths: readonly string[]): Promise<string> {
  const found = await run('eslint', ['--no-cache', ...paths]).catch(
    (error: unknown) => error as { stdout: string },
  );
  return found.stdout;
}

/** A port is a door between the folders: this import is allowed. */
const ALLOWED = ['server/sync/planted-by-a-test.ts', '../storage/port.ts'] as const;

describe('the import law', () => {
  const paths = [...PLANTED.map(([path]) => path), ALLOWED[0]];
  afterEach(() => {
    for (const path of paths) rmSync(path, { force: true });
  });

  it('finds every forbidden import that is planted, and lets the ports through', async () => {
    for (const [path, target] of PLANTED) writeFileSync(path, `export * from '${target}';\n`);
    writeFileSync(ALLOWED[0], `export type { Storage } from '${ALLOWED[1]}';\n`);
    const output = await lint(paths);
    for (const [, , message] of PLANTED) expect(output).toContain(message);
    expect(output).not.toContain(ALLOWED[0]);
  });
});
