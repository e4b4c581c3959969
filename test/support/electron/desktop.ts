/** What a desktop offers besides windows: here nobody sits at it. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';

interface MessageBoxOptions {
  message: string;
  cancelId?: number;
}

/** A person who is not there gives the answer that changes nothing. A test replaces these functions. */
export const dialog = {
  showMessageBox: (options: MessageBoxOptions): Promise<{ response: number }> =>
    Promise.resolve({ response: options.cancelId ?? 0 }),
  showOpenDialog: (): Promise<{ canceled: boolean; filePaths: string[] }> =>
    Promise.resolve({ canceled: true, filePaths: [] }),
  showErrorBox: (title: string, content: string): void => console.error(`${title}: ${content}`),
};

export const shell = {
  openExternal: (): Promise<void> => Promise.resolve(),
  openPath: (): Promise<string> => Promise.resolve(''),
  showItemInFolder: (): void => undefined,
};

let clipboardText = '';

export const clipboard = {
  readText: (): Promise<string> => Promise.resolve(clipboardText),
  writeText(text: string): Promise<void> {
    clipboardText = text;
    return Promise.resolve();
  },
};

const WORK_AREA = { x: 0, y: 0, width: 1920, height: 1080 };

export const screen = {
  getAllDisplays: () => [{ id: 1, scaleFactor: 1, bounds: WORK_AREA, workArea: WORK_AREA }],
};

export const nativeImage = {
  createFromPath: (path: string) => ({ path, isEmpty: () => !existsSync(path) }),
};

export const powerMonitor = new EventEmitter();

export const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system',
  shouldUseDarkColors: false,
});
