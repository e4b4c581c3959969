import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { electronUnderTest, usesRealElectron } from '../support/electron/launch.ts';
import { makeStandInDist } from '../support/electron/make-dist.ts';
import {
  ShellUnderTest,
  healthOf,
  shownPage,
  statusIn,
} from '../support/electron/shell-fixture.ts';

const root = join(import.meta.dirname, '..', '..');
const packageDirectory = join(root, 'release', 'linux-unpacked');
const resourcesDirectory = join(packageDirectory, 'resources');
const BUILD_TIMEOUT_MS = 110_000;

test.beforeAll(() => {
  test.setTimeout(BUILD_TIMEOUT_MS);
  console.log(`The package is built around ${electronUnderTest}.`);
  execFileSync(
    process.execPath,
    [
      createRequire(import.meta.url).resolve('electron-builder/cli.js'),
      ...['--linux', 'dir', '--publish', 'never'],
      ...['--config', join(import.meta.dirname, 'electron-builder.yml')],
      `--config.electronDist=${electronDirectory()}`,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], timeout: BUILD_TIMEOUT_MS },
  );
});

function electronDirectory(): string {
  if (usesRealElectron) return join(root, 'node_modules', 'electron', 'dist');
  const directory = join(root, 'release', 'electron-stand-in');
  makeStandInDist(directory);
  return directory;
}

test('holds the program and its parts, and no more than this platform needs', () => {
  const files = listPackage(join(resourcesDirectory, 'app.asar'), { isPack: false });
  for (const needed of [
    '/dist/main/index.js',
    '/dist/main/preload.cjs',
    '/dist/server/cli/backroom.js',
    '/dist/renderer/index.html',
    '/resources/shell/texts.json',
    '/resources/icons/tray.png',
  ]) {
    expect(files).toContain(needed);
  }
  expect(files.filter((name) => /\.(map|ts)$/.test(name))).toEqual([]);
  expect(files.filter((name) => /^\/(main|server|renderer|test|docs)/.test(name))).toEqual([]);
  expect(files.filter((name) => /node_modules\/(electron|node|vite)\//.test(name))).toEqual([]);

  const unpacked = join(resourcesDirectory, 'app.asar.unpacked', 'node_modules');
  expect(readdirSync(join(unpacked, 'better-sqlite3', 'prebuilds'))).toEqual(['linux-x64.node']);
  expect(existsSync(join(unpacked, 'better-sqlite3', 'deps'))).toBe(false);
});

test('starts, hosts its own server and shows the screens that it serves', async () => {
  await using shell = await ShellUnderTest.create();
  shell.writeSettings({ server: shell.mainServer() });
  const app = await shell.launch({ executablePath: join(packageDirectory, 'backroom') });
  expect(await app.evaluate((electron) => electron.app.isPackaged)).toBe(true);
  const codePage = await shownPage(app, 'status.html');
  await codePage.getByRole('button', { name: 'open the screens' }).click();

  const screens = await shownPage(app, '/manage/');
  await expect(screens).toHaveTitle(/Backroom/);
  await expect(screens.locator('#root')).not.toBeEmpty();
  expect(await statusIn(screens)).toMatchObject({ phase: 'running', hosted: true });
  expect(await healthOf(shell.port)).toMatchObject({ role: 'main', serverKey: 'Main' });
});
