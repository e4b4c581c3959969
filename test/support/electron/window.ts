import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app.ts';
import { startBrowser } from './browser.ts';
import { PreventableEvent } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import type { Page, PageMessage } from './page.ts';
import { openPage } from './page.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface WindowOptions extends Partial<Bounds> {
  webPreferences?: { preload?: string; additionalArguments?: readonly string[] };
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** A navigation that is about to be, and may be refused. */
class NavigationEvent extends PreventableEvent {
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }
}

class WebContents extends EventEmitter {
  readonly id: number;
  readonly window: BrowserWindow;
  #url = '';
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(window: BrowserWindow) {
    super();
    this.window = window;
    this.id = window.id;
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.window.isDestroyed();
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.window.page();
    await page.load(url);
  }

  send(channel: string, ...values: unknown[]): void {
    void this.window.page().then((page) => page.send(channel, values));
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    return (await this.window.page()).evaluate(expression);
  }

  close(): void {
    this.window.close();
  }

  /** What the page tells its contents. */
  readonly owner = {
    mayNavigate: (url: string, why: 'navigation' | 'redirect'): boolean => {
      const event = new NavigationEvent(url);
      if (why === 'redirect') {
        this.emit('will-redirect', event);
      } else {
        this.emit('will-frame-navigate', event);
        this.emit('will-navigate', event, url);
      }
      return !event.defaultPrevented;
    },
    mayOpen: (url: string): boolean => this.#openHandler({ url }).action === 'allow',
    onMessage: (message: PageMessage, frame: { url: string; origin: string }) => {
      const event = { sender: this, senderFrame: { ...frame, parent: null } };
      if (message.id !== undefined) return ipcMain.invoke(message.channel, event, message.values);
      ipcMain.emit(message.channel, event, ...message.values);
      return undefined;
    },
    onNavigated: (url: string): void => {
      this.#url = url;
      this.emit('did-navigate', {}, url);
    },
    onLoaded: (): void => {
      this.emit('did-finish-load');
      this.window.emit('ready-to-show');
    },
    onClosed: (): void => this.window.closed(),
  };
}

const windows = new Set<BrowserWindow>();
let lastId = 0;

/** A window that is a page of Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #page: Promise<Page>;
  #targetId: string | undefined;
  #bounds: Bounds;
  #isClosed = false;

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return windows.has(contents.window) ? contents.window : null;
  }

  constructor(options: WindowOptions = {}) {
    super();
    lastId += 1;
    this.id = lastId;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(this);
    windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.#page = this.#open(options);
    this.#page.catch((error: unknown) => console.error('stand-in: no window', error));
  }

  async #open({ webPreferences = {} }: WindowOptions): Promise<Page> {
    const { preload, additionalArguments = [] } = webPreferences;
    const page = await openPage(
      await startBrowser(),
      {
        width: this.#bounds.width,
        height: this.#bounds.height,
        preload: preload === undefined ? '' : readFileSync(preload, 'utf8'),
        additionalArguments,
      },
      this.webContents.owner,
    );
    this.#targetId = page.targetId;
    return page;
  }

  page(): Promise<Page> {
    return this.#page;
  }

  hasTarget(targetId: string): boolean {
    return this.#targetId === targetId;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  close(): void {
    this.mayClose();
  }

  /** Closes it unless a listener of `close` keeps it open; false where one does. */
  mayClose(): boolean {
    if (this.#isClosed) return true;
    const event = new PreventableEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }

  destroy(): void {
    void this.#page.then((page) => page.close()).catch(() => this.closed());
  }

  /** The page has gone. */
  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    windows.delete(this);
    this.emit('closed');
    app.windowClosed();
  }

  isDestroyed(): boolean {
    return this.#isClosed;
  }

  getBounds(): Bounds {
    return this.#bounds;
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    const { width, height } = this.#bounds;
    void this.#page.then((page) => page.resize({ width, height }));
  }

  setMenu(): void {}
  show(): void {}
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }
}

/** The contents of all windows, as Playwright looks them up. */
export const webContents = {
  getAllWebContents: () => [...windows].map((window) => window.webContents),
  fromId: (id: number) => [...windows].find((window) => window.id === id)?.webContents,
  fromDevToolsTargetId: (targetId: string) =>
    [...windows].find((window) => window.hasTarget(targetId))?.webContents,
};

app.ownWindows({
  count: () => windows.size,
  async closeAll() {
    for (const window of [...windows]) {
      const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
      if (!window.mayClose()) return false;
      await closed;
    }
    return true;
  },
});
