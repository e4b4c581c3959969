/** The `electron` module of the main process, as far as it is stood in for. */
import { app } from './app.ts';
import {
  clipboard,
  dialog,
  nativeImage,
  nativeTheme,
  powerMonitor,
  screen,
  shell,
} from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { Menu, Tray } from './tray.ts';
import { utilityProcess } from './utility-process.ts';
import { BrowserWindow, webContents } from './window.ts';

const electron = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};

export default electron;
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};
/** What `require('electron')` gives: one plain object, whose members a test may replace. */
export { electron as 'module.exports' };
