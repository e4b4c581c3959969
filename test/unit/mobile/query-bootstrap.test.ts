import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import { bootstrapRoutes } from '../../../server/mobile/bootstrap.ts';
import type { BootstrapContext } from '../../../server/mobile/bootstrap-route.ts';
import { userOf } from '../../support/definitions.ts';
import { fakeStorage } from '../../support/mobile/fake-storage.ts';
import { contextOn, models, modules, shop } from '../../support/mobile/shop.ts';
import { STRUCTURE_FACTS } from '../../integration/mobile/master-data-facts.ts';

const POS = '/org.openbravo.retail.posterminal.service.loginutils';
const CORE = '/org.openbravo.mobile.core';

const definitions = {
  ...shop,
  servers: [
    {
      ...{ id: 's', key: 'store-1', name: 'Store', description: '', type: 'STORE' as const },
      ...{ url: 'http://192.168.1.10:8427/openbravo', priority: 10, allOrganizations: false },
      ...{ organizations: ['0'], allServices: true, definedServices: 'only' as const },
      ...{ services: [], active: true },
    },
  ],
  users: [
    userOf({ id: 'U1', userName: 'ann', name: 'Ann', organization: 'STORE' }),
    userOf({ id: 'U2', userName: 'root', role: 'administrator', organization: '0' }),
    userOf({ id: 'U3', userName: 'bob', organization: 'ELSEWHERE' }),
    userOf({ id: 'U4', userName: 'left', organization: 'STORE', active: false }),
  ],
  preferences: [
    {
      id: '1',
      key: 'OBMOBC_MultiServerArchitecture',
      value: 'Y',
      organization: null,
      active: true,
    },
    { id: '2', key: 'OBPOS_remote.product', value: 'Y', organization: null, active: true },
    { id: '3', key: 'OBPOS_remote.product', value: 'N', organization: 'STORE', active: true },
    { id: '4', key: 'OBPOS_limit', value: '20', organization: null, active: true },
  ],
};

async function get(path: string, query = '', parts: Partial<BootstrapContext> = {}) {
  const route = bootstrapRoutes.find((candidate) => candidate.path === path);
  if (route === undefined) throw new Error(`no route ${path}`);
  const { system, storage, self } = contextOn(fakeStorage({}));
  return route.answer(new URLSearchParams(query), {
    ...{ system, storage, definitions, self, modules, caller: undefined },
    ...parts,
  });
}

const json = async (path: string, query = '', parts: Partial<BootstrapContext> = {}) =>
  JSON.parse((await get(path, query, parts)).body) as JsonObject;

const caller = contextOn(fakeStorage({})).caller;

describe('initActions', () => {
  it('gives the servers and services of the till’s organization before the log-in', async () => {
    const answer = await json(POS, 'command=initActions&terminalName=VBS-1&cacheSessionId=');
    expect(answer).toMatchObject({
      executePerformanceTest: 'N',
      terminalAuthentication: 'N',
      servers: [
        { name: 'Store', address: 'http://192.168.1.10:8427/openbravo', currentServer: true },
      ],
    });
    expect(answer['cacheSessionId']).toHaveLength(32);
    const services = answer['services'] as { name: string; timeout: number }[];
    expect(services).toContainEqual({
      name: 'org.openbravo.retail.posterminal.master.Product',
      type: 'Failover',
      defaultTimeout: 5,
      timeout: 5,
    });
    expect(services.some((service) => service.name.startsWith('backroom.'))).toBe(false);
    for (const service of services) expect(service.timeout).toBeGreaterThanOrEqual(5);
  });

  it('keeps the session’s id, and makes one where it is none', async () => {
    const id = 'A'.repeat(32);
    const kept = await json(POS, `command=initActions&cacheSessionId=${id}`);
    expect(kept['cacheSessionId']).toBe(id);
    const made = await json(POS, 'command=initActions&cacheSessionId=<script>');
    expect(made['cacheSessionId']).toMatch(/^\d{32}$/);
  });

  it('refuses a till and a command that are not known', async () => {
    expect(await get(POS, 'command=initActions&terminalName=X')).toMatchObject({ httpStatus: 404 });
    const answer = await get(POS, 'command=constructor');
    expect(answer.httpStatus).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({
      response: {
        status: -1,
        error: {
          message:
            'The command "constructor" is not known; it is one of initActions, preRenderActions, companyLogo, userImages.',
        },
      },
    });
  });
});

