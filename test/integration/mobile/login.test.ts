import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../server/contract/json.ts';
import { userOf } from '../../support/definitions.ts';
import type { TestServer } from './mobile-server.ts';
import { CASHIER, JSONREST, START_MS, startMobileServer, TILL } from './mobile-server.ts';

const LOG_IN = '/org.openbravo.retail.posterminal/POSLoginHandler';

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What a till's form sends. */
async function logIn(
  server: TestServer,
  parts: { user?: string; password?: string; terminalName?: string },
  path = LOG_IN,
): Promise<JsonObject> {
  const form = new URLSearchParams({
    user: 'Ana',
    password: 'correct horse',
    terminalName: TILL.searchKey,
    Command: 'DEFAULT',
    IsAjaxCall: '1',
    appName: 'WebPOS',
    ...parts,
  });
  const { status, json } = await server.call(path, {
    token: null,
    method: 'POST',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(status).toBe(200);
  return json;
}

describe('log-in', () => {
  it.each([
    ['name and password', { user: 'Ana', password: 'correct horse' }],
    ['name in other case and PIN', { user: 'ana', password: '1234' }],
    ['id and password', { user: CASHIER, password: 'correct horse' }],
  ])('by %s gives a session of the till', async (_by, form) => {
    await using server = await startMobileServer();
    const answer = await logIn(server, form);
    expect(answer).toEqual({
      showMessage: false,
      userId: CASHIER,
      authenticationToken: expect.any(String) as string,
      authenticationClient: 'CLIENT',
      sourceVersion: '1.2.3',
    });
    const caller = await server.tokens.verify(text(answer['authenticationToken']));
    expect(caller).toMatchObject({ kind: 'user', userId: CASHIER, terminal: TILL.id });
    expect(server.audited).toEqual([
      { actor: `user:${CASHIER}`, action: 'logged in', subject: TILL.id, detail: {} },
    ]);
  });

  it('answers an unknown user, a wrong secret and a user of elsewhere alike', async () => {
    await using server = await startMobileServer();
    const [ana] = server.definitions.current().users;
    server.definitions.replace({
      users: [
        ana!,
        { ...ana!, id: 'U2', userName: 'Elsewhere', organization: 'OTHER' },
        { ...ana!, id: 'U3', userName: 'Left', active: false },
        userOf({ id: 'U4', userName: 'NoSecret', organization: 'CORNER' }),
      ],
    });
    const refusals = [
      await logIn(server, { user: 'Nobody' }),
      await logIn(server, { password: 'wrong' }),
      await logIn(server, { password: '9999' }),
      await logIn(server, { user: 'Elsewhere' }),
      await logIn(server, { user: 'Left' }),
      await logIn(server, { user: 'NoSecret' }),
      await logIn(server, { user: 'NoSecret', password: '' }),
    ];
    for (const refusal of refusals) {
      expect(refusal).toEqual({
        showMessage: true,
        messageType: 'Error',
        messageTitle: 'Log-in refused',
        messageText:
          'The user or the password is wrong, or this user may not work at this terminal.',
      });
    }
    expect(server.audited).toHaveLength(refusals.length);
    expect(server.audited[0]).toEqual({
      actor: 'nobody',
      action: 'log-in refused',
      subject: 'Nobody',
      detail: { why: 'wrong user or secret', terminal: TILL.searchKey },
    });
    expect(JSON.stringify(server.audited)).not.toContain('correct horse');
  });

  it('computes as much for an unknown user as for a known one', async () => {
    const hashes: (string | null)[] = [];
    const fits = (hash: string | null): Promise<boolean> => {
      hashes.push(hash);
      return Promise.resolve(false);
    };
    const hash = (): Promise<string> => Promise.reject(new Error('unused'));
    await using server = await startMobileServer({ overrides: { passwords: { hash, fits } } });
    for (const password of ['4321', 'a password']) {
      hashes.length = 0;
      await logIn(server, { password });
      const known = hashes.length;
      await logIn(server, { user: 'Nobody', password });
      expect(hashes).toHaveLength(2 * known);
      expect(hashes.slice(known)).toEqual(hashes.slice(known).map(() => null));
    }
  });

  it('is put off while too many wait', async () => {
    const full = Object.assign(new Error('Too many log-ins at once.'), { name: 'LoginLineFull' });
    const passwords = { hash: () => Promise.reject(full), fits: () => Promise.reject(full) };
    await using server = await startMobileServer({ overrides: { passwords } });
    const { status, headers } = await server.call(LOG_IN, { token: null, body: 'user=Ana' });
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
  });

  it('takes users of the organizations above and below the terminal', async () => {
    await using server = await startMobileServer();
    const [ana] = server.definitions.current().users;
    server.definitions.replace({
      organizations: [
        ...server.definitions.current().organizations,
        { id: 'FLOOR', name: 'Ground floor', parent: 'CORNER', active: true },
      ],
      users: [
        { ...ana!, id: 'U2', userName: 'Head', organization: '0' },
        { ...ana!, id: 'U3', userName: 'Floor', organization: 'FLOOR' },
      ],
    });
    expect(await logIn(server, { user: 'Head' })).toMatchObject({ showMessage: false });
    expect(await logIn(server, { user: 'Floor' })).toMatchObject({ showMessage: false });
  });

  it('at a terminal that nobody defined says so', async () => {
    await using server = await startMobileServer();
    expect(await logIn(server, { terminalName: 'Corner-99' })).toEqual({
      showMessage: true,
      messageType: 'Error',
      messageTitle: 'Unknown terminal',
      messageText:
        'The terminal "Corner-99" is not defined at this server. Check its name, or define it at the main server.',
    });
  });

  it('works without a terminal through the handler of the mobile core', async () => {
    await using server = await startMobileServer();
    const path = '/org.openbravo.mobile.core/LoginHandler';
    const answer = await logIn(server, { terminalName: '' }, path);
    const caller = await server.tokens.verify(text(answer['authenticationToken']));
    expect(caller).toMatchObject({ userId: CASHIER, terminal: null });
  });

  it('takes no form over 4 kB', async () => {
    await using server = await startMobileServer();
    const { status, response } = await server.call(LOG_IN, {
      token: null,
      body: `user=${'x'.repeat(5000)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(status).toBe(413);
    expect(response.error?.message).toContain('larger than 4 kB');
  });

  it('is slowed down for a user who is guessed at, and for nobody else', async () => {
    await using server = await startMobileServer({
      overrides: { passwords: { hash: () => Promise.reject(new Error('unused')), fits } },
    });
    function fits(_hash: string | null, secret: string): Promise<boolean> {
      return Promise.resolve(secret === 'correct horse');
    }
    const [ana] = server.definitions.current().users;
    server.definitions.replace({ users: [ana!, { ...ana!, id: 'U2', userName: 'Ben' }] });
    // Logging in well as often as one likes costs nothing.
    for (let attempt = 0; attempt < 40; attempt += 1) await logIn(server, {});
    for (let attempt = 0; attempt < 30; attempt += 1) await logIn(server, { password: 'guess' });
    expect(await logIn(server, {})).toMatchObject({
      showMessage: true,
      messageText: 'Too many refused log-ins of this user. Wait five minutes, then try again.',
    });
    expect(await logIn(server, { user: 'Ben' })).toMatchObject({ showMessage: false });
  });
});

describe('a session', () => {
  it('is renewed by GetToken for as long as it is good', async () => {
    await using server = await startMobileServer();
    const token = await server.session();
    server.setClock(START_MS + 60_000);
    const path = `${JSONREST}/org.openbravo.mobile.core.authenticate.GetToken`;
    const { status, response } = await server.call(`${path}/${encodeURI('{}')}`, { token });
    expect(status).toBe(200);
    const [row] = response['data'] as JsonObject[];
    expect(row).toMatchObject({ userId: CASHIER, authenticationClient: 'CLIENT' });
    expect(row!['authenticationToken']).not.toBe(token);
    const renewed = await server.tokens.verify(text(row!['authenticationToken']));
    expect(renewed).toMatchObject({ userId: CASHIER, terminal: TILL.id });
    const refused = await server.call(path, { token: `${token}x` });
    expect(refused.status).toBe(401);
  });

  it('ends with a log-out that anybody may ask for', async () => {
    await using server = await startMobileServer();
    const path = '/org.openbravo.mobile.core.logout';
    expect((await server.call(path)).response['status']).toBe(0);
    expect((await server.call(path, { token: null, method: 'POST' })).status).toBe(200);
    expect(server.audited).toEqual([
      { actor: `user:${CASHIER}`, action: 'logged out', subject: TILL.id, detail: {} },
    ]);
  });
});
