import { contextBridge, ipcRenderer } from 'electron';
import { callerOf, SERVER_ORIGIN_SWITCH } from './origin.ts';
import { createShellApi } from './shell-api.ts';

/** Runs before every page of the window. Foreign pages are never loaded, and would find nothing here. */
const serverOrigin =
  process.argv
    .find((argument) => argument.startsWith(SERVER_ORIGIN_SWITCH))
    ?.slice(SERVER_ORIGIN_SWITCH.length) ?? null;

const pageOrigin = `${location.protocol}//${location.host}`;
if (callerOf(pageOrigin, serverOrigin) !== 'foreign') {
  contextBridge.exposeInMainWorld('backroomShell', createShellApi(ipcRenderer));
}
