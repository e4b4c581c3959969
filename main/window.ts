import { BrowserWindow, screen } from 'electron';
import type { EventName, EventValue } from '../server/contract/ipc.ts';
import { ipcChannel } from '../server/contract/ipc.ts';
import { SERVER_ORIGIN_SWITCH, originOfUrl } from './origin.ts';
import type { WindowBounds } from './settings-schema.ts';
import { SMALLEST_SIZE, openingBounds } from './window-bounds.ts';

export interface WindowParts {
  preloadPath: string;
  iconPath: string;
  bounds: () => WindowBounds | undefined;
  keepBounds: (bounds: WindowBounds) => void;
  /** The origin whose pages get the API beside the shell's own; null while no port is known. */
  serverOrigin: () => string | null;
}

/** The one window. It may be closed at any time; the shell goes on without it. */
export interface ShellWindow {
  /** Shows this address in the window, or in the next one that is opened. */
  display: (url: string) => void;
  /** Brings the window to the front, and makes it first where it was closed. */
  open: () => void;
  tell<Name extends EventName>(name: Name, value: EventValue<Name>): void;
}

export function createShellWindow(parts: WindowParts): ShellWindow {
  let window: BrowserWindow | undefined;
  let target = 'about:blank';
  /** The origin that the present window's preload knows. */
  let knownOrigin: string | null = null;
  /** The screen that a person was at when the server went away. */
  let leftScreen: string | undefined;

  const load = (contents: BrowserWindow): void => {
    const back = leftScreen?.startsWith(target) === true ? leftScreen : target;
    contents.loadURL(back).catch((error: unknown) => {
      // Another address was asked for meanwhile, or the server has just gone: the status follows.
      console.error(`backroom: the window could not show ${back}`, error);
    });
  };

  const create = (): BrowserWindow => {
    knownOrigin = parts.serverOrigin();
    const created = makeWindow(parts, knownOrigin);
    created.on('close', () => parts.keepBounds(created.getNormalBounds()));
    created.on('closed', () => {
      if (window === created) window = undefined;
    });
    return created;
  };

  return {
    display(url) {
      if (window === undefined) {
        target = url;
        return;
      }
      const current = window.webContents.getURL();
      if (originOfUrl(current) === knownOrigin) leftScreen = current;
      // A preload knows one server's origin for the life of its window.
      if (parts.serverOrigin() !== knownOrigin) {
        const old = window;
        // The new window opens where the old one is.
        parts.keepBounds(old.getNormalBounds());
        target = url;
        window = create();
        load(window);
        old.close();
        return;
      }
      if (url === target) return;
      target = url;
      load(window);
    },
    open() {
      if (window === undefined) {
        window = create();
        load(window);
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    tell(name, value) {
      window?.webContents.send(ipcChannel(name), value);
    },
  };
}

function makeWindow(parts: WindowParts, serverOrigin: string | null): BrowserWindow {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...openingBounds(parts.bounds(), displays),
    minWidth: SMALLEST_SIZE.width,
    minHeight: SMALLEST_SIZE.height,
    title: 'Backroom',
    icon: parts.iconPath,
    autoHideMenuBar: true,
    webPreferences: {
      preload: parts.preloadPath,
      additionalArguments: serverOrigin === null ? [] : [`${SERVER_ORIGIN_SWITCH}${serverOrigin}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.setMenu(null);
  return window;
}
