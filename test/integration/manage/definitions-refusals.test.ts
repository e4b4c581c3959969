import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DefinitionChange } from '../../../server/contract/definitions-api.ts';
import { terminalListSchema, uptakeSchema } from '../../../server/contract/definitions-api.ts';
import type { Office } from './definitions-house.ts';
import { URLS, openMain, openTill } from './definitions-house.ts';

let main: Office;
beforeAll(async () => {
  main = await openMain();
});
afterAll(() => main[Symbol.asyncDispose]());

type Values = Record<string, string | number | boolean | null | string[]>;
const create = (model: DefinitionChange['model'], row: Values): DefinitionChange => ({
  ...{ action: 'create', model, row },
});
const update = (
  model: DefinitionChange['model'],
  id: string,
  fields: Values,
): DefinitionChange => ({
  ...{ action: 'update', model, id, fields },
});
const off = (model: DefinitionChange['model'], id: string): DefinitionChange => ({
  ...{ action: 'deactivate', model, id },
});
const server = (fields: Values): DefinitionChange =>
  create('MobileServer', {
    ...{ key: 'New', name: 'New server', type: 'STORE', priority: 30 },
    ...{ url: 'http://10.0.0.9:8427/openbravo', ...fields },
  });
const preference = (key: string, value: string, holder: Values = {}): DefinitionChange =>
  create('Preference', { key, value, ...holder });
const AGE = 'OBMOBC_AuthenticationTokenMaxAge';
const REFRESH = 'OBMOBC_RequestRouterRefreshTokenInterval';

/** What it is, what is asked, the code, the field, and words of the sentence. */
const REFUSALS: [string, DefinitionChange[], string, string, RegExp][] = [
  [
    'two servers with one name',
    [server({ name: ' central ' })],
    'sameName',
    'name',
    /Central.*another name/,
  ],
  ['two servers with one key', [server({ key: 'Main' })], 'sameKey', 'key', /another key/],
  [
    'two servers with one URL',
    [server({ url: `${URLS.store}/` })],
    'sameUrl',
    'url',
    /Bilbao back room/,
  ],
  [
    'a URL in another spelling',
    [server({ url: 'HTTP://10.0.0.2:8427/openbravo' })],
    'sameUrl',
    'url',
    /its own/,
  ],
  [
    'a store server at its main’s URL',
    [server({ url: URLS.main })],
    'pointsAtItself',
    'url',
    /"Central"/,
  ],
  [
    'a main at a store server’s URL',
    [server({ type: 'MAIN', url: URLS.store })],
    'pointsAtItself',
    'url',
    /to itself/,
  ],
  [
    'a URL that is none',
    [server({ url: '10.0.0.9/openbravo' })],
    'badUrl',
    'url',
    /http:\/\/ or https:/,
  ],
  ['a URL with a query', [server({ url: 'http://a/openbravo?x=1' })], 'badUrl', 'url', /Leave out/],
  [
    'a priority that is no number',
    [server({ priority: 'ten' })],
    'badField',
    'priority',
    /"priority" of the new server|"priority" of server.*whole number/,
  ],
  [
    'a priority with decimals',
    [update('MobileServer', 'S', { priority: 1.5 })],
    'badField',
    'priority',
    /whole number/,
  ],
  ['an unknown type', [server({ type: 'CLOUD' })], 'badField', 'type', /MAIN or STORE/],
  ['an unknown member', [server({ colour: 'red' })], 'unknownField', 'colour', /Leave it out/],
  ['a key that is too long', [server({ key: 'k'.repeat(33) })], 'badField', 'key', /1 to 32/],
  [
    'an unknown service',
    [server({ allServices: false, services: ['OrderLoadr'] })],
    'unknownService',
    'services.0',
    /OrderLoadr/,
  ],
  [
    'an unknown organization',
    [server({ allOrganizations: false, organizations: ['Bilbao', 'Nowhere'] })],
    'unknownOrganization',
    'organizations.1',
    /Nowhere/,
  ],
  [
    'a cycle in the tree',
    [update('Organization', 'Root', { parent: 'Bilbao' })],
    'cycle',
    'parent',
    /Bilbao → North → Chain → Bilbao/,
  ],
  [
    'an unknown parent',
    [create('Organization', { name: 'X', parent: 'Nowhere' })],
    'unknownParent',
    'parent',
    /Nowhere/,
  ],
  [
    'an organization with tills that ends',
    [off('Organization', 'Vigo')],
    'unknownOrganization',
    'organization',
    /VBS-2/,
  ],
  [
    'a till in no organization',
    [update('Terminal', '1', { organization: 'Nowhere' })],
    'unknownOrganization',
    'organization',
    /Nowhere/,
  ],
  [
    'two tills with one search key',
    [update('Terminal', '2', { searchKey: 'VBS-1' })],
    'sameSearchKey',
    'searchKey',
    /VBS-1/,
  ],
  [
    'a refresh interval that is not below the age',
    [preference(REFRESH, '43200000')],
    'refreshNotBelowAge',
    'value',
    /the system.*shorter/,
  ],
  [
    'an age that is not above the refresh interval, for one till',
    [preference(AGE, '1800000', { terminal: '1' })],
    'refreshNotBelowAge',
    'value',
    /VBS-1/,
  ],
  [
    'the enablement for one organization',
    [preference('OBMOBC_MultiServerArchitecture', 'Y', { organization: 'Vigo' })],
    'badLevel',
    'organization',
    /for the system/,
  ],
  ['a duration that is none', [preference(AGE, '12 h')], 'badValue', 'value', /milliseconds/],
  [
    'a wait above its cap',
    [preference('OBMOBC_TransitionToOfflineWait', '600001')],
    'badValue',
    'value',
    /at most 600000/,
  ],
  [
    'a preference that is set twice',
    [preference('OBMOBC_MultiServerArchitecture', 'N')],
    'setTwice',
    '',
    /twice for the system/,
  ],
  [
    'a preference of two holders',
    [preference(AGE, '50000000', { terminal: '1', organization: 'Vigo' })],
    'severalHolders',
    '',
    /Name one/,
  ],
  [
    'a preference of nobody',
    [preference(AGE, '50000000', { terminal: '9' })],
    'unknownHolder',
    'terminal',
    /"9"/,
  ],
  [
    'an owner that is no main',
    [preference('Backroom_DefinitionsOwner', 'Store-Bilbao')],
    'unknownOwner',
    'value',
    /no active main/,
  ],
  ['the owner’s end', [off('MobileServer', 'M')], 'ownerNeeded', '', /another main first/],
  [
    'the owner’s other key',
    [update('MobileServer', 'M', { key: 'Other' })],
    'ownerNeeded',
    '',
    /this key/,
  ],
  [
    'an update of what is not there',
    [update('MobileServer', 'X', { priority: 1 })],
    'unknownRow',
    '',
    /Load the list again/,
  ],
  ['an id that is taken', [server({ id: 'S' })], 'idTaken', 'id', /Leave the id out/],
];

