import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { IpcResult } from '../../server/contract/ipc.ts';
import { ipcChannel } from '../../server/contract/ipc.ts';
import type { LooseApi } from '../support/electron/shell-fixture.ts';
import {
  ShellUnderTest,
  foreignSite,
  launchHosting,
  shownPage,
} from '../support/electron/shell-fixture.ts';

interface RawIpc {
  invoke(channel: string, payload: unknown): Promise<IpcResult<unknown>>;
}

test.describe('the border of the shell', () => {
  test('the API is present on the two origins and nowhere else', async () => {
    await using shell = await ShellUnderTest.create();
    const elsewhere = await foreignSite();
    const { app, screens } = await launchHosting(shell);
    const hasApi = (page: Page) => page.evaluate(() => 'backroomShell' in window);
    expect(await hasApi(screens)).toBe(true);

    // Only the main process itself can bring a foreign page into the window.
    await app.evaluate(({ BrowserWindow }, url) => {
      void BrowserWindow.getAllWindows()[0]?.loadURL(url);
    }, elsewhere.url);
    const foreign = await shownPage(app, elsewhere.url);
    expect(await hasApi(foreign)).toBe(false);
    elsewhere.close();
  });

  test('a foreign page that had the bare IPC would be refused', async () => {
    await using shell = await ShellUnderTest.create();
    const elsewhere = await foreignSite();
    const { app, screens } = await launchHosting(shell);
    await app.evaluate(
      ({ BrowserWindow }, { preload, url }) => {
        void new BrowserWindow({ webPreferences: { preload } }).loadURL(url);
      },
      {
        preload: join(import.meta.dirname, '../support/electron/raw-ipc-preload.cjs'),
        url: elsewhere.url,
      },
    );
    const foreign = await shownPage(app, elsewhere.url);
    const invoke = (page: Page, channel: string, payload?: unknown) =>
      page.evaluate(
        (call) =>
          (window as unknown as { rawIpc: RawIpc }).rawIpc.invoke(call.channel, call.payload),
        { channel, payload },
      );
    for (const name of ['readStatus', 'applySettings'] as const) {
      expect(await invoke(foreign, ipcChannel(name), shell.mainServer())).toMatchObject({
        ok: false,
        error: { code: 'forbidden' },
      });
    }

    // The screens may ask for the status, but not change the settings; and what they send is checked.
    const answers = await screens.evaluate(async () => {
      const { backroomShell } = window as unknown as { backroomShell: LooseApi };
      return {
        settings: await backroomShell['readSettings']?.(),
        tooLong: await backroomShell['showSyncState']?.('x'.repeat(1000)),
      };
    });
    expect(answers.settings).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(answers.tooLong).toMatchObject({ ok: false, error: { code: 'invalid' } });
    elsewhere.close();
  });

  test('no page leads elsewhere, opens windows or gets permissions', async () => {
    await using shell = await ShellUnderTest.create();
    const elsewhere = await foreignSite();
    const { app, screens } = await launchHosting(shell);
    const before = screens.url();
    const refused = await nextRefusal(app);
    await screens.evaluate((url) => {
      window.open(url);
      window.location.href = url;
    }, elsewhere.url);
    // A navigation that is under way yet would take the place of the loading below.
    expect(await refused()).toBe(elsewhere.url);
    const permission = await screens.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    );
    expect(permission).toBe('denied');
    // By the time that the page has loaded anew, whatever it led to would be there.
    await screens.reload();
    expect(app.windows().map((page) => page.url())).toEqual([before]);
    elsewhere.close();
  });
});

/** The address of the next navigation that the shell refuses to the first window. */
async function nextRefusal(app: ElectronApplication): Promise<() => Promise<string>> {
  const handle = await app.evaluateHandle(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const refusal = new Promise<string>((resolve) => {
      contents.on('will-frame-navigate', (event) => {
        if (event.defaultPrevented) resolve(event.url);
      });
    });
    return { refusal };
  });
  return () => handle.evaluate(({ refusal }) => refusal);
}
