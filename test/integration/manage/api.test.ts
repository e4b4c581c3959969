import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  entriesPageSchema,
  entryDetailSchema,
  lanesSchema,
  overviewSchema,
  sessionSchema,
} from '../../../server/contract/manage.ts';
import type { Fixture } from '../../support/manage-fixture.ts';
import { CASHIER, MANAGER, startManageFixture } from '../../support/manage-fixture.ts';
import { WAREHOUSE } from '../../support/manage-scene.ts';

let fixture: Fixture;
let cookie: string;

beforeAll(async () => {
  fixture = await startManageFixture();
  cookie = await logIn();
});
afterAll(() => fixture.stop());

interface Call {
  method?: string;
  body?: unknown;
  cookie?: string;
  headers?: Record<string, string>;
}

function call(path: string, { method = 'GET', body, ...options }: Call = {}): Promise<Response> {
  const own = method === 'GET' ? {} : { 'X-Backroom': '1', Origin: fixture.url };
  return fetch(`${fixture.url}/manage/api${path}`, {
    method,
    headers: {
      ...own,
      ...(options.cookie === undefined ? {} : { Cookie: options.cookie }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function logIn(): Promise<string> {
  const response = await call('/session', { method: 'POST', body: MANAGER });
  expect(response.status).toBe(200);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function faultOf(response: Response): Promise<{ code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.message.length).toBeGreaterThan(10);
  return error;
}

describe('the session', () => {
  it('is a cookie out of reach of scripts and other sites', async () => {
    const response = await call('/session', { method: 'POST', body: MANAGER });
    const [set = ''] = response.headers.getSetCookie();
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/manage']) expect(set).toContain(part);
    expect(set).not.toContain('Secure');
    expect(sessionSchema.parse(await response.json())).toMatchObject({
      state: 'loggedIn',
      user: { name: 'Elena Ruiz', role: 'manager' },
    });
  });

  it('tells who is logged in, and that nobody is', async () => {
    const mine = sessionSchema.parse(await (await call('/session', { cookie })).json());
    expect(mine.state).toBe('loggedIn');
    const nobody = sessionSchema.parse(await (await call('/session')).json());
    expect(nobody).toEqual({ state: 'loggedOut' });
    const forged = await call('/session', { cookie: `${cookie}x` });
    expect(sessionSchema.parse(await forged.json())).toEqual({ state: 'loggedOut' });
  });

  it('refuses a wrong password and an unknown user in the same words', async () => {
    const wrong = await call('/session', { method: 'POST', body: { ...MANAGER, password: 'no' } });
    const unknown = await call('/session', {
      method: 'POST',
      body: { userName: 'nobody', password: 'no' },
    });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await faultOf(wrong)).toEqual(await faultOf(unknown));
  });

  it('refuses a cashier with a plain sentence and no session', async () => {
    const response = await call('/session', { method: 'POST', body: CASHIER });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await faultOf(response)).toMatchObject({ code: 'cashier' });
  });

  it('ends at log-out', async () => {
    const response = await call('/session', { method: 'DELETE', cookie });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0');
  });
});

describe('the guard', () => {
  it.each(['/overview', '/lanes', '/entries', '/entries/1840', '/events?after=1'])(
    'keeps %s from whoever is not logged in',
    async (path) => {
      const response = await call(path);
      expect(response.status).toBe(401);
      expect(await faultOf(response)).toMatchObject({ code: 'loggedOut' });
    },
  );

  it('takes changes only from its own pages', async () => {
    const foreign = { Origin: 'http://evil.example' };
    for (const headers of [foreign, { 'X-Backroom': '' }, { Origin: 'null' }]) {
      const response = await call('/entries/1840/retry', { method: 'POST', cookie, headers });
      expect(response.status, JSON.stringify(headers)).toBe(403);
      expect(await faultOf(response)).toMatchObject({ code: 'foreignPage' });
    }
    expect(fixture.scene.retried).toEqual([]);
  });

  it('answers bad input with what and where', async () => {
    const broken = await call('/session', { method: 'POST', body: '{"userName":' });
    expect(broken.status).toBe(400);
    const extra = await call('/session', { method: 'POST', body: { ...MANAGER, admin: true } });
    expect(extra.status).toBe(400);
    const big = await call('/session', { method: 'POST', body: { userName: 'x'.repeat(9_000) } });
    expect(big.status).toBe(413);
    for (const query of ['state=lost', 'limit=0', 'limit=5000', 'before=-1', 'before=x']) {
      const response = await call(`/entries?${query}`, { cookie });
      expect(response.status, query).toBe(400);
      expect((await faultOf(response)).message).toContain(query.split('=')[0]);
    }
    expect((await call('/nothing', { cookie })).status).toBe(404);
    expect((await call('/entries/9', { cookie })).status).toBe(404);
  });
});

describe('what the screens show', () => {
  it('composes the overview as the contract says', async () => {
    const overview = overviewSchema.parse(await (await call('/overview', { cookie })).json());
    expect(overview.server).toMatchObject({ key: 'Store-Corner', role: 'store' });
    expect(overview.mains.find((main) => main.key === WAREHOUSE)?.waiting).toBeGreaterThan(0);
    expect(overview.tills).toHaveLength(5);
    expect(overview.tills.find((till) => till.id === 'T5')?.lastSeenAt).toBeNull();
    expect(overview.today.tickets).toBeGreaterThan(0);
  });

  it('pages through every entry once, newest first', async () => {
    const seen: number[] = [];
    let before: number | null = null;
    do {
      const query = before === null ? 'limit=60' : `limit=60&before=${before}`;
      const page = entriesPageSchema.parse(
        await (await call(`/entries?${query}`, { cookie })).json(),
      );
      seen.push(...page.rows.map((row) => row.entryNo));
      before = page.nextBefore;
    } while (before !== null);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    expect(seen).toHaveLength(164);
  });

  it('gives lanes and one entry in full', async () => {
    const { lanes } = lanesSchema.parse(await (await call('/lanes', { cookie })).json());
    expect(lanes.some((lane) => lane.waiting > 0)).toBe(true);
    const entry = entryDetailSchema.parse(await (await call('/entries/1840', { cookie })).json());
    expect(entry.deliveries).toHaveLength(2);
    expect(entry.story.length).toBeGreaterThan(0);
  });

  it('tries again what waits, and says where nothing does', async () => {
    const parked = entriesPageSchema.parse(
      await (await call('/entries?state=parked', { cookie })).json(),
    );
    const { entryNo } = parked.rows[0]!;
    const retried = await call(`/entries/${entryNo}/retry`, { method: 'POST', cookie });
    expect(retried.status).toBe(204);
    expect(fixture.scene.retried).toEqual([entryNo]);
    const nothing = await call('/entries/1840/retry', { method: 'POST', cookie });
    expect(nothing.status).toBe(409);
    const lane = { destination: WAREHOUSE, terminal: 'T1' };
    expect((await call('/lanes/retry', { method: 'POST', cookie, body: lane })).status).toBe(204);
  });

  it('gives no join code at a store server', async () => {
    const body = { serverKey: 'Store-2' };
    expect((await call('/join-codes', { method: 'POST', cookie, body })).status).toBe(404);
  });
});

describe('the page', () => {
  it('has a policy without inline scripts, and a nonce of its own for each answer', async () => {
    const pages = [
      await fetch(`${fixture.url}/manage/`),
      await fetch(`${fixture.url}/manage/queue`),
    ];
    const nonces = await Promise.all(
      pages.map(async (page) => {
        expect(page.status).toBe(200);
        const policy = page.headers.get('content-security-policy') ?? '';
        expect(policy).toContain("default-src 'none'");
        expect(policy).not.toContain('unsafe');
        const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
        expect(await page.text()).toContain(`nonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('is never cached, its hashed parts for a year', async () => {
    const page = await fetch(`${fixture.url}/manage/`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const script = /src="(\/manage\/assets\/[^"]+)"/.exec(await page.text())?.[1] ?? '';
    const asset = await fetch(fixture.url + script);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${fixture.url}/manage/assets/none.js`)).status).toBe(404);
  });

  it('leads to itself from the address without the slash', async () => {
    const response = await fetch(`${fixture.url}/manage`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/manage/']);
  });

  it('says what to do when the screens are not built', async () => {
    const bare = await startManageFixture({ rendererDirectory: '/nonexistent' });
    const response = await fetch(`${bare.url}/manage/`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
    await bare.stop();
  });
});

it('limits refused log-ins of one address, last of all here', async () => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries += 1) {
    const body = { userName: 'nobody', password: 'guess' };
    statuses.push((await call('/session', { method: 'POST', body })).status);
  }
  expect(statuses.at(-1)).toBe(429);
});
