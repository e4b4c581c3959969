import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import {
  definitionsSummarySchema,
  serverListSchema,
  terminalListSchema,
  uptakeSchema,
} from '../../../server/contract/definitions-api.ts';
import type { Office } from './definitions-house.ts';
import { openMain, openOffice, openTill } from './definitions-house.ts';

/** A change is everywhere within seconds; a store server's own heartbeat is half a minute away. */
const SOON = { timeout: 8_000, interval: 50 };
const uptake = (office: Office) => office.get(uptakeSchema, '/uptake');
const editionAt = async (office: Office): Promise<string> =>
  (await office.get(definitionsSummarySchema, '/summary')).edition;

it('shows which server and which till has taken a change up, through the store server too', async () => {
  await using main = await openMain();
  await using store = await openOffice({
    ...{ role: 'store', dataDirectory: join(main.directory, '..', 'store') },
    ...{ serverKey: 'Store-Bilbao', joinCode: main.joinCode, mainUrl: main.server.url },
  });
  const before = await editionAt(main);
  // The users come with the first replication.
  await vi.waitFor(async () => expect(await editionAt(store)).toBe(before), {
    timeout: 20_000,
    interval: 100,
  });
  await vi.waitFor(async () => {
    expect((await uptake(main)).servers).toMatchObject([
      { id: 'Main', state: 'current' },
      { id: 'Store-Bilbao', state: 'current', edition: before },
    ]);
  }, SOON);
  expect((await uptake(main)).tills.map(({ state }) => state)).toEqual(['unknown', 'unknown']);

  const till = await openTill(store.server.url, { id: '1', name: 'VBS-1' });
  expect((await till.beat({ definitionsEdition: before })).definitionsEdition).toBe(before);
  await vi.waitFor(async () => {
    expect((await uptake(store)).tills[0]).toMatchObject({ id: '1', state: 'current' });
  }, SOON);

  const name = 'Bilbao';
  await main.change({
    changes: [
      { action: 'update', model: 'MobileServer', id: 'M', fields: { priority: 3 } },
      { action: 'update', model: 'Organization', id: 'Bilbao', fields: { name: `${name} Centro` } },
    ],
  });
  const after = await editionAt(main);
  expect(after).not.toBe(before);
  await vi.waitFor(async () => {
    expect((await uptake(main)).servers[1]).toMatchObject({ state: 'current', changeNo: 1 });
  }, SOON);
  expect(await editionAt(store)).toBe(after);
  // The main knows of the till through the store server: it is behind, until it says otherwise.
  await vi.waitFor(async () => {
    expect((await uptake(main)).tills[0]).toMatchObject({ state: 'behind', edition: before });
  }, SOON);
  expect((await till.beat({ definitionsEdition: before })).definitionsEdition).toBe(after);
  await vi.waitFor(async () => {
    await till.beat({ definitionsEdition: after });
    expect((await uptake(store)).tills[0]).toMatchObject({ state: 'current' });
  }, SOON);
  await vi.waitFor(async () => {
    expect((await uptake(main)).tills[0]).toMatchObject({ state: 'current', changeNo: 1 });
  }, SOON);
  const { terminals } = await main.get(terminalListSchema, '/terminals');
  expect(terminals[0]).toMatchObject({ id: '1', uptake: 'current' });
  const { servers } = await main.get(serverListSchema, '/servers');
  expect(servers.find(({ key }) => key === 'Store-Bilbao')).toMatchObject({
    ...{ uptake: 'current', status: { knownBy: 'reported' } },
  });

  const elsewhere = await store.call('/changes', {
    body: { changes: [{ action: 'deactivate', model: 'MobileServer', id: 'S' }] },
  });
  expect(elsewhere.status).toBe(409);
  const { error } = (await elsewhere.json()) as { error: { code: string; message: string } };
  expect(error).toMatchObject({ code: 'notOwner' });
  expect(error.message).toContain('"Central"');
  const summary = await store.get(definitionsSummarySchema, '/summary');
  expect(summary.owner).toEqual({ key: 'Main', name: 'Central', isSelf: false });
  expect(summary.readOnly?.code).toBe('notOwner');

  // A till that the main knows of only through the store server still counts as running.
  const refused = await main.refused({
    changes: [
      {
        action: 'update',
        model: 'MobileServer',
        id: 'M',
        fields: { allOrganizations: false, organizations: ['Vigo'] },
      },
      { action: 'deactivate', model: 'MobileServer', id: 'S' },
    ],
  });
  expect(refused.findings).toMatchObject([
    { code: 'tillsWithoutServer', forceable: true, tills: [{ searchKey: 'VBS-1' }] },
  ]);
});
