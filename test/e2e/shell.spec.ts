import { readFileSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { electronUnderTest } from '../support/electron/launch.ts';
import type { LooseApi } from '../support/electron/shell-fixture.ts';
import {
  SCREENS,
  ShellUnderTest,
  answerQuestions,
  askedQuestions,
  chooseInTray,
  foreignSite,
  healthOf,
  killAndBlock,
  launchHosting,
  shownPage,
  statusIn,
  trayOf,
} from '../support/electron/shell-fixture.ts';

test.beforeAll(() => console.log(`The shell runs on ${electronUnderTest}.`));

test.describe('first run', () => {
  test('asks for the settings, hosts the server and shows its screens', async () => {
    await using shell = await ShellUnderTest.create();
    const app = await shell.launch();
    const form = await shownPage(app, 'first-run.html');
    await expect(form.getByLabel('Data folder')).toHaveValue(/server$/);
    await expect(form.getByLabel('Port')).toHaveValue(String(shell.port));

    await form.getByRole('radio', { name: 'The main server' }).check();
    await form.getByLabel('Mobile Server Key').fill('HQ');
    await form.getByRole('button', { name: 'Start the server' }).click();

    const codePage = await shownPage(app, 'status.html');
    const code = codePage.locator('#setup-code');
    await expect(code).toHaveText(/^[A-Z0-9-]{8,}$/);
    const shownCode = await code.textContent();
    await codePage.getByRole('button', { name: 'open the screens' }).click();
    const screens = await shownPage(app, SCREENS);
    await expect(screens).toHaveTitle(/Backroom/);
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(shownCode);

    expect(await statusIn(screens)).toMatchObject({ phase: 'running', hosted: true });
    expect(await healthOf(shell.port)).toMatchObject({ role: 'main', serverKey: 'HQ' });
    expect(shell.readSettings().server).toMatchObject({ role: 'main', serverKey: 'HQ' });
  });

  test('names the fields that are wrong and starts nothing', async () => {
    await using shell = await ShellUnderTest.create();
    const app = await shell.launch();
    const form = await shownPage(app, 'first-run.html');
    await form.getByLabel('Port').fill('70000');
    await form.getByRole('button', { name: 'Start the server' }).click();

    await expect(form.getByLabel('Address of the main server')).toBeFocused();
    await expect(form.locator('[aria-invalid=true]')).toHaveCount(3);
    await expect(form.getByText('A number from 1 to 65535.')).toBeVisible();
    expect(await healthOf(shell.port)).toBeUndefined();
    expect(shell.settingsFiles()).toEqual([]);
  });

  test('speaks Spanish where the computer does', async () => {
    await using shell = await ShellUnderTest.create();
    const app = await shell.launch({ language: 'es-MX' });
    const form = await shownPage(app, 'first-run.html');
    await expect(form.getByRole('heading', { name: 'Configurar Backroom' })).toBeVisible();
    expect(await trayOf(app)).toMatchObject({ toolTip: 'Backroom: Sin configurar todavía' });
  });
});

test.describe('a server that runs already', () => {
  test('is shown without settings, and is left alone at the end', async () => {
    await using shell = await ShellUnderTest.create();
    await shell.serve();
    const app = await shell.launch();
    const screens = await shownPage(app, SCREENS);
    expect(await statusIn(screens)).toMatchObject({ phase: 'running', hosted: false });

    await answerQuestions(app, false);
    await app.close();
    expect(await healthOf(shell.port)).toMatchObject({ serverKey: 'Main' });
  });

  test('is looked for again when it has gone', async () => {
    await using shell = await ShellUnderTest.create();
    const service = await shell.serve();
    const app = await shell.launch();
    await shownPage(app, SCREENS);
    service.kill('SIGKILL');

    const page = await shownPage(app, 'status.html');
    await expect(page.getByText('no longer answers')).toBeVisible();
    await shell.serve();
    expect(await statusIn(await shownPage(app, SCREENS))).toMatchObject({ hosted: false });
  });

  test('is not shown where the settings name another one', async () => {
    await using shell = await ShellUnderTest.create();
    await shell.serve();
    shell.writeSettings({ server: { ...shell.mainServer(), serverKey: 'Branch' } });
    const app = await shell.launch();
    const page = await shownPage(app, 'status.html');
    await expect(page.locator('#why')).toContainText('served by the main server “Main”');
    await expect(page.locator('#why')).toContainText('“Branch”');
    await expect(page.getByRole('link', { name: 'Change the settings' })).toBeVisible();
  });
});

test.describe('a hosted server', () => {
  test('is started again when it was killed, and the screen comes back', async () => {
    await using shell = await ShellUnderTest.create();
    const { app, screens } = await launchHosting(shell);
    const place = `${new URL(screens.url()).origin}${SCREENS}queue`;
    await screens.evaluate((url) => history.pushState(null, '', url), place);
    const first = await healthOf(shell.port);
    // The page stays as long as this test looks at it.
    const blocker = await killAndBlock(shell);

    const page = await shownPage(app, 'status.html');
    await expect(page.getByRole('heading', { name: 'The server is not running' })).toBeVisible();
    await expect(page.getByText('The server ended by itself')).toBeVisible();
    await expect(page.locator('#failures')).toHaveText(/^[1-3]$/);
    await expect
      .poll(async () => (await trayOf(app)).toolTip)
      .toBe('Backroom: The server is not running');
    blocker.close();

    // The restarted server gives out a new set-up code, which is shown first.
    await page.getByRole('button', { name: 'open the screens' }).click();
    await shownPage(app, place);
    const second = await healthOf(shell.port);
    expect(second!.pid).not.toBe(first!.pid);
  });

  test('that cannot start says why, and waits longer each time', async () => {
    await using shell = await ShellUnderTest.create();
    const blocker = await foreignSite(shell.port);
    shell.writeSettings({ server: shell.mainServer() });
    const app = await shell.launch();
    const page = await shownPage(app, 'status.html');
    await expect(page.getByText(`Port ${shell.port} is in use`)).toBeVisible();
    // From here on the wait is four seconds or more.
    await expect(page.locator('#failures')).toHaveText('3', { timeout: 20_000 });
    await expect(page.locator('#next')).toHaveText(/^in [4-8] s$/);
    blocker.close();
    await page.getByRole('button', { name: 'Try now' }).click();
    await expect(page.getByRole('heading', { name: 'The server runs' })).toBeVisible({
      timeout: 15_000,
    });
  });

  test('that cannot reach its main lets the settings be changed', async () => {
    await using shell = await ShellUnderTest.create();
    shell.writeSettings({
      server: {
        ...shell.mainServer(),
        role: 'store',
        serverKey: 'S1',
        mainUrl: 'http://127.0.0.1:9',
        joinCode: 'ABCD-EFGH',
      },
    });
    const app = await shell.launch();
    const page = await shownPage(app, 'status.html');
    await expect(page.locator('#last-words')).toContainText('127.0.0.1:9');
    await page.getByRole('link', { name: 'Change the settings' }).click();
    const form = await shownPage(app, 'first-run.html');
    await expect(form.getByLabel('Mobile Server Key')).toHaveValue('S1');
    await form.getByRole('radio', { name: 'The main server' }).check();
    await form.getByRole('button', { name: 'Start the server' }).click();
    await shownPage(app, 'status.html');
    // The folder has been claimed by the store server, and the new server says so.
    await expect(page.locator('#last-words')).toContainText('belongs to the store server');
  });

  test('stops with the shell, which asks first and says what stops', async () => {
    await using shell = await ShellUnderTest.create();
    const { app } = await launchHosting(shell);
    await answerQuestions(app, false);
    await chooseInTray(app, 'Quit Backroom…');
    await expect.poll(() => askedQuestions(app)).toEqual(['Stop the server and quit Backroom?']);
    expect(await healthOf(shell.port)).toBeDefined();

    await answerQuestions(app, true);
    const closed = app.waitForEvent('close');
    await chooseInTray(app, 'Quit Backroom…');
    await closed;
    expect(await healthOf(shell.port)).toBeUndefined();
  });

  test('stops without a question when the system ends the shell', async () => {
    await using shell = await ShellUnderTest.create();
    const { app } = await launchHosting(shell);
    const closed = app.waitForEvent('close');
    app.process().kill('SIGTERM');
    await closed;
    expect(await healthOf(shell.port)).toBeUndefined();
  });
});

test.describe('broken settings', () => {
  test('are kept and shown, and nothing starts until they are mended', async () => {
    await using shell = await ShellUnderTest.create();
    const broken = { server: { ...shell.mainServer(), role: 'shop' } };
    shell.writeSettings(broken);
    const app = await shell.launch();
    const page = await shownPage(app, 'settings-broken.html');
    await expect(page.locator('#problem')).toContainText('role');
    await expect(page.locator('#path')).toHaveText(shell.settingsPath);
    await expect(page.locator('#contents')).toContainText('"shop"');
    expect(await healthOf(shell.port)).toBeUndefined();

    // As the button does, but answered when the file has been read.
    await page.evaluate(() =>
      (window as unknown as { backroomShell: LooseApi }).backroomShell['reloadSettings']?.(),
    );
    await expect(page.locator('#problem')).toContainText('role');
    expect(JSON.parse(readFileSync(shell.settingsPath, 'utf8'))).toEqual(broken);

    shell.writeSettings({ server: shell.mainServer() });
    await page.getByRole('button', { name: 'Check the file again' }).click();
    await shownPage(app, 'status.html');
    await expect.poll(() => healthOf(shell.port), { timeout: 15_000 }).toBeDefined();
  });

  test('that are no JSON can be put aside', async () => {
    await using shell = await ShellUnderTest.create();
    const broken = '{ "server": { "role": "main", ';
    writeFileSync(shell.settingsPath, broken);
    const app = await shell.launch();
    const page = await shownPage(app, 'settings-broken.html');
    await expect(page.locator('#contents')).toHaveText(broken.trim());
    await page.getByRole('button', { name: 'Put the file aside and start anew' }).click();
    await shownPage(app, 'first-run.html');
    const aside = shell.settingsFiles().find((name) => name.startsWith('settings.broken-'));
    expect(readFileSync(`${shell.directory}/${aside!}`, 'utf8')).toBe(broken);
  });
});

test.describe('the pages of the shell', () => {
  test('are accessible in both themes', async () => {
    await using shell = await ShellUnderTest.create();
    writeFileSync(shell.settingsPath, '{}}');
    const app = await shell.launch();
    const page = await shownPage(app, 'settings-broken.html');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Put the file aside and start anew' }).click();
    const form = await shownPage(app, 'first-run.html');
    await form.getByRole('button', { name: 'Start the server' }).click();
    await expectAccessible(form);
    await form.getByRole('radio', { name: 'The main server' }).check();
    await form.getByRole('button', { name: 'Start the server' }).click();
    const status = await shownPage(app, 'status.html');
    await expect(status.getByRole('heading', { name: 'The server runs' })).toBeVisible();
    await expectAccessible(status);
    const blocker = await killAndBlock(shell);
    await expect(status.getByRole('heading', { name: 'not running' })).toBeVisible();
    await expectAccessible(status);
    blocker.close();
  });
});

test.describe('the tray', () => {
  test('tells the state, and brings back the window that was closed', async () => {
    await using shell = await ShellUnderTest.create();
    const { app, screens } = await launchHosting(shell);
    expect(await trayOf(app)).toEqual({
      toolTip: 'Backroom: Main server Main runs',
      labels: ['Main server Main runs', '', 'Open Backroom', 'Quit Backroom…'],
    });
    await screens.evaluate(() =>
      (window as unknown as { backroomShell: LooseApi }).backroomShell['showSyncState']?.(
        '3 tickets wait',
      ),
    );
    expect((await trayOf(app)).labels).toContain('3 tickets wait');

    await screens.close();
    await expect.poll(() => windowCount(app)).toBe(0);
    expect(await healthOf(shell.port)).toBeDefined();
    await chooseInTray(app, 'Open Backroom');
    await shownPage(app, SCREENS);
    expect(await windowCount(app)).toBe(1);
  });

  test('a second start opens the window of the first', async () => {
    await using shell = await ShellUnderTest.create();
    const { app, screens } = await launchHosting(shell);
    await screens.close();
    await expect.poll(() => windowCount(app)).toBe(0);
    expect(await shell.startAgain()).toBe(0);
    await expect.poll(() => windowCount(app)).toBe(1);
  });
});

function windowCount(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Electron opens no page of axe's own, which its other mode needs.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
}
