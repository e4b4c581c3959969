import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, clipboard, dialog, ipcMain } from 'electron';
import { DEFAULT_PORT } from '../server/contract/limits.ts';
import { registerAppScheme, serveAppPages } from './app-protocol.ts';
import { guardContents } from './guard.ts';
import { lookForServer } from './health.ts';
import { handleRequests } from './ipc.ts';
import { openLogFile } from './log-file.ts';
import { pageFor } from './page-for.ts';
import { paths } from './paths.ts';
import { installQuit } from './quit.ts';
import { startServerProcess } from './server-host.ts';
import type { SettingsFile } from './settings.ts';
import { openSettings } from './settings.ts';
import type { Shell } from './shell.ts';
import { createShell } from './shell.ts';
import { realSystem } from './system.ts';
import type { Say } from './texts.ts';
import { textsFor, textsSchema } from './texts.ts';
import { trayText } from './tray-text.ts';
import { createTray } from './tray.ts';
import type { ShellWindow } from './window.ts';
import { createShellWindow } from './window.ts';

/**
 * The desktop shell. It attaches to the server of this computer or hosts one, and shows its screens.
 * `--user-data-dir=DIR` keeps everything of the shell elsewhere; `--server-port=N` is the port that
 * is looked at, and proposed, while nothing is set.
 */
registerAppScheme();
const userDataDirectory = app.commandLine.getSwitchValue('user-data-dir');
if (userDataDirectory !== '') app.setPath('userData', userDataDirectory);

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(giveUp);
} else {
  // The instance that has the lock opens its window.
  app.quit();
}

/** The shell itself cannot start: whoever opened it must not be left without a word. */
function giveUp(error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  dialog.showErrorBox('Backroom cannot start', reason);
  app.exit(1);
}

/** Joins the parts. The status of the shell drives the window and the tray. */
async function run(): Promise<void> {
  const say = textsFor(
    textsSchema.parse(JSON.parse(readFileSync(paths.texts, 'utf8'))),
    app.getLocale(),
  );
  const settings = openSettings(app.getPath('userData'), realSystem);
  let syncState: string | null = null;
  let seenSetupCode: string | null = null;

  const host = {
    entryPath: paths.serverEntry,
    log: openLogFile(join(app.getPath('logs'), 'server.log')),
    system: realSystem,
  };
  const shell = createShell({
    settings,
    start: (server, onSetupCode) => startServerProcess(host, server, onSetupCode),
    look: lookForServer,
    system: realSystem,
    suggestion: suggestion(),
    onStatus: () => show(),
  });
  serveAppPages(paths.shellPages);
  guardContents(shell.serverOrigin);
  const window = createShellWindow({
    preloadPath: paths.preload,
    iconPath: paths.icon('app.png'),
    bounds: () => savedBounds(settings),
    keepBounds: settings.keepWindow,
    serverOrigin: shell.serverOrigin,
  });
  const tray = createTray({
    say,
    iconPath: paths.icon,
    onOpen: window.open,
    onQuit: () => app.quit(),
  });
  const show = (): void => {
    const status = shell.status();
    // What a screen said holds as long as its server runs.
    if (status.phase !== 'running') syncState = null;
    window.display(pageFor(status, seenSetupCode));
    window.tell('statusChanged', status);
    tray.show(trayText(status, syncState, say));
  };

  handleRequests(ipcMain, shell.serverOrigin, {
    readStatus: shell.status,
    showSyncState(text) {
      syncState = text;
      show();
    },
    readSettings: shell.configured,
    applySettings: shell.apply,
    reloadSettings: shell.begin,
    resetSettings: shell.reset,
    chooseFolder,
    retryNow: shell.retryNow,
    async openScreens() {
      const status = shell.status();
      if (status.phase !== 'running') return;
      seenSetupCode = status.setupCode;
      // The screens ask for the code, and it is no longer to be seen there.
      if (status.setupCode !== null) await clipboard.writeText(status.setupCode);
      show();
    },
  });
  live(shell, window, say);
  await shell.begin();
  window.open();
}

/** The shell's life: closing the window ends nothing, quitting asks where a server would stop. */
function live(shell: Shell, window: ShellWindow, say: Say): void {
  app.on('second-instance', window.open);
  app.on('activate', window.open);
  app.on('window-all-closed', () => {
    // The tray stays, and selling goes on.
  });
  installQuit({
    async confirm() {
      const status = shell.status();
      if (status.phase !== 'running' || !status.hosted) return true;
      const { response } = await dialog.showMessageBox({
        type: 'warning',
        message: say('quit.question'),
        detail: say(status.role === 'store' ? 'quit.detailStore' : 'quit.detailMain'),
        buttons: [say('quit.stay'), say('quit.leave')],
        defaultId: 0,
        cancelId: 0,
      });
      return response === 1;
    },
    stop: shell.stop,
  });
}

function suggestion(): { dataDirectory: string; port: number } {
  const port = Number(app.commandLine.getSwitchValue('server-port'));
  return {
    dataDirectory: join(app.getPath('userData'), 'server'),
    port: Number.isInteger(port) && port > 0 ? port : DEFAULT_PORT,
  };
}

function savedBounds(settings: SettingsFile) {
  const reading = settings.read();
  return reading.state === 'good' ? reading.settings.window : undefined;
}

async function chooseFolder(from: string): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog({
    defaultPath: from,
    properties: ['openDirectory', 'createDirectory'],
  });
  return filePaths[0] ?? null;
}