describe('bad definitions are refused', () => {
  it.each(REFUSALS)('%s', async (_what, changes, code, field, words) => {
    const { findings, error } = await main.refused({ changes });
    const found = findings.find((one) => one.code === code);
    expect(found, JSON.stringify(findings)).toMatchObject({ severity: 'error', field });
    expect(found?.message).toMatch(words);
    expect(error.message).toMatch(/^Nothing was changed\./);
  });

  it('of all the refusals above nothing is in force', async () => {
    const { changeNo } = await main.get(uptakeSchema, '/uptake');
    expect(changeNo).toBe(0);
  });

  it('a request that is none, with its path', async () => {
    for (const body of [
      {},
      { changes: [] },
      { changes: [{ action: 'delete' }] },
      '{"changes": [',
    ]) {
      const response = await main.call('/changes', { body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'badInput' } });
    }
  });
});

describe('a running till', () => {
  const withoutServer = [
    update('MobileServer', 'M', { allOrganizations: false, organizations: ['Bilbao'] }),
  ];
  it('is not left without a server, unless it is forced with a reason', async () => {
    expect((await main.change({ changes: withoutServer, dryRun: true })).findings).toEqual([]);
    const till = await openTill(main.server.url, { id: '2', name: 'VBS-2' });
    await till.beat();
    await vi.waitFor(async () => {
      const { terminals } = await main.get(terminalListSchema, '/terminals');
      expect(terminals[1]?.lastSeenAt).not.toBeNull();
    });
    const { findings } = await main.refused({ changes: withoutServer });
    expect(findings).toMatchObject([
      { code: 'tillsWithoutServer', forceable: true, tills: [{ id: '2', searchKey: 'VBS-2' }] },
    ]);
    expect(findings[0]?.message).toContain('VBS-2');
    const lessServices = [
      update('MobileServer', 'M', { allServices: false, services: ['org.openbravo.mobile.core'] }),
    ];
    expect((await main.refused({ changes: lessServices })).findings).toMatchObject([
      { code: 'tillsWithoutService', tills: [{ searchKey: 'VBS-2' }] },
    ]);
    expect((await main.refused({ changes: [off('Terminal', '2')] })).findings).toMatchObject([
      { code: 'runningTill' },
    ]);
    // The same holds where the till's store, or the till, is what is moved.
    const elsewhere = [
      create('Organization', { id: 'Away', name: 'Away', parent: null }),
      update('MobileServer', 'M', { allOrganizations: false, organizations: ['Root'] }),
    ];
    for (const move of [
      update('Organization', 'Vigo', { parent: 'Away' }),
      update('Terminal', '2', { organization: 'Away' }),
    ]) {
      expect((await main.refused({ changes: [...elsewhere, move] })).findings).toMatchObject([
        { code: 'tillsWithoutServer', forceable: true, tills: [{ searchKey: 'VBS-2' }] },
      ]);
    }
    const renamed = await main.refused({
      changes: [update('Terminal', '2', { searchKey: 'VBS-22' })],
    });
    expect(renamed.findings).toMatchObject([{ code: 'runningTill', forceable: true }]);
    expect(renamed.findings[0]?.message).toMatch(/another search key.*: VBS-2\. End them first/);
    expect((await main.refused({ changes: [off('Organization', 'Vigo')] })).findings).toMatchObject(
      [{ code: 'unknownOrganization', model: 'Terminal', id: '2', forceable: false }],
    );
    const forced = await main.change({
      changes: withoutServer,
      force: true,
      reason: 'closed today',
    });
    expect(forced.changeNo).toBe(1);
  });
});
