import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { freePorts } from '../../../server/cli/demo/free-ports.ts';
import type { IpcResult, ShellApi } from '../../../server/contract/ipc.ts';
import type { HostedServer, ShellStatus } from '../../../server/contract/ipc-schemas.ts';
import { healthSchema } from '../../../server/contract/settings.ts';
import { launchShell, startShell } from './launch.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** Where the managers' screens are, as a part of an address. */
export const SCREENS = '/manage/';

const START_TIMEOUT_MS = 20_000;
/** The index of "Stop and quit" among the buttons of the question. */
const AGREE = 1;
const REFUSE = 0;

/** A shell under test, in a folder and at a port of its own. What it started ends with it. */
export class ShellUnderTest implements AsyncDisposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'backroom-shell-'));
  readonly settingsPath = join(this.directory, 'settings.json');
  readonly port: number;
  readonly #apps: { app: ElectronApplication; child: ChildProcess }[] = [];
  readonly #services: ChildProcess[] = [];

  static async create(): Promise<ShellUnderTest> {
    const [port = 0] = await freePorts(1);
    return new ShellUnderTest(port);
  }

  private constructor(port: number) {
    this.port = port;
  }

  /** Settings of a main server: it needs nobody else. */
  mainServer(): HostedServer {
    const dataDirectory = join(this.directory, 'server');
    return { role: 'main', dataDirectory, port: this.port, openToNetwork: false };
  }

  writeSettings(settings: unknown): void {
    writeFileSync(this.settingsPath, JSON.stringify(settings));
  }

  readSettings(): { server?: HostedServer } {
    return JSON.parse(readFileSync(this.settingsPath, 'utf8')) as { server?: HostedServer };
  }

  /** The names of all settings files, the ones put aside included. */
  settingsFiles(): string[] {
    return readdirSync(this.directory).filter((name) => name.startsWith('settings'));
  }

  async launch(
    options: { language?: string; executablePath?: string } = {},
  ): Promise<ElectronApplication> {
    const app = await launchShell({ ...this.#own(), ...options });
    // Playwright forgets the process of an app that has closed.
    this.#apps.push({ app, child: app.process() });
    return app;
  }

  /** Starts the shell a second time. Resolves with the exit code of that second process. */
  startAgain(): Promise<number | null> {
    return startShell(this.#own());
  }

  /** Starts a server that the shell does not own, as a service would. Resolves when it answers. */
  async serve(): Promise<ChildProcess> {
    const entry = join(root, 'dist', 'server', 'cli', 'backroom.js');
    const data = join(this.directory, 'service');
    const words = ['serve', '--role', 'main', '--data', data, '--port', String(this.port)];
    const child = spawn(process.execPath, [entry, ...words], { stdio: 'ignore' });
    this.#services.push(child);
    await expect.poll(() => healthOf(this.port), { timeout: START_TIMEOUT_MS }).toBeDefined();
    return child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const service of this.#services) service.kill('SIGKILL');
    for (const { app, child } of this.#apps) await endShell(app, child);
    rmSync(this.directory, { recursive: true, force: true });
  }

  #own() {
    return { userDataDirectory: this.directory, serverPort: this.port };
  }
}

/** What the server at this port says of itself; undefined where none answers. */
export async function healthOf(port: number) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    return healthSchema.parse(await response.json());
  } catch {
    return undefined;
  }
}

/** Waits until the window shows an address with this part in it. A window may be replaced meanwhile. */
export async function shownPage(app: ElectronApplication, urlPart: string): Promise<Page> {
  const find = (): Page | undefined => app.windows().find((page) => page.url().includes(urlPart));
  await expect.poll(find, { timeout: START_TIMEOUT_MS, message: urlPart }).toBeDefined();
  return find()!;
}

/** Starts a shell that hosts a main server, and goes past its set-up code. */
export async function launchHosting(shell: ShellUnderTest): Promise<{
  app: ElectronApplication;
  screens: Page;
}> {
  shell.writeSettings({ server: shell.mainServer() });
  const app = await shell.launch();
  const page = await shownPage(app, 'status.html');
  await page.getByRole('button', { name: 'open the screens' }).click();
  return { app, screens: await shownPage(app, SCREENS) };
}

/** What the page learns from the shell's API. */
export async function statusIn(page: Page): Promise<ShellStatus> {
  const result = await page.evaluate(() =>
    (window as unknown as { backroomShell: ShellApi }).backroomShell.readStatus(),
  );
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** `window.backroomShell` for calls that the contract would not let a page write. */
export type LooseApi = Record<string, (payload?: unknown) => Promise<IpcResult<unknown>>>;

/** What was last set on the tray. */
export function trayOf(app: ElectronApplication): Promise<{ toolTip: string; labels: string[] }> {
  return app.evaluate(() => {
    const { recordedTray } = globalThis as unknown as { recordedTray: RecordedTray };
    const labels = recordedTray.menu.items.map((item) => item.label ?? '');
    return { toolTip: recordedTray.toolTip, labels };
  });
}

/** Chooses the item of the tray's menu. */
export function chooseInTray(app: ElectronApplication, label: string): Promise<void> {
  return app.evaluate((_electron, wanted) => {
    const { recordedTray } = globalThis as unknown as { recordedTray: RecordedTray };
    recordedTray.menu.items.find((item) => item.label === wanted)?.click?.();
  }, label);
}

interface RecordedTray {
  toolTip: string;
  menu: { items: { label?: string; click?: () => void }[] };
}

/** From now on the question before quitting is answered so; the questions are written down. */
export function answerQuestions(app: ElectronApplication, agrees: boolean): Promise<void> {
  return app.evaluate(
    ({ dialog }, response) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      Object.assign(dialog, {
        showMessageBox: (options: { message: string }) => {
          asked.push(options.message);
          return Promise.resolve({ response, checkboxChecked: false });
        },
      });
    },
    agrees ? AGREE : REFUSE,
  );
}

export function askedQuestions(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}

/** Serves one page that is not Backroom's, at this port of the computer or at any free one. */
export async function foreignSite(atPort = 0): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Elsewhere</title><p>Elsewhere</p>');
  });
  server.listen(atPort, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

/** Kills the server that a shell hosts and takes its port, so that the next one cannot start. */
export async function killAndBlock(shell: ShellUnderTest): Promise<{ close: () => void }> {
  const { pid } = (await healthOf(shell.port))!;
  process.kill(pid, 'SIGKILL');
  // A process that was killed holds its port for a moment.
  let blocker: { close: () => void } | undefined;
  await expect(async () => {
    blocker = await foreignSite(shell.port);
  }).toPass({ intervals: [10], timeout: START_TIMEOUT_MS });
  return blocker!;
}

/** Quits a shell that may have ended already. */
async function endShell(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await answerQuestions(app, true);
  await app.close();
}
