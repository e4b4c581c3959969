import { describe, expect, it } from 'vitest';
import { RequestRouter } from '../../../terminal/request-router.ts';
import type { RoutingTable } from '../../../terminal/routing.ts';
import { STEADY_MS } from '../../../terminal/server-health.ts';
import { verdictOn } from '../../../terminal/sender.ts';
import { fakePlatform } from './support/platform.ts';

/** What each server does with a request: a status, a body, nothing at all, or no connection. */
type Behaviour = 'ok' | 'silent' | 'refused' | 'html' | 'redirect' | number;

const TABLE: RoutingTable = {
  servers: ['a', 'b', 'c'].map((name, index) => ({
    name,
    address: `http://${name}.test/openbravo`,
    priority: index,
    allServices: true,
    mainServer: false,
    currentServer: false,
    services: [],
  })),
  services: [{ name: 'pos.Query', type: 'Failover', timeout: 5 }],
};

function scene(table: RoutingTable = TABLE) {
  const behaviours: Record<string, Behaviour> = {};
  const calls: string[] = [];
  const platform = fakePlatform((input, init) => {
    const url = new URL(input as string);
    const name = url.hostname.split('.', 1)[0] ?? '';
    calls.push(`${name} ${url.pathname.split('/').at(2) ?? ''}`);
    return respond(behaviours[name] ?? 'ok', init?.signal ?? undefined);
  });
  const router = new RequestRouter({
    platform,
    origin: 'http://a.test/openbravo',
    terminalName: 'T',
  });
  router.configure(table);
  const hosts = (): string[] => calls.map((call) => call.split(' ', 1)[0] ?? '');
  return { behaviours, calls, hosts, platform, router };
}

function respond(behaviour: Behaviour, signal: AbortSignal | undefined): Promise<Response> {
  switch (behaviour) {
    case 'ok':
      return Promise.resolve(Response.json({ response: { status: 0, data: [] } }));
    case 'html':
      return Promise.resolve(new Response('<html>log in to the hotel</html>'));
    case 'redirect':
      return Promise.reject(new TypeError('unexpected redirect'));
    case 'refused':
      return Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }));
    case 'silent':
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    default:
      return Promise.resolve(Response.json({ response: { status: -1 } }, { status: behaviour }));
  }
}

describe('Fail Over', () => {
  it.each(['refused', 'html', 'redirect', 500, 503] as const)(
    'goes on to the next server after %s, and starts there from then on',
    async (fault) => {
      const { behaviours, hosts, router } = scene();
      behaviours['a'] = fault;
      const { reply, server } = await router.query('pos.Query', {});
      expect([reply.kind, server?.name]).toEqual(['answer', 'b']);
      await router.query('pos.Query', {});
      expect(hosts()).toEqual(['a', 'b', 'b']);
      expect(router.healthOf(router.servers[0]!)).toMatchObject({ online: false });
    },
  );

  it('gives up a server that is silent at the deadline of the service', async () => {
    const { behaviours, hosts, platform, router } = scene();
    behaviours['a'] = 'silent';
    const asked = router.query('pos.Query', {});
    await platform.advance(4_999);
    expect(hosts()).toEqual(['a']);
    await platform.advance(2);
    expect((await asked).server?.name).toBe('b');
  });

  it('asks those that are offline last, and prefers them again when they answer steadily', async () => {
    const { behaviours, hosts, platform, router } = scene();
    Object.assign(behaviours, { a: 'refused', b: 'refused', c: 'refused' });
    expect((await router.query('pos.Query', {})).reply.kind).toBe('failure');
    Object.assign(behaviours, { a: 'ok' });
    expect((await router.query('pos.Query', {})).server?.name).toBe('a');
    expect(hosts()).toEqual(['a', 'b', 'c', 'a']);
    expect(router.offline()).toEqual(['a', 'b', 'c']);
    await platform.advance(STEADY_MS);
    expect((await router.query('pos.Query', {})).server?.name).toBe('a');
    expect(router.offline()).toEqual(['b', 'c']);
  });

  it('takes a refusal for an answer: another server would say the same', async () => {
    const { behaviours, hosts, router } = scene();
    behaviours['a'] = 404;
    expect((await router.query('pos.Query', {})).reply).toMatchObject({ kind: 'odd', status: 404 });
    expect(hosts()).toEqual(['a']);
  });

  it('says so where no server offers the service', async () => {
    const servers = TABLE.servers.map((each) => ({ ...each, allServices: false }));
    const { router } = scene({ ...TABLE, servers });
    const { reply, server } = await router.query('pos.Query', {});
    expect(server).toBeUndefined();
    expect(reply).toMatchObject({ message: 'no server offers pos.Query' });
  });
});

describe('Ping and Broadcast', () => {
  it('pings only servers that are offline, and tells which are back', async () => {
    const { behaviours, calls, router } = scene();
    Object.assign(behaviours, { a: 'refused', b: 'refused' });
    await router.query('pos.Query', {});
    behaviours['b'] = 'ok';
    calls.length = 0;
    const back = await router.ping();
    expect(back.map((server) => server.name)).toEqual(['b']);
    expect(calls.toSorted()).toEqual([
      'a org.openbravo.mobile.core.checkServerAvailability',
      'b org.openbravo.mobile.core.checkServerAvailability',
    ]);
  });

  it('broadcasts to every server, whatever the others do', async () => {
    const { behaviours, hosts, router } = scene();
    behaviours['a'] = 'refused';
    await router.broadcast('pos.Query');
    expect(hosts().toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('the verdict on a transaction', () => {
  const message = { messageId: 'm1', digest: 'd1' };
  const server = { ...TABLE.servers[0]!, name: 'a' };
  const receipt = {
    ...{ messageId: 'm1', digest: 'd1', terminal: 'T', serverKey: 'S' },
    ...{ serverEpoch: 1, serverSeq: 1, outcome: 'accepted' },
  };
  const verdict = (response: object) =>
    verdictOn(
      { server, reply: { kind: 'answer', status: 200, body: { response: { ...response } } } },
      message,
    ).accepted;

  it('is accepted with the receipt for this message, or without one from a foreign server', () => {
    expect(verdict({ status: 0, receipt })).toBe(true);
    expect(verdict({ status: 0, result: '0' })).toBe(true);
    expect(verdict({ status: 0, receipt: { ...receipt, digest: 'other', masked: true } })).toBe(
      true,
    );
  });

  it.each([
    ['no status', {}],
    ['an error with HTTP 200', { status: -1, error: { message: 'no' } }],
    ['another message', { status: 0, receipt: { ...receipt, messageId: 'm2' } }],
    ['other bytes', { status: 0, receipt: { ...receipt, digest: 'd2' } }],
    ['half a receipt', { status: 0, receipt: { messageId: 'm1' } }],
    ['a server in transition', { status: 0, serverStatusSignal: 'TON' }],
    ['still working', { status: 0, showMessage: true }],
  ])('is kept after %s', (_name, response) => {
    expect(verdict(response)).toBe(false);
  });
});
