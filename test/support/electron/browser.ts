import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../../../scripts/parts.ts';
import { CdpConnection } from './cdp.ts';
import { switchValue } from './runtime.ts';

const START_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 3_000;
const BLANK = 'data:text/html,';

/** The one Chromium whose pages are the windows. */
export interface Browser {
  connection: CdpConnection;
  /**
   * A page for a new window. The page that Chromium starts with, and the one that was opened so that
   * Chromium does not end with its last window, are used first.
   */
  takeTarget(size: { width: number; height: number }): Promise<string>;
  /** Closes a window's page; Chromium stays, though it be the last one. */
  closeTarget(targetId: string): Promise<void>;
}

let chromium: ChildProcess | undefined;
let profileDirectory: string | undefined;
let browser: Promise<Browser> | undefined;

export function startBrowser(): Promise<Browser> {
  browser ??= start();
  return browser;
}

/** Resolves when Chromium has ended, which is seen to. */
export async function closeBrowser(): Promise<void> {
  const child = chromium;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
  const started = await browser?.catch(() => undefined);
  await started?.connection.send('Browser.close').catch(() => undefined);
  await ended;
  clearTimeout(timer);
}

/** For the very end: what is left of Chromium goes, and its profile. */
export function killBrowser(): void {
  chromium?.kill('SIGKILL');
  if (profileDirectory !== undefined) {
    rmSync(profileDirectory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function start(): Promise<Browser> {
  const url = await launch();
  // Playwright waits for this line.
  if (switchValue('remote-debugging-port') !== '') console.error(`DevTools listening on ${url}`);
  const connection = await CdpConnection.connect(url);
  await connection.send('Target.setDiscoverTargets', { discover: true });
  const { targetInfos } = await connection.send<{
    targetInfos: { type: string; targetId: string }[];
  }>('Target.getTargets');
  let spare = targetInfos.find((target) => target.type === 'page')?.targetId;
  let openPages = 0;

  return {
    connection,
    async takeTarget(size) {
      openPages += 1;
      if (spare !== undefined) {
        const taken = spare;
        spare = undefined;
        return taken;
      }
      const parameters = { url: BLANK, newWindow: true, ...size };
      return (await connection.send<{ targetId: string }>('Target.createTarget', parameters))
        .targetId;
    },
    async closeTarget(targetId) {
      openPages -= 1;
      if (openPages === 0 && spare === undefined) {
        const created = await connection.send<{ targetId: string }>('Target.createTarget', {
          url: BLANK,
        });
        spare = created.targetId;
      }
      await connection.send('Target.closeTarget', { targetId });
    },
  };
}

/** Starts Chromium, with a window where there is a display. Answers the address of its DevTools. */
async function launch(): Promise<string> {
  const command = findCommand(['chromium', 'chromium-browser', 'google-chrome']);
  if (command === undefined) throw new Error('The stand-in for Electron needs Chromium.');
  profileDirectory = mkdtempSync(join(tmpdir(), 'electron-stand-in-profile-'));
  const child = spawn(command, chromiumArguments(profileDirectory), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  chromium = child;

  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => reject(new Error(`Chromium ${why}: ${output.slice(-500)}`));
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    child.once('exit', () => fail('ended'));
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk: string) => {
      const found = /DevTools listening on (ws:\S+)/.exec((output += chunk))?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      child.stderr.removeAllListeners('data').resume();
      resolve(found);
    });
  });
}

function chromiumArguments(profilePath: string): string[] {
  const hasDisplay = process.env['DISPLAY'] !== undefined;
  const language = switchValue('lang');
  return [
    ...(hasDisplay ? [] : ['--headless']),
    ...(language === '' ? [] : [`--lang=${language}`, `--accept-lang=${language}`]),
    '--remote-debugging-port=0',
    `--user-data-dir=${profilePath}`,
    `--app=${BLANK}`,
    '--no-sandbox',
    '--no-first-run',
    '--no-default-browser-check',
    '--password-store=basic',
    '--disable-gpu',
    '--disable-quic',
    '--disable-sync',
    '--disable-extensions',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-popup-blocking',
  ];
}