describe('preRenderActions', () => {
  it('has labels and formats before the log-in, in the language that is asked for', async () => {
    const answer = await json(POS, 'command=preRenderActions&terminalName=VBS-1&language=es_MX');
    expect(answer).toMatchObject({
      activeSession: false,
      labels: { OBMOBC_LblCancel: 'Cancelar', languageSk: 'es_ES' },
      format: { defaultDecimalSymbol: '.', defaultGroupingSize: 3 },
    });
    expect(answer).not.toHaveProperty('permissions');
  });

  it('has what the user may do in a session', async () => {
    const answer = await json(POS, 'command=preRenderActions&terminalName=VBS-1', { caller });
    expect(answer).toMatchObject({
      activeSession: true,
      labels: { languageSk: 'en_US', userId: 'U1' },
      permissions: [
        { key: 'OBMOBC_MultiServerArchitecture', value: true },
        { key: 'OBPOS_remote.product', value: false },
        { key: 'OBPOS_limit', value: '20' },
      ],
      contextInfo: {
        user: { id: 'U1', name: 'Ann' },
        role: { id: 'cashier' },
        organization: { id: 'STORE', name: 'Store' },
        client: { id: 'CLIENT' },
      },
    });
  });
});

describe('the log-in screen', () => {
  it('offers the active people of the store, and no administrator', async () => {
    expect(await json(POS, 'command=userImages&terminalName=VBS-1')).toEqual({
      data: [{ name: 'Ann', userName: 'ann', userId: 'U1', image: null }],
    });
    expect(await json(POS, 'command=userImages')).toEqual({ data: [] });
    expect(await json(POS, 'command=companyLogo')).toEqual({ logoUrl: '' });
  });
});

describe('availability', () => {
  it('announces our extensions', async () => {
    expect(await json(`${CORE}.checkServerAvailability`)).toMatchObject({
      response: { status: 0, backroom: 1 },
    });
  });

  it('tells whether a session is active', async () => {
    expect(await json(`${CORE}/MobileSessionActive`, 'id=0')).toMatchObject({
      response: { data: [{ active: false }] },
    });
    expect(await json(`${CORE}.context`, '', { caller })).toMatchObject({
      response: { contextInfo: { userId: 'U1', orgId: 'STORE' } },
    });
  });
});

describe('ClientModel', () => {
  interface Registered {
    properties: string[];
    propertyMap: Record<string, string>;
    [name: string]: unknown;
  }
  const path = `${CORE}/OBMOBC_Main/ClientModel`;

  /** Evaluates the script as a client does. */
  function evaluate(script: string): Registered {
    let registered: Registered | undefined;
    runInNewContext(script, {
      Backbone: {
        Model: {
          extend: (members: Registered) => Object.assign(() => undefined, { prototype: members }),
        },
      },
      OB: {
        Data: {
          Registry: {
            registerModel: (model: { prototype: Registered }) => (registered = model.prototype),
          },
        },
      },
    });
    if (registered === undefined) throw new Error('nothing was registered');
    return registered;
  }

  it.each(Object.keys(STRUCTURE_FACTS))('registers the structure of %s', async (modelName) => {
    const facts = STRUCTURE_FACTS[modelName]!;
    const source = `org.openbravo.retail.posterminal.master.${modelName}`;
    const { body } = await get(path, `entity=x&modelName=${modelName}&source=${source}`);
    const model = evaluate(body);
    expect(model).toMatchObject({ modelName, tableName: facts.table, source, remote: false });
    expect(model.propertyMap).toMatchObject(facts.columns);
    expect(model.properties[0]).toBe('id');
    expect(model.properties.slice(-2)).toEqual(['_identifier', '_idx']);
    expect(model.properties).not.toContain('active');
    expect(Object.keys(model.propertyMap)).toEqual(model.properties);
    const marks = String(model['insertStatement']).match(/\?/g);
    expect(marks).toHaveLength(model.properties.length);
    expect(model['createStatement']).toMatch(
      new RegExp(`^CREATE TABLE IF NOT EXISTS ${facts.table} \\(\\w+ TEXT PRIMARY KEY, `),
    );
  });

  it('has nothing of the request in it', async () => {
    const plain = await get(path, 'modelName=TaxRate');
    const hostile = await get(path, 'modelName=TaxRate&entity=alert(1)&source=alert(2)&remote=3');
    expect(hostile).toEqual(plain);
    const unknown = await get(path, 'modelName=</script><script>alert(1)</script>');
    expect(unknown.httpStatus).toBe(404);
    expect(unknown.contentType).toContain('json');
  });

  it('is there for exactly the models whose structure a server makes', () => {
    const structured = models.filter((model) => model.structure !== undefined);
    expect(structured.map((model) => model.name).toSorted()).toEqual(
      Object.keys(STRUCTURE_FACTS).toSorted(),
    );
  });
});

describe('ApplicationFormats', () => {
  it('is a script that sets the formats', async () => {
    const { body } = await get(`${CORE}/OBMOBC_Main/ApplicationFormats`);
    const OB: JsonObject = {};
    runInNewContext(body, { OB });
    expect(OB['Format']).toMatchObject({ date: 'dd-MM-yyyy' });
  });
});
