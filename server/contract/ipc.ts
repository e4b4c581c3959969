import type { z } from 'zod';
import type { ShellStatus, ipcSchemas } from './ipc-schemas.ts';

/**
 * The one contract between the desktop shell and its pages. Main's handlers and the preload's API are
 * both derived from it, and the names of the channels exist nowhere else.
 */

/**
 * What a page may ask of the shell, and which pages may: the shell's own (`app://backroom`), or also
 * the managers' screens that the server sends.
 */
export const ipcCallers = {
  readStatus: 'all',
  /** Tells the tray how far synchronization is, in the words of the screen. */
  showSyncState: 'all',
  /** What is set now; null before the first run. */
  readSettings: 'shell',
  /** Keeps the settings and starts the server with them. */
  applySettings: 'shell',
  /** Reads the settings file again, after a person has mended it. */
  reloadSettings: 'shell',
  /** Puts the broken settings file aside and starts anew; answers where it was put. */
  resetSettings: 'shell',
  /** Asks the person for a folder, beginning at the given one; null where they chose none. */
  chooseFolder: 'shell',
  /** Tries the server again at once. */
  retryNow: 'shell',
  /** Puts the set-up code on the clipboard and goes on to the managers' screens. */
  openScreens: 'shell',
} as const;

/** What the shell tells its pages without being asked. */
export const ipcEventNames = ['statusChanged'] as const;
interface EventValues {
  statusChanged: ShellStatus;
}

export type RequestName = keyof typeof ipcCallers;
export type EventName = (typeof ipcEventNames)[number];
export type Payload<Name extends RequestName> = z.infer<(typeof ipcSchemas)[Name]['payload']>;
export type Answer<Name extends RequestName> = z.infer<(typeof ipcSchemas)[Name]['answer']>;
export type EventValue<Name extends EventName> = EventValues[Name];

/**
 * Failures cross as values, because Electron reduces an error to its text. `forbidden`: this page may
 * not ask for that. `invalid`: the payload is not what the contract says. `failed`: it was tried.
 */
export type IpcResult<Value> =
  | { ok: true; value: Value }
  | { ok: false; error: { code: 'forbidden' | 'invalid' | 'failed'; message: string } };

/** The channel of a request or an event. */
export function ipcChannel(name: RequestName | EventName): string {
  return `backroom:${name}`;
}

/** `window.backroomShell` in a page of the desktop app. */
export type ShellApi = {
  [Name in RequestName]: (payload: Payload<Name>) => Promise<IpcResult<Answer<Name>>>;
} & {
  /** Calls back on every such event; returns what ends that. */
  on<Name extends EventName>(name: Name, listener: (value: EventValue<Name>) => void): () => void;
};
