/**
 * What runs inside the pages: Electron's `contextBridge` and `ipcRenderer`. The preload lives in an
 * isolated world that shares the document with the page, so calls between the two travel as JSON in
 * events of the document, which are synchronous. Each function here is sent to Chromium as its own
 * source text, so it stands on nothing outside itself.
 */

/** One side's end of the bridge. */
interface Bridge {
  /** Gives the other side an object of functions under this name. */
  expose: (key: string, api: object) => void;
}

type AnyFunction = (...values: unknown[]) => unknown;

interface BridgeMessage {
  kind: 'expose' | 'call' | 'returned' | 'threw' | 'promised';
  call?: number;
  target?: number;
  key?: string;
  value?: unknown;
}

/** The name of the binding by which the preload's world reaches the main process. */
export const IPC_BINDING = '__standInIpc';

/** The name of the binding by which a page asks for a window; the page itself does not see it. */
export const OPEN_BINDING = '__standInOpen';

/**
 * `window.open` asks the main process, as Electron does, and gives no window. Chromium's own holds the
 * page until whoever debugs it lets the new window go on, and a window that is closed first never does.
 */
function installOpen(binding: string): void {
  const page = globalThis as unknown as Record<string, (url: string) => void>;
  const ask = page[binding];
  if (ask === undefined) return;
  Reflect.deleteProperty(page, binding);
  window.open = (url = 'about:blank') => {
    ask(new URL(url, document.baseURI).href);
    return null;
  };
}

function installBridge(side: 'page' | 'preload', secret: string): Bridge {
  const other = side === 'page' ? 'preload' : 'page';
  const dispatch = window.dispatchEvent.bind(window);
  const functions = new Map<number, AnyFunction>();
  const waiting = new Map<number, (message: BridgeMessage) => void>();
  let lastId = 0;

  const encode = (message: BridgeMessage): string =>
    JSON.stringify(message, (_key, value: unknown) => {
      if (value instanceof Error) return { $error: value.message };
      if (typeof value !== 'function') return value;
      lastId += 1;
      functions.set(lastId, value as AnyFunction);
      return { $function: lastId };
    });
  const decode = (text: string): BridgeMessage =>
    JSON.parse(text, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value;
      if ('$function' in value) return proxyOf(value.$function as number);
      return '$error' in value ? new Error(String(value.$error)) : value;
    }) as BridgeMessage;
  const post = (message: BridgeMessage): void => {
    dispatch(new CustomEvent(`${secret}:${other}`, { detail: encode(message) }));
  };

  /** A function that calls the other side's. The answer has come when `post` returns. */
  const proxyOf =
    (target: number): AnyFunction =>
    (...value) => {
      lastId += 1;
      const call = lastId;
      const answers: BridgeMessage[] = [];
      waiting.set(call, (message) => void answers.push(message));
      post({ kind: 'call', call, target, value });
      const first = answers[0];
      if (first?.kind === 'promised') {
        return new Promise((resolve, reject) => {
          waiting.set(call, (message) => {
            waiting.delete(call);
            if (message.value instanceof Error) reject(message.value);
            else resolve(message.value);
          });
        });
      }
      waiting.delete(call);
      if (first?.kind === 'threw') throw first.value;
      return first?.value;
    };

  const answerCall = (call: number | undefined, target: number, values: unknown[]): void => {
    const returned = (value: unknown): void => post({ kind: 'returned', call: call ?? 0, value });
    const threw = (value: unknown): void => post({ kind: 'threw', call: call ?? 0, value });
    try {
      const result = functions.get(target)?.(...values);
      if (!(result instanceof Promise)) {
        returned(result);
        return;
      }
      post({ kind: 'promised', call: call ?? 0 });
      result.then(returned, threw);
    } catch (error) {
      threw(error);
    }
  };

  window.addEventListener(`${secret}:${side}`, (event) => {
    const message = decode((event as CustomEvent<string>).detail);
    if (message.kind === 'expose') {
      const value = Object.freeze(message.value);
      Object.defineProperty(window, message.key ?? '', { value });
    } else if (message.kind === 'call') {
      answerCall(message.call, message.target ?? 0, message.value as unknown[]);
    } else {
      waiting.get(message.call ?? 0)?.(message);
    }
  });
  return { expose: (key, value) => post({ kind: 'expose', key, value }) };
}

interface PreloadParts {
  words: readonly string[];
  /** The page's address as Electron would have it. */
  url: string;
  run: (require: unknown, module: unknown, exports: unknown, process: unknown, at: unknown) => void;
}

/** Runs the preload with the `electron` module of a sandboxed renderer. */
function runPreload(bridge: Bridge, binding: string, parts: PreloadParts): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const sendToMain = world[binding] as (text: string) => void;
  const listeners = new Map<string, AnyFunction[]>();
  const waiting = new Map<number, { resolve: AnyFunction; reject: AnyFunction }>();
  let lastId = 0;

  const ipcRenderer = {
    invoke: (channel: string, ...values: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        sendToMain(JSON.stringify({ id: lastId, channel, values }));
      }),
    send: (channel: string, ...values: unknown[]) => {
      sendToMain(JSON.stringify({ channel, values }));
    },
    on(channel: string, listener: AnyFunction) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel: string, listener: AnyFunction) {
      const left = (listeners.get(channel) ?? []).filter((each) => each !== listener);
      listeners.set(channel, left);
      return ipcRenderer;
    },
  };
  // The main process calls these two in this world.
  world['__standInReceive'] = (channel: string, values: unknown[]): void => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...values);
  };
  world['__standInReply'] = (id: number, ok: boolean, value: unknown): void => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (ok) call?.resolve(value);
    else call?.reject(new Error(String(value)));
  };

  const electron = { ipcRenderer, contextBridge: { exposeInMainWorld: bridge.expose } };
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload loads only electron)`);
  };
  const module = { exports: {} };
  const process = { type: 'renderer', platform: 'linux', argv: parts.words, env: {} };
  parts.run(require, module, module.exports, process, new URL(parts.url));
}

/** The script for the page's own world. */
export function pageScript(secret: string): string {
  return `(${installOpen.toString()})(${JSON.stringify(OPEN_BINDING)});
    if (window === window.top) (${installBridge.toString()})('page', ${JSON.stringify(secret)});`;
}

/** The script for the preload's world. `source` is CommonJS, and sees the address that Electron has. */
export function preloadScript(secret: string, source: string, words: readonly string[]): string {
  return `if (window === window.top) {
    const bridge = (${installBridge.toString()})('preload', ${JSON.stringify(secret)});
    (${runPreload.toString()})(bridge, ${JSON.stringify(IPC_BINDING)}, {
      words: ${JSON.stringify(words)},
      url: location.href.replace(/^https:\\/\\/(.+?)\\.([a-z]+)\\.invalid/, '$2://$1'),
      run(require, module, exports, process, location) {
        ${source}
      },
    });
  }`;
}
