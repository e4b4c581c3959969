import { EventEmitter } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { closeBrowser, killBrowser, startBrowser } from './browser.ts';
import { PreventableEvent } from './event.ts';
import { hasSwitch, runtime, switchValue } from './runtime.ts';
import { takeInstanceLock } from './instance-lock.ts';

/** What the windows tell and give the app, which must not import them. */
interface WindowsOfApp {
  count(): number;
  /** Closes all; false where one of them refused. */
  closeAll(): Promise<boolean>;
}

class App extends EventEmitter {
  readonly commandLine = {
    appendSwitch: () => undefined,
    getSwitchValue: switchValue,
    hasSwitch,
  };
  #ready = Promise.withResolvers<undefined>();
  #isReady = false;
  #isQuitting = false;
  #windows: WindowsOfApp | undefined;
  #paths = new Map<string, string>();

  get isPackaged(): boolean {
    return runtime().isPackaged;
  }

  get name(): string {
    return runtime().name;
  }

  getName(): string {
    return runtime().name;
  }

  getVersion(): string {
    return runtime().version;
  }

  getAppPath(): string {
    return runtime().appPath;
  }

  getLocale(): string {
    return switchValue('lang') || 'en-US';
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<undefined> {
    return this.#ready.promise;
  }

  /** Electron is ready once the app's entry has been evaluated. */
  becomeReady(): void {
    this.#isReady = true;
    this.emit('ready', new PreventableEvent(), {});
    this.#ready.resolve(undefined);
  }

  getPath(name: string): string {
    const userData = this.#paths.get('userData') ?? join(homedir(), '.config', this.name);
    const known: Record<string, string> = {
      userData,
      appData: dirname(userData),
      logs: join(userData, 'logs'),
      home: homedir(),
      temp: tmpdir(),
      exe: runtime().executablePath,
    };
    const path = this.#paths.get(name) ?? known[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  requestSingleInstanceLock(): boolean {
    return takeInstanceLock(this.getPath('userData'), (commandLine) => {
      this.emit('second-instance', new PreventableEvent(), commandLine, process.cwd(), null);
    });
  }

  ownWindows(windows: WindowsOfApp): void {
    this.#windows = windows;
  }

  windowClosed(): void {
    if (this.#isQuitting || this.#windows?.count() !== 0) return;
    // As Electron does: the app quits by itself unless somebody listens.
    if (!this.emit('window-all-closed')) this.quit();
  }

  quit(): void {
    if (this.#isQuitting) return;
    const event = new PreventableEvent();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) void this.#leave();
  }

  async #leave(): Promise<void> {
    this.#isQuitting = true;
    if ((await this.#windows?.closeAll()) === false) {
      this.#isQuitting = false;
      return;
    }
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#isQuitting = false;
    else this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', new PreventableEvent(), code);
    void closeBrowser().finally(() => process.exit(code));
  }
}

export const app = new App();

/** Called when the app's entry has been evaluated. */
export function finishBoot(): void {
  app.becomeReady();
}

// Like Electron, the debugging port of the browser is open before the app is ready.
if (switchValue('remote-debugging-port') !== '') void startBrowser();
process.on('exit', killBrowser);
