import { describe, expect, it } from 'vitest';
import type { DefinitionChange } from '../../../server/contract/definitions-api.ts';
import {
  changesAnswerSchema,
  definitionsSummarySchema,
  historyPageSchema,
  serverListSchema,
} from '../../../server/contract/definitions-api.ts';
import type { Office } from './definitions-house.ts';
import { openMain } from './definitions-house.ts';

const updateServer = (
  id: string,
  fields: Record<string, string | number | boolean | string[]>,
): DefinitionChange => ({
  ...{ action: 'update', model: 'MobileServer', id, fields },
});
const failover: DefinitionChange = {
  action: 'create',
  model: 'MobileServer',
  row: {
    ...{ key: 'Backup', name: 'Fail-over', type: 'MAIN', priority: 20 },
    url: 'http://10.0.0.3:8427/openbravo',
  },
};
const history = async (main: Office, query = '') =>
  (await main.get(historyPageSchema, `/history${query}`)).changes;
const edition = async (main: Office) =>
  (await main.get(definitionsSummarySchema, '/summary')).edition;
const undo = async (main: Office, changeNo: number, body: object = {}) =>
  main.call(`/history/${changeNo}/undo`, { body });

describe('changing definitions', () => {
  it('creates, updates and deactivates, tells the difference, and keeps it all in the history', async () => {
    await using main = await openMain();
    const made = await main.change({ changes: [failover], reason: 'two mains from May' });
    expect(made).toMatchObject({ changeNo: 1, findings: [] });
    expect(made.difference).toMatchObject([{ kind: 'created', name: 'Fail-over' }]);
    const { id } = made.difference[0]!;
    const changed = await main.change({
      changes: [
        updateServer(id, { priority: 30, allServices: false, services: ['OrderLoader'] }),
        {
          action: 'create',
          model: 'Organization',
          row: { id: 'Gijon', name: 'Gijón', parent: 'North' },
        },
      ],
    });
    expect(changed.difference[0]).toMatchObject({
      kind: 'changed',
      fields: [
        { field: 'priority', before: 20, after: 30 },
        { field: 'allServices', before: true, after: false },
        { field: 'services', before: [], after: ['OrderLoader'] },
      ],
    });
    await main.change({ changes: [{ action: 'deactivate', model: 'MobileServer', id }] });
    const { servers } = await main.get(serverListSchema, '/servers');
    expect(servers.find((row) => row.id === id)).toMatchObject({ active: false, priority: 30 });

    const changes = await history(main);
    expect(changes.map(({ changeNo, reason }) => [changeNo, reason])).toEqual([
      ...[
        [3, null],
        [2, null],
        [1, 'two mains from May'],
      ],
    ]);
    expect(changes[0]).toMatchObject({
      actor: { id: 'A', name: 'The administrator' },
      rows: [{ kind: 'deactivated', fields: [{ field: 'active', before: true, after: false }] }],
    });
    expect((await history(main, `?model=MobileServer&id=${id}`)).length).toBe(3);
    expect((await history(main, '?model=Organization')).map((row) => row.changeNo)).toEqual([2]);
    expect((await history(main, '?before=2')).map((row) => row.changeNo)).toEqual([1]);
  });

  it('shows a preview and changes nothing', async () => {
    await using main = await openMain();
    const before = await edition(main);
    const preview = await main.change({ changes: [failover], dryRun: true });
    expect(preview).toMatchObject({ changeNo: null, difference: [{ kind: 'created' }] });
    const wrong = await main.change({
      changes: [updateServer('S', { key: 'Main' })],
      dryRun: true,
    });
    expect(wrong.findings).toMatchObject([{ code: 'sameKey', severity: 'error', change: 0 }]);
    expect(await edition(main)).toBe(before);
    expect(await history(main)).toEqual([]);
  });

  it('makes all of several changes or none', async () => {
    await using main = await openMain();
    const before = await edition(main);
    await main.refused({ changes: [failover, updateServer('S', { name: 'Central' })] });
    expect(await edition(main)).toBe(before);
    expect(await history(main)).toEqual([]);
    expect(await main.change({ changes: [updateServer('S', { priority: 5 })] })).toMatchObject({
      ...{ changeNo: null, difference: [] },
    });
  });

  it('undoes a change by a new one that restores exactly what was', async () => {
    await using main = await openMain();
    const before = await edition(main);
    await main.change({
      changes: [failover, updateServer('S', { priority: 7, description: 'x' })],
    });
    expect(await edition(main)).not.toBe(before);
    const undone = await undo(main, 1, { reason: 'too early' });
    expect(changesAnswerSchema.parse(await undone.json())).toMatchObject({ edition: before });
    expect(await edition(main)).toBe(before);
    const [newest, first] = await history(main);
    expect(newest).toMatchObject({ changeNo: 2, undoes: 1, reason: 'too early' });
    expect(first).toMatchObject({ changeNo: 1, undoneBy: 2 });
    expect((await undo(main, 2)).status).toBe(200);
    expect((await undo(main, 99)).status).toBe(404);
  });

  it('does not undo what something newer depends on', async () => {
    await using main = await openMain();
    const gijon = { id: 'Gijon', name: 'Gijón', parent: 'North' };
    await main.change({ changes: [{ action: 'create', model: 'Organization', row: gijon }] });
    await main.change({ changes: [updateServer('S', { organizations: ['North', 'Gijon'] })] });
    const refused = await undo(main, 1);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      findings: [{ code: 'unknownOrganization', model: 'MobileServer', id: 'S' }],
    });
    await main.change({
      changes: [
        { action: 'update', model: 'Organization', id: 'Gijon', fields: { name: 'Gijon' } },
      ],
    });
    const changedSince = await undo(main, 1);
    expect(changedSince.status).toBe(422);
    expect((await changedSince.json()) as object).toMatchObject({
      findings: [{ code: 'changedSince', id: 'Gijon' }],
    });
  });

  it('refuses a form that was filled in before somebody else’s change', async () => {
    await using main = await openMain();
    await main.change({ changes: [updateServer('S', { priority: 6 })], knownChangeNo: 0 });
    const late = await main.call('/changes', {
      body: { changes: [updateServer('S', { priority: 8 })], knownChangeNo: 0 },
    });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ error: { code: 'changedMeanwhile' } });
    const other = { changes: [updateServer('M', { priority: 11 })], knownChangeNo: 0 };
    expect((await main.change(other)).changeNo).toBe(2);
  });

  it('loses none of many changes that are made at once', async () => {
    await using main = await openMain();
    await Promise.all(
      [1, 2, 3, 4].map((number) =>
        main.change({
          changes: [
            {
              action: 'create',
              model: 'Organization',
              row: { name: `Shop ${number}`, parent: null },
            },
          ],
        }),
      ),
    );
    expect(await history(main)).toHaveLength(4);
    expect((await history(main)).at(0)?.edition).toBe(await edition(main));
  });

  it('asks for a reason where something is forced or the ownership moves', async () => {
    await using main = await openMain();
    const foreign = updateServer('S', { allServices: false, services: ['com.example.Loyalty'] });
    await main.refused({ changes: [foreign] });
    const silent = await main.call('/changes', { body: { changes: [foreign], force: true } });
    expect(silent.status).toBe(400);
    await main.change({ changes: [foreign], force: true, reason: 'their own module' });
    expect((await history(main))[0]).toMatchObject({ forced: ['unknownService'] });

    await main.change({ changes: [failover] });
    const move: DefinitionChange = {
      ...{ action: 'create', model: 'Preference' },
      row: { key: 'Backroom_DefinitionsOwner', value: 'Backup' },
    };
    expect((await main.call('/changes', { body: { changes: [move] } })).status).toBe(400);
    await main.change({ changes: [move], reason: 'moved to the cloud' });
    const after = await main.call('/changes', { body: { changes: [failover] } });
    expect(after.status).toBe(409);
    const { error } = (await after.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('notOwner');
    expect(error.message).toContain('"Fail-over"');
    expect(error.message).toContain('http://10.0.0.3:8427/manage');
  });

  it('is for administrators alone', async () => {
    await using main = await openMain();
    const body = { changes: [failover] };
    for (const [path, given] of [
      ...([
        ['/changes', body],
        ['/estate', { text: '{}' }],
        ['/history/1/undo', {}],
      ] as const),
    ]) {
      expect((await main.call(path, { as: 'manager', body: given })).status).toBe(403);
      expect((await main.call(path, { as: 'cashier', body: given })).status).toBe(401);
    }
  });
});
