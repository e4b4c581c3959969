import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { _electron } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..', '..');
const LAUNCH_TIMEOUT_MS = 30_000;

/** Whether the specs run on the real Electron; else on the stand-in. */
export const usesRealElectron = process.env['ELECTRON_BINARY'] === 'real';
// The way that Electron's own package offers to run another build of it.
if (!usesRealElectron) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = import.meta.dirname;

/** Which of the two is under test, for the run's output. */
export const electronUnderTest = usesRealElectron
  ? 'the real Electron'
  : 'the stand-in for Electron (docs/electron-stand-in.md)';

export interface LaunchOptions {
  userDataDirectory: string;
  /** The port that is looked at and proposed while nothing is set. */
  serverPort: number;
  /** A packaged app instead of the checkout. */
  executablePath?: string;
  language?: string;
}

/** Starts the built shell. Its tray is recorded, except in a packaged app. */
export async function launchShell(options: LaunchOptions): Promise<ElectronApplication> {
  const { executablePath } = options;
  const switches = switchesOf(options);
  const recorder = join(import.meta.dirname, 'tray-recorder.cjs');
  const args = executablePath === undefined ? ['-r', recorder, ...switches, root] : switches;
  return _electron.launch({
    args,
    ...(executablePath === undefined ? {} : { executablePath }),
    timeout: LAUNCH_TIMEOUT_MS,
  });
}

/** Starts the shell without anybody at its other end, as a person would. Resolves with its exit code. */
export async function startShell(options: LaunchOptions): Promise<number | null> {
  const electron = createRequire(import.meta.url)('electron') as string;
  const child = spawn(electron, [...switchesOf(options), root], { stdio: 'ignore' });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode;
}

function switchesOf({
  userDataDirectory,
  serverPort,
  language = 'en-US',
}: LaunchOptions): string[] {
  return [
    `--user-data-dir=${userDataDirectory}`,
    `--server-port=${serverPort}`,
    `--lang=${language}`,
  ];
}
