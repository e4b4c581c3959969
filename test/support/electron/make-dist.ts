import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ELECTRON_VERSION } from './runtime.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Makes a folder that electron-builder takes for Electron's own files. Its executable runs the
 * stand-in of this checkout on the `resources/app.asar` that is packaged beside it.
 */
export function makeStandInDist(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'locales'), { recursive: true });
  mkdirSync(join(directory, 'resources'));
  writeFileSync(join(directory, 'version'), ELECTRON_VERSION);
  writeFileSync(join(directory, 'locales', 'en-US.pak'), '');
  copyFileSync(join(root, 'LICENSE'), join(directory, 'LICENSE'));
  const executablePath = join(directory, 'electron');
  writeFileSync(
    executablePath,
    `#!/bin/sh
STAND_IN_EXECUTABLE="$(readlink -f "$0")" exec "${root}/node_modules/.bin/node" "${import.meta.dirname}/boot.ts" "$@"
`,
  );
  chmodSync(executablePath, 0o755);
}
