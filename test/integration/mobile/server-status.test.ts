import { describe, expect, it } from 'vitest';
import type { ServerState } from '../../../server/contract/heartbeat.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { JSONREST, POS, saleMessage, START_MS, startMobileServer } from './mobile-server.ts';
import type { TestServer } from './mobile-server.ts';

const CONTROLLER = 'org.openbravo.mobile.core.servercontroller';
const CONTEXT = 'org.openbravo.mobile.core.login.ContextInformation';
const blocking = {
  id: 'P',
  key: 'Backroom_BlockInTransition',
  value: 'Y',
  organization: 'CORNER',
  active: true,
};

const inState = (state: ServerState) => ({
  overrides: { own: () => ({ state, sinceMs: START_MS, reason: 'for a test' }) },
});
const contextAt = (server: TestServer) => server.call(`${JSONREST}/${CONTEXT}`);

describe('a server that changes its state', () => {
  it('answers as ever unless the estate lets tills wait', async () => {
    await using server = await startMobileServer(inState('transitioning to online'));
    expect((await contextAt(server)).response['data']).toHaveLength(1);
    server.definitions.replace({ preferences: [blocking] });
    expect((await contextAt(server)).json).toEqual({ response: { serverStatusSignal: 'TON' } });
  });

  it('stores transactions whatever the state', async () => {
    await using server = await startMobileServer(inState('transitioning to offline'));
    server.definitions.replace({ preferences: [blocking] });
    expect((await contextAt(server)).response['serverStatusSignal']).toBe('TOFF');
    const { status, response } = await server.post(`${POS}.OrderLoader`, saleMessage('M1'));
    expect([status, response['status']]).toEqual([200, 0]);
    expect(response['serverStatusSignal']).toBeUndefined();
  });

  it.each<ServerState>(['online', 'offline'])('signals nothing while %s', async (state) => {
    await using server = await startMobileServer(inState(state));
    server.definitions.replace({ preferences: [blocking] });
    expect((await contextAt(server)).response['data']).toHaveLength(1);
  });
});

describe('the status services of the field', () => {
  const statusFrom = async (server: TestServer, token: string, body: JsonObject) =>
    (await server.post(`${CONTROLLER}.MobileServerStatusInformation`, body, { token })).response;

  it('tell the own state, and believe a server about itself alone', async () => {
    await using server = await startMobileServer();
    const asServer = await server.tokens.issueForServer('Corner');
    const own = { mobileServerKey: 'Corner', serverStatus: 'TOFF' };
    expect(await statusFrom(server, asServer, own)).toEqual({ status: 0, serverStatus: 'ON' });
    expect(server.heard).toMatchObject([{ key: 'Corner', state: 'transitioning to offline' }]);
    await statusFrom(server, asServer, { ...own, mobileServerKey: 'Main' });
    await statusFrom(server, asServer, { ...own, serverStatus: 'nonsense' });
    await statusFrom(server, await server.session(), own);
    expect(server.heard).toHaveLength(1);
  });

  it('tell the state of another by its key', async () => {
    await using server = await startMobileServer();
    const retrieve = (serverKey: string) =>
      server.post(`${CONTROLLER}.RetrieveMobileServerStatus`, { serverKey });
    expect((await retrieve('Corner')).response['serverStatus']).toBe('ON');
    expect((await retrieve('Nobody')).response.error?.message).toContain('"Nobody"');
  });
});
