import { randomBytes } from 'node:crypto';
import { IPC_BINDING, OPEN_BINDING, pageScript, preloadScript } from './bridge.ts';
import type { Browser } from './browser.ts';
import type { CdpConnection, CdpObject } from './cdp.ts';
import { answerRequest } from './page-requests.ts';
import { CUSTOM_SCHEME_PATTERN, fromChromiumUrl, toChromiumUrl } from './protocol.ts';
import { applyPermissions } from './session.ts';

const PRELOAD_WORLD = 'electron-preload';

/** A message of a page's preload. With an id it waits for an answer. */
export interface PageMessage {
  id?: number;
  channel: string;
  values: unknown[];
}

export interface PageOptions {
  width: number;
  height: number;
  /** The preload's source. */
  preload: string;
  additionalArguments: readonly string[];
}

/** What the window decides about its page, and hears of it. */
export interface PageOwner {
  mayNavigate: (url: string, why: 'navigation' | 'redirect') => boolean;
  mayOpen: (url: string) => boolean;
  onMessage: (message: PageMessage, frame: { url: string; origin: string }) => unknown;
  onNavigated: (url: string) => void;
  onLoaded: () => void;
  onClosed: () => void;
}

/** One page of Chromium that is a window. */
export interface Page {
  targetId: string;
  /** Resolves when the page has loaded, rejects where it cannot be, or another one is asked for. */
  load(url: string): Promise<void>;
  send(channel: string, values: unknown[]): void;
  evaluate(expression: string): Promise<unknown>;
  resize(bounds: CdpObject): Promise<void>;
  close(): Promise<void>;
}

/** Opens a page with its preload, its custom schemes and its rules in place. */
export async function openPage(
  browser: Browser,
  options: PageOptions,
  owner: PageOwner,
): Promise<Page> {
  const { connection } = browser;
  const targetId = await browser.takeTarget({ width: options.width, height: options.height });
  const { sessionId } = await connection.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const session = {
    send: <Result extends CdpObject>(method: string, parameters: CdpObject = {}) =>
      connection.send<Result>(method, parameters, sessionId),
    on: (method: string, listener: (parameters: CdpObject) => void) =>
      connection.on(method, listener, sessionId),
  };
  const page = new OpenPage(targetId, session, browser, owner);
  watchTargets(connection, targetId, owner, browser);
  await applyPermissions(connection);
  await page.prepare(options);
  return page;
}

/** The commands and events of one page. */
export interface PageSession {
  send<Result extends CdpObject>(method: string, parameters?: CdpObject): Promise<Result>;
  on: (method: string, listener: (parameters: CdpObject) => void) => void;
}

class OpenPage implements Page {
  readonly targetId: string;
  readonly #session: PageSession;
  readonly #browser: Browser;
  readonly #owner: PageOwner;
  /** The contexts of the preload's world in the main frame, and where each belongs. */
  readonly #preloadContexts = new Map<number, string>();
  #mainFrameId = '';
  #loading: PromiseWithResolvers<undefined> | undefined;
  /** The address that the main process itself asked for: it needs no leave. */
  #ownLoad: string | undefined;

  constructor(targetId: string, session: PageSession, browser: Browser, owner: PageOwner) {
    this.targetId = targetId;
    this.#session = session;
    this.#browser = browser;
    this.#owner = owner;
  }

