import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  definitionsSummarySchema,
  historyPageSchema,
  organizationTreeSchema,
  preferenceListSchema,
  routesSchema,
  serverListSchema,
  serviceListSchema,
  terminalListSchema,
} from '../../../server/contract/definitions-api.ts';
import type { Office } from './definitions-house.ts';
import { openMain } from './definitions-house.ts';

const ORDERS = 'org.openbravo.retail.posterminal.OrderLoader';
const PRODUCTS = 'org.openbravo.retail.posterminal.master.Product';

let main: Office;
beforeAll(async () => {
  main = await openMain();
});
afterAll(() => main[Symbol.asyncDispose]());

describe('reading definitions', () => {
  it('tells whose they are and whether they are in force', async () => {
    const summary = await main.get(definitionsSummarySchema, '/summary');
    expect(summary).toMatchObject({
      changeNo: 0,
      owner: { key: 'Main', name: 'Central', isSelf: true },
      readOnly: { code: 'administrator' },
      multiServer: { enabled: true, operational: true },
    });
    const asAdministrator = await main.call('/summary');
    expect(definitionsSummarySchema.parse(await asAdministrator.json()).readOnly).toBeNull();
    expect((await main.call('/summary', { as: 'cashier' })).status).toBe(401);
  });

  it('lists servers with every field, their state, services and organizations', async () => {
    const { servers } = await main.get(serverListSchema, '/servers');
    expect(servers.map(({ key }) => key)).toEqual(['Store-Bilbao', 'Main']);
    const [store, central] = servers;
    expect(store).toMatchObject({
      ...{ name: 'Bilbao back room', type: 'STORE', priority: 5, allOrganizations: false },
      ...{ organizations: ['North'], serves: ['Bilbao', 'North'] },
      ...{ uptake: 'unknown', status: { knownBy: 'nobody', state: null } },
    });
    expect(central?.offers).toContain(ORDERS);
    expect(central).toMatchObject({ uptake: 'current', status: { knownBy: 'self' } });
    expect(central?.serves).toHaveLength(4);
  });

  it('lists services with module, routing type, timeout and who offers them', async () => {
    const { services, findings } = await main.get(serviceListSchema, '/services');
    expect(findings).toEqual([]);
    expect(services.find(({ name }) => name === ORDERS)).toEqual({
      ...{ name: ORDERS, module: 'org.openbravo.retail.posterminal', routingType: 'Transaction' },
      ...{ timeoutMs: 10_000, here: true, servers: ['Store-Bilbao', 'Main'] },
    });
  });

  it('shows the tree with who serves each store, and why', async () => {
    const { organizations } = await main.get(organizationTreeSchema, '/organizations');
    expect(organizations.map(({ id, depth }) => [id, depth])).toEqual([
      ...[
        ['Root', 0],
        ['North', 1],
        ['Bilbao', 2],
        ['Vigo', 1],
      ],
    ]);
    const [, north, bilbao, vigo] = organizations;
    expect(north?.servers[0]?.because).toEqual({ kind: 'assigned' });
    expect(bilbao?.servers).toMatchObject([
      { key: 'Store-Bilbao', because: { kind: 'assignedAbove', organization: 'North' } },
      { key: 'Main', because: { kind: 'allOrganizations' } },
    ]);
    expect(bilbao?.tills).toBe(1);
    expect(vigo?.servers.map(({ key }) => key)).toEqual(['Main']);
    const routes = await main.get(routesSchema, '/organizations/Vigo/routes');
    expect(routes.routes.find(({ service }) => service === PRODUCTS)).toMatchObject({
      ...{ routingType: 'Failover', servers: ['Main'] },
    });
    expect((await main.call('/organizations/Nowhere/routes')).status).toBe(404);
  });

  it('explains preferences: what is known, what is set, what is effective where', async () => {
    const { preferences, clients } = await main.get(preferenceListSchema, '/preferences');
    const of = (key: string) => preferences.find((row) => row.key === key);
    expect(clients).toEqual(['C']);
    expect(of('OBMOBC_MultiServerArchitecture')).toMatchObject({
      ...{ levels: ['system'], default: 'N', set: [{ id: 'E', value: 'Y' }] },
      effective: { value: 'Y', level: 'system', preference: 'E', holder: null },
    });
    expect(of('OBMOBC_AuthenticationTokenMaxAge')).toMatchObject({
      ...{ default: '43200000', kind: 'duration' },
      effective: { value: '43200000', level: 'default', preference: null },
    });
    const defaults = Object.fromEntries(preferences.map((row) => [row.key, row.default]));
    expect(defaults).toMatchObject({
      OBMOBC_RequestRouterRefreshTokenInterval: '1800000',
      OBMOBC_RequestRouterPingTimeInterval: '300000',
      OBMOBC_Ping_Periodicity: '300000',
      OBMOBC_TransitionToOfflineWait: '300000',
      OBMOBC_FailedTransitionToOnlineWaitTime: '3600000',
    });
    expect((await main.call('/preferences?terminal=nobody')).status).toBe(404);
  });

  it('resolves a preference from terminal to organization, parent, client and system', async () => {
    const key = 'OBMOBC_RequestRouterPingTimeInterval';
    const set = (value: number, holder: object) => ({
      action: 'create' as const,
      model: 'Preference' as const,
      row: { key, value: String(value), ...holder },
    });
    await main.change({
      changes: [
        set(60_000, {}),
        set(61_000, { client: 'C' }),
        set(62_000, { organization: 'North' }),
        set(63_000, { terminal: '2' }),
      ],
    });
    const at = async (place: string) => {
      const list = await main.get(preferenceListSchema, `/preferences?${place}`);
      const { value, level, holder } = list.preferences.find((row) => row.key === key)!.effective;
      return [value, level, holder?.name ?? null];
    };
    expect(await at('')).toEqual(['60000', 'system', null]);
    expect(await at('terminal=1')).toEqual(['62000', 'organization', 'North']);
    expect(await at('terminal=2')).toEqual(['63000', 'terminal', 'VBS-2']);
    expect(await at('organization=Vigo')).toEqual(['61000', 'client', 'C']);
    expect(await at('organization=Bilbao')).toEqual(['62000', 'organization', 'North']);
  });

  it('lists tills, and refuses a history of nothing it knows', async () => {
    const { terminals } = await main.get(terminalListSchema, '/terminals');
    expect(terminals).toMatchObject([
      { id: '1', organization: 'Bilbao', lastSeenAt: null, uptake: 'unknown' },
      { id: '2', organization: 'Vigo' },
    ]);
    expect((await main.call('/history?model=Nothing')).status).toBe(400);
    const page = await main.get(historyPageSchema, '/history?model=Preference&limit=5');
    expect(page.changes.map(({ changeNo }) => changeNo)).toEqual([1]);
  });
});
