import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder that holds package.json: the same for the sources, for dist/ and inside a package. */
const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** A path below the package's root, for example `packagePath('resources', 'icons')`. */
export function packagePath(...parts: string[]): string {
  return join(packageRoot, ...parts);
}

/** The program's version, as package.json says. */
export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(packagePath('package.json'), 'utf8'))).version;

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json of Backroom was not found');
  return findPackageRoot(parent);
}
