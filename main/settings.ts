import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'electron-store';
import Store from 'electron-store';
import type { HostedServer } from '../server/contract/ipc-schemas.ts';
import type { Settings, WindowBounds } from './settings-schema.ts';
import { asideName, problemIn, storeSchema } from './settings-schema.ts';
import type { ShellSystem } from './system.ts';

/** How much of a broken file is shown, characters. */
const SHOWN_LENGTH = 20_000;

/** What reading the settings file came to. */
export type SettingsReading =
  | { state: 'good'; settings: Settings }
  | { state: 'broken'; settingsPath: string; problem: string; contents: string };

/**
 * The settings file. While it is broken nothing is written to it: it stays as it is until a person has
 * mended it, or puts it aside.
 */
export interface SettingsFile {
  /** Reads the file again. */
  read: () => SettingsReading;
  keepServer: (server: HostedServer) => void;
  /** The join code works once, so it is dropped when the server has started with it. */
  forgetJoinCode: () => void;
  keepWindow: (bounds: WindowBounds) => void;
  /** Renames the file and begins with empty settings. Returns where the old file is now. */
  putAside: () => string;
}

export function openSettings(directory: string, system: ShellSystem): SettingsFile {
  const settingsPath = join(directory, 'settings.json');
  let store: Store<Settings> | undefined;

  const broken = (problem: string): SettingsReading => {
    store = undefined;
    const contents = existsSync(settingsPath) ? readFileSync(settingsPath, 'utf8') : '';
    return { state: 'broken', settingsPath, problem, contents: contents.slice(0, SHOWN_LENGTH) };
  };
  const read = (): SettingsReading => {
    try {
      store = new Store<Settings>({
        name: 'settings',
        cwd: directory,
        clearInvalidConfig: false,
        ...(storeSchema() as Pick<Options<Settings>, 'schema' | 'rootSchema'>),
      });
      const settings = store.store;
      const problem = problemIn(settings);
      return problem === undefined ? { state: 'good', settings } : broken(problem);
    } catch (error) {
      return broken(problemInFile(settingsPath) ?? String(error));
    }
  };

  return {
    read,
    keepServer(server) {
      store?.set('server', withoutUndefined(server));
    },
    forgetJoinCode() {
      const server = store?.get('server');
      if (server?.joinCode === undefined) return;
      attempt(() => store?.set('server', withoutUndefined({ ...server, joinCode: undefined })));
    },
    keepWindow(bounds) {
      attempt(() => store?.set('window', bounds));
    },
    putAside() {
      const asidePath = join(directory, asideName(system.nowMs()));
      renameSync(settingsPath, asidePath);
      read();
      return asidePath;
    },
  };
}

/** On a full disk the shell goes on without what is nice to remember. */
function attempt(write: () => void): void {
  try {
    write();
  } catch (error) {
    console.error('backroom: the settings could not be written', error);
  }
}

/** The schema names the key and what it may be; undefined where the file is no JSON or cannot be read. */
function problemInFile(path: string): string | undefined {
  try {
    return problemIn(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** JSON has no undefined, and the store refuses it. */
function withoutUndefined(server: HostedServer): HostedServer {
  return JSON.parse(JSON.stringify(server)) as HostedServer;
}