  async prepare(options: PageOptions): Promise<void> {
    const session = this.#session;
    this.#listen();
    await session.send('Page.enable');
    const tree = await session.send<{ frameTree: { frame: { id: string } } }>('Page.getFrameTree');
    this.#mainFrameId = tree.frameTree.frame.id;
    await session.send('Runtime.enable');
    await session.send('Fetch.enable', {
      patterns: [
        { urlPattern: CUSTOM_SCHEME_PATTERN },
        { urlPattern: '*', resourceType: 'Document' },
      ],
    });
    await session.send('Runtime.addBinding', {
      name: IPC_BINDING,
      executionContextName: PRELOAD_WORLD,
    });
    await session.send('Runtime.addBinding', { name: OPEN_BINDING });
    const secret = randomBytes(12).toString('hex');
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(secret) });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(secret, options.preload, options.additionalArguments),
      worldName: PRELOAD_WORLD,
    });
    await this.resize({ width: options.width, height: options.height });
  }

  async load(url: string): Promise<void> {
    this.#loading?.reject(new Error(`ERR_ABORTED (-3) loading '${url}'`));
    const loading = Promise.withResolvers<undefined>();
    loading.promise.catch(() => undefined);
    this.#loading = loading;
    const chromiumUrl = toChromiumUrl(url);
    this.#ownLoad = chromiumUrl;
    const { errorText } = await this.#session.send<{ errorText?: string }>('Page.navigate', {
      url: chromiumUrl,
    });
    if (errorText !== undefined) loading.reject(new Error(`${errorText} loading '${url}'`));
    await loading.promise;
  }

  send(channel: string, values: unknown[]): void {
    const call = `__standInReceive(${JSON.stringify(channel)}, ${JSON.stringify(values)})`;
    for (const contextId of this.#preloadContexts.keys()) this.#call(contextId, call);
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#session.send<{ result: { value: unknown } }>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
    );
    return result.value;
  }

  async resize(bounds: CdpObject): Promise<void> {
    const { windowId } = await this.#session.send<{ windowId: number }>(
      'Browser.getWindowForTarget',
    );
    await this.#session.send('Browser.setWindowBounds', { windowId, bounds });
  }

  close(): Promise<void> {
    return this.#browser.closeTarget(this.targetId);
  }

  #listen(): void {
    const { on } = this.#session;
    on('Runtime.executionContextCreated', ({ context }) => {
      const { id, name, origin, auxData } = context as {
        id: number;
        name: string;
        origin: string;
        auxData: { frameId: string };
      };
      if (name !== PRELOAD_WORLD || auxData.frameId !== this.#mainFrameId) return;
      this.#preloadContexts.set(id, fromChromiumUrl(origin));
    });
    on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#preloadContexts.delete(executionContextId as number);
    });
    on('Runtime.executionContextsCleared', () => this.#preloadContexts.clear());
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === OPEN_BINDING) this.#open(payload as string);
      else
        void this.#answer(
          JSON.parse(payload as string) as PageMessage,
          executionContextId as number,
        );
    });
    on('Page.frameNavigated', ({ frame }) => {
      const { parentId, url } = frame as { parentId?: string; url: string };
      if (parentId === undefined) this.#owner.onNavigated(fromChromiumUrl(url));
    });
    on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#mainFrameId) this.#owner.onNavigated(fromChromiumUrl(url as string));
    });
    on('Page.loadEventFired', () => {
      this.#loading?.resolve(undefined);
      this.#owner.onLoaded();
    });
    on('Fetch.requestPaused', (request) => {
      void answerRequest(this.#session, request, (url, why) =>
        this.#mayNavigate(url, why, request),
      );
    });
  }

  /** The page asks for a window, which has no page of the stand-in's: it is enough that it can be there. */
  #open(url: string): void {
    if (this.#owner.mayOpen(url)) {
      void this.#browser.connection.send('Target.createTarget', { url });
    }
  }

  #mayNavigate(url: string, why: 'navigation' | 'redirect', request: CdpObject): boolean {
    if (request['frameId'] !== this.#mainFrameId) return true;
    if (this.#ownLoad === url && why === 'navigation') {
      this.#ownLoad = undefined;
      return true;
    }
    return this.#owner.mayNavigate(fromChromiumUrl(url), why);
  }

  async #answer(message: PageMessage, contextId: number): Promise<void> {
    const origin = this.#preloadContexts.get(contextId) ?? 'null';
    let ok = true;
    let value: unknown;
    try {
      value = await this.#owner.onMessage(message, { url: origin, origin });
    } catch (error) {
      ok = false;
      value = `Error invoking remote method '${message.channel}': ${String(error)}`;
    }
    if (message.id === undefined) return;
    const json = JSON.stringify(value) as string | undefined;
    this.#call(contextId, `__standInReply(${message.id}, ${String(ok)}, ${json ?? 'undefined'})`);
  }

  /** The page may have gone meanwhile; then nobody waits for it. */
  #call(contextId: number, expression: string): void {
    this.#session.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  }
}

/** The page's own end, and the windows that it opens. */
function watchTargets(
  connection: CdpConnection,
  targetId: string,
  owner: PageOwner,
  browser: Browser,
): void {
  connection.on('Target.targetDestroyed', (gone) => {
    if (gone['targetId'] === targetId) owner.onClosed();
  });
  connection.on('Target.targetCreated', ({ targetInfo }) => {
    const info = targetInfo as { targetId: string; openerId?: string; url: string };
    if (info.openerId !== targetId || owner.mayOpen(info.url)) return;
    void browser.connection.send('Target.closeTarget', { targetId: info.targetId });
  });
}
