import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { estateSchema } from '../../server/contract/estate.ts';
import { importEstate } from '../../server/start.ts';
import { ShellUnderTest, shownPage, statusIn } from '../support/electron/shell-fixture.ts';
import { screensOf } from '../support/manage-pages.ts';
import { startServerProcess } from '../support/server-process.ts';

const MANAGER = { userName: 'elena', password: 'a good long password' };

test('a new shop joins its main on the first run, and its manager logs in', async () => {
  await using shell = await ShellUnderTest.create();
  const mainDirectory = join(shell.directory, 'main');
  const { joinCodes } = await importEstate(
    { dataDirectory: mainDirectory, serverKey: 'Main', joinFor: ['Corner'] },
    estate(),
  );
  await using main = await startServerProcess(['--role', 'main', '--data', mainDirectory]);

  const app = await shell.launch();
  const form = await shownPage(app, 'first-run.html');
  await form.getByLabel('Address of the main server').fill(main.url);
  await form.getByLabel('Mobile Server Key').fill('Corner');
  await form.getByLabel('Join code').fill(joinCodes['Corner'] ?? '');
  await form.getByRole('button', { name: 'Start the server' }).click();

  const page = await shownPage(app, '/manage/');
  expect(await statusIn(page)).toMatchObject({ role: 'store', serverKey: 'Corner', hosted: true });
  // It works once, so it is not kept.
  expect(shell.readSettings().server).not.toHaveProperty('joinCode');

  const screens = screensOf(page);
  // The users come from the main with the first replication.
  await expect(async () => {
    await screens.logIn(MANAGER);
    await expect(screens.headline).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});

function estate() {
  const server = { url: 'http://127.0.0.1:1/openbravo', priority: 1 };
  return estateSchema.parse({
    organizations: [{ id: 'Shop', name: 'Corner shop', parent: null }],
    servers: [
      { ...server, id: 'M', key: 'Main', name: 'Head office', type: 'MAIN' },
      { ...server, id: 'S', key: 'Corner', name: 'Corner shop', type: 'STORE' },
    ],
    users: [{ ...MANAGER, id: 'U1', name: 'Elena Ruiz', role: 'manager', organization: 'Shop' }],
    terminals: [],
    models: {},
  });
}
