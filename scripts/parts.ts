import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A program that the tests need and that npm cannot install. */
interface Part {
  name: string;
  why: string;
  /** Debian's package of that name. */
  debianPackage: string;
  commands: string[];
}

const PARTS: Part[] = [
  {
    name: 'Chromium',
    why: 'end-to-end tests drive a real browser',
    debianPackage: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
  },
];

/** The path of the first of these commands that is installed, or undefined. */
export function findCommand(commands: readonly string[]): string | undefined {
  for (const directory of (process.env['PATH'] ?? '').split(':')) {
    for (const command of commands) {
      const path = `${directory}/${command}`;
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

function isDebian(): boolean {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Makes sure that every part is there. A missing part is installed from Debian's packages where this
 * process may do so (root on Debian); elsewhere the process ends with the one command to run.
 * A test run never goes on without a part, so nothing is skipped silently.
 */
export function ensureParts(): void {
  const missing = PARTS.filter((part) => !findCommand(part.commands));
  if (missing.length === 0) return;
  for (const part of missing) console.log(`missing: ${part.name} (${part.why})`);
  const packages = missing.map((part) => part.debianPackage);
  const install = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isDebian() || process.getuid?.() !== 0) {
    console.error(`Install what is missing, then run this again:\n  sudo sh -c '${install}'`);
    process.exit(1);
  }
  const result = spawnSync('sh', ['-c', install], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const stillMissing = missing.filter((part) => !findCommand(part.commands));
  if (result.status !== 0 || stillMissing.length > 0) {
    console.error(`Could not install: ${packages.join(', ')}. The command was:\n  ${install}`);
    process.exit(1);
  }
}
