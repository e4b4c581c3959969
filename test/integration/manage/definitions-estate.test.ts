import { describe, expect, it } from 'vitest';
import type { ChangesAnswer } from '../../../server/contract/definitions-api.ts';
import {
  changesAnswerSchema,
  definitionsSummarySchema,
  historyPageSchema,
  serverListSchema,
} from '../../../server/contract/definitions-api.ts';
import { unreadEstateSchema } from '../../../server/contract/estate-api.ts';
import type { Estate } from '../../../server/contract/estate.ts';
import { estateSchema } from '../../../server/contract/estate.ts';
import type { Office } from './definitions-house.ts';
import { openMain } from './definitions-house.ts';

const exported = (main: Office): Promise<Estate> => main.get(estateSchema, '/estate');
const editionAt = async (main: Office): Promise<string> =>
  (await main.get(definitionsSummarySchema, '/summary')).edition;

async function apply(main: Office, body: object): Promise<ChangesAnswer> {
  const response = await main.call('/estate', { body });
  const answer: unknown = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return changesAnswerSchema.parse(answer);
}

async function fault(main: Office, body: object): Promise<string> {
  const response = await main.call('/estate', { body });
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(response.status).toBe(400);
  return `${error.code}: ${error.message}`;
}

describe('estate files', () => {
  it('hold all definitions without secrets, and change nothing where they came from', async () => {
    await using main = await openMain();
    const estate = await exported(main);
    expect(estate.servers.map(({ key }) => key).toSorted()).toEqual(['Main', 'Store-Bilbao']);
    expect(estate.terminals).toHaveLength(2);
    expect(JSON.stringify(estate)).not.toMatch(/argon2|passwordHash|pinHash/);
    expect(await apply(main, { estate })).toMatchObject({ changeNo: null, difference: [] });
  });

  it('are applied with a preview, into another server too, and undone', async () => {
    await using first = await openMain();
    await first.change({
      changes: [
        { action: 'update', model: 'MobileServer', id: 'S', fields: { priority: 2 } },
        {
          action: 'create',
          model: 'Organization',
          row: { id: 'G', name: 'Gijón', parent: 'Root' },
        },
        { action: 'deactivate', model: 'Terminal', id: '2' },
      ],
    });
    const estate = await exported(first);
    await using second = await openMain();
    const before = await editionAt(second);
    const text = JSON.stringify(estate);
    const preview = await apply(second, { text, dryRun: true });
    const kinds = preview.difference.map(({ model, kind }) => `${model} ${kind}`);
    expect(kinds.toSorted()).toEqual([
      ...['MobileServer changed', 'Organization created', 'Terminal deactivated'],
    ]);
    expect(await editionAt(second)).toBe(before);
    const applied = await apply(second, { text, reason: 'as at the other' });
    expect(applied).toMatchObject({ changeNo: 1, edition: preview.edition });
    expect(await editionAt(second)).toBe(applied.edition);
    // Users kept their passwords: this one is still let in.
    expect((await second.call('/summary')).status).toBe(200);
    expect((await second.call('/history/1/undo', { body: {} })).status).toBe(200);
    expect(await editionAt(second)).toBe(before);
  });

  it('leave what they do not name, or deactivate it', async () => {
    await using main = await openMain();
    const estate = await exported(main);
    const servers = estate.servers.filter(({ key }) => key === 'Main');
    expect((await apply(main, { estate: { ...estate, servers } })).difference).toEqual([]);
    await apply(main, { estate: { ...estate, servers }, others: 'deactivate' });
    const list = await main.get(serverListSchema, '/servers');
    expect(list.servers.find(({ key }) => key === 'Store-Bilbao')?.active).toBe(false);
  });

  it('are applied as a whole or not at all, and judged like any change', async () => {
    await using main = await openMain();
    const before = await editionAt(main);
    const estate = await exported(main);
    const [one, other] = estate.servers;
    const servers = [
      { ...one, priority: 1 },
      { ...other, url: one!.url },
    ];
    const response = await main.call('/estate', { body: { estate: { ...estate, servers } } });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ findings: [{ code: 'pointsAtItself' }] });
    const nobody = { ...estate, users: [] };
    const locked = await main.call('/estate', { body: { estate: nobody, others: 'deactivate' } });
    expect(await locked.json()).toMatchObject({ findings: [{ code: 'noAdministrator' }] });
    expect(await editionAt(main)).toBe(before);
  });

  it('give users a new password that is kept as a hash and never shown', async () => {
    await using main = await openMain();
    const estate = await exported(main);
    const users = estate.users.map((user) =>
      user.id === 'M' ? { ...user, password: 'quite another one' } : user,
    );
    const { difference } = await apply(main, { estate: { ...estate, users } });
    expect(difference).toMatchObject([
      { model: 'User', fields: [{ field: 'passwordHash', before: '•••', after: '•••' }] },
    ]);
    const page = await (await main.call('/history')).text();
    expect(page).not.toContain('argon2');
    expect(historyPageSchema.parse(JSON.parse(page)).changes).toHaveLength(1);
  });

  it('say with line and path what is wrong with them', async () => {
    await using main = await openMain();
    const estate = await exported(main);
    const text = JSON.stringify(estate, null, 2);
    expect(await fault(main, { text: text.slice(0, text.length / 2) })).toMatch(
      /badEstate.*line \d+/,
    );
    expect(await fault(main, { text: text.replace('"estate": 1', '"estate": 99') })).toMatch(
      /line 2, "estate"/,
    );
    expect(await fault(main, { text: text.replace('"priority"', '"prioridad"') })).toMatch(
      /prioridad/,
    );
    expect(await fault(main, { estate: { ...estate, servers: 'none' } })).toContain('"servers"');
    expect(await fault(main, { text, estate })).toContain('one of them');
    expect(await fault(main, {})).toContain('one of them');
  });

  it('list what is wrong with them, each with its place, in YAML as in JSON', async () => {
    await using main = await openMain();
    const yaml = await (await main.call('/estate?format=yaml')).text();
    const text = yaml.replace(/priority: \d+/, 'priority: ten').replace('description', 'remark');
    const response = await main.call('/estate', { body: { text, dryRun: true } });
    expect(response.status).toBe(400);
    const { faults } = unreadEstateSchema.parse(await response.json());
    const line = text.split('\n').findIndex((one) => one.includes('priority: ten')) + 1;
    expect(faults).toContainEqual({
      ...{ path: 'servers[0].priority', line, column: 5 },
      message: 'must be a number, and is "ten"',
    });
    expect(faults.map(({ path }) => path)).toContain('servers[0].remark');
    const asJson = await fault(main, { text: yaml, format: 'json' });
    expect(asJson).toContain('line 1: a value is due');
  });

  it('are kept as JSON or YAML, and both bring back what was', async () => {
    await using main = await openMain();
    for (const format of ['json', 'yaml']) {
      const response = await main.call(`/estate?format=${format}`, { as: 'manager' });
      expect(response.headers.get('Content-Disposition')).toBe(
        `attachment; filename=estate.${format}`,
      );
      const text = await response.text();
      expect(await apply(main, { text })).toMatchObject({ changeNo: null, difference: [] });
      await main.change({
        changes: [{ action: 'update', model: 'MobileServer', id: 'S', fields: { priority: 3 } }],
      });
      const { difference } = await apply(main, { text });
      expect(difference).toMatchObject([
        { kind: 'changed', fields: [{ field: 'priority', before: 3 }] },
      ]);
    }
    expect((await main.call('/estate?format=xml')).status).toBe(400);
  });

  it('are previewed with what the checker finds that is not so now', async () => {
    await using main = await openMain();
    const estate = await exported(main);
    const sound = await apply(main, { estate, dryRun: true });
    expect(sound.proof).toMatchObject({ fresh: 0, findings: [] });
    const servers = estate.servers.map((server) =>
      server.type === 'MAIN'
        ? {
            ...{ ...server, allServices: false, definedServices: 'excluding' },
            services: ['org.openbravo.retail.posterminal.CustomerLoader'],
          }
        : server,
    );
    const { proof } = await apply(main, { estate: { ...estate, servers }, dryRun: true });
    expect(proof?.fresh).toBeGreaterThan(0);
    expect(proof?.findings[0]).toMatchObject({ severity: 'error', rule: 'main-reachable' });
  });

  it('say that master data is not taken', async () => {
    await using main = await openMain();
    const estate = { ...(await exported(main)), models: { Product: [{ rows: [] }] } };
    expect((await apply(main, { estate })).findings).toMatchObject([
      { code: 'modelsLeftOut', severity: 'warning' },
    ]);
  });
});
