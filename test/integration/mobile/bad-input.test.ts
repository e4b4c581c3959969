import { request as httpRequest } from 'node:http';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import { LIMITS } from '../../../server/contract/limits.ts';
import type { CallParts, Reply, TestServer } from './mobile-server.ts';
import {
  CASHIER,
  JSONREST,
  POS,
  saleMessage,
  START_MS,
  startMobileServer,
  TILL,
} from './mobile-server.ts';

const ORDER = `${POS}.OrderLoader`;
const CONTEXT = `${JSONREST}/org.openbravo.mobile.core.login.ContextInformation`;
const HOUR_MS = 60 * 60_000;

const noId = (): JsonObject => {
  const message = saleMessage('M1', { ticket: { id: null } });
  delete message['messageId'];
  return message;
};

// One server for all that only asks; what another test leaves behind does not matter here.
let server: TestServer;
beforeAll(async () => {
  server = await startMobileServer();
});
beforeEach(() => {
  server.audited.length = 0;
});
afterAll(() => server[Symbol.asyncDispose]());

interface Refused {
  what: string;
  service?: string;
  body: string | JsonObject;
  parts?: CallParts;
  status: number;
  sentence: RegExp;
}

const REFUSED: Refused[] = [
  {
    what: 'malformed JSON',
    body: '{"messageId":"M1","data":[',
    status: 400,
    sentence: /^The body is not JSON\. Send one JSON object in UTF-8\.$/,
  },
  {
    what: 'JSON that is no object',
    body: '[]',
    status: 400,
    sentence: /^The body is JSON, but no object\./,
  },
  {
    what: 'a wrong content type',
    body: saleMessage('M1'),
    parts: { headers: { 'content-type': 'text/plain' } },
    status: 415,
    sentence: /^The body has "text\/plain"\. Send it as application\/json\.$/,
  },
  {
    what: 'a body that is compressed',
    body: saleMessage('M1'),
    parts: { headers: { 'content-encoding': 'gzip' } },
    status: 415,
    sentence: /^The body is compressed\. Send it as it is\.$/,
  },
  {
    what: 'a body over the limit',
    body: ' '.repeat(LIMITS.transactionBodyBytes + 1),
    status: 413,
    sentence: /^The body is larger than 16 MB, the most that is taken here\.$/,
  },
  {
    what: 'a message without messageId and without the id of a record',
    body: noId(),
    status: 400,
    sentence: /neither a "messageId" nor an "id" in its first record.*Give it a messageId\.$/,
  },
  {
    what: 'an id that is too long',
    body: saleMessage('M'.repeat(65)),
    status: 400,
    sentence: /^The id of the message is longer than 64 characters\.$/,
  },
  {
    what: 'an undefined service',
    service: 'org.example.TipLoader',
    body: saleMessage('M1'),
    status: 404,
    sentence:
      /^The service "org\.example\.TipLoader" is not defined at this server\. Check its name/,
  },
  {
    what: 'no session',
    body: saleMessage('M1'),
    parts: { token: null },
    status: 401,
    sentence: /^This call needs a log-in; no token came with it\.$/,
  },
];

describe('a transaction that can never be taken', () => {
  it.each(REFUSED)('is refused for $what, and kept to explain it', async (refused) => {
    const { service = ORDER, body, parts, status, sentence } = refused;
    const reply = await server.post(service, body, parts);
    expect(reply.status).toBe(status);
    expect(reply.response).toMatchObject({ status: -1, totalRows: 0 });
    expect(reply.response.error?.message).toMatch(sentence);
    // Nothing was taken.
    expect((await server.storage.entries({ limit: 1 })).rows).toEqual([]);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(server.audited).toEqual([
      {
        actor: parts?.token === null ? 'nobody' : `user:${CASHIER}`,
        action: 'transaction refused',
        subject: parts?.token === null ? '127.0.0.1' : TILL.id,
        detail: {
          service,
          httpStatus: status,
          because: reply.response.error?.message,
          body: text.slice(0, 4096),
        },
      },
    ]);
  });

  it('is kept without the card number in it', async () => {
    const broken = '{"data":[{"payments":[{"pan":"4111111111111111","cvv":"987"}';
    expect((await server.post(`${POS}.ProcessCashMgmt`, broken)).status).toBe(400);
    expect(server.audited).toHaveLength(1);
    expect(JSON.stringify(server.audited)).not.toMatch(/4111111111111111|987/);
  });

  it('is kept once, however often the till tries', async () => {
    await using server = await startMobileServer();
    for (let attempt = 0; attempt < 3; attempt += 1) await server.post(ORDER, noId());
    expect(server.audited).toHaveLength(1);
    server.setClock(START_MS + HOUR_MS);
    await server.post(ORDER, noId());
    expect(server.audited).toHaveLength(2);
  });
});

describe('a query that cannot be answered', () => {
  it.each<[string, string, CallParts, number, RegExp]>([
    [
      'an unknown model',
      `${POS}.master.Unicorn/${encodeURI('{"_limit":1}')}`,
      {},
      404,
      /^The service "org\.openbravo\.retail\.posterminal\.master\.Unicorn" is not defined/,
    ],
    [
      'an unknown model that is posted',
      `${POS}.master.Unicorn`,
      { body: '{"_limit":1}' },
      404,
      /^The service ".*Unicorn" is not defined/,
    ],
    [
      'malformed JSON in the URL',
      `${POS}.master.Product/%7B%22_limit%22:%7D`,
      {},
      400,
      /^The parameters of .*master\.Product in the URL are not a JSON object, encoded by encodeURI\.$/,
    ],
    ['a broken encoding', `${POS}.master.Product/%7B%zz%7D`, {}, 400, /encoded by encodeURI/],
    [
      'an unknown terminal',
      `${POS}.master.Product/${encodeURI('{"pos":"NO-SUCH-TILL"}')}`,
      {},
      400,
      /terminal "NO-SUCH-TILL" is not defined at this server/,
    ],
    [
      'a body over the limit',
      `${POS}.master.Product`,
      { body: `{"x":"${'y'.repeat(LIMITS.otherBodyBytes)}"}` },
      413,
      /^The body is larger than 256 kB/,
    ],
    ['a transaction that is asked', ORDER, {}, 405, /is a transaction; send its message with POST/],
    [
      'a service that only other servers answer, when none is in reach',
      'org.openbravo.mobile.core.loginutils',
      {},
      503,
      /is not answered by this server, and no other server/,
    ],
  ])('is refused for %s', async (_what, path, parts, status, sentence) => {
    const reply = await server.call(`${JSONREST}/${path}`, parts);
    expect(reply.status).toBe(status);
    expect(reply.response['status']).toBe(-1);
    expect(reply.response.error?.message).toMatch(sentence);
    expect(server.audited).toEqual([]);
  });

  it('is asked of another server where this one has no handler', async () => {
    const asked: unknown[] = [];
    await using server = await startMobileServer({
      overrides: {
        relay: (service, parameters) => {
          asked.push([service, parameters]);
          return Promise.resolve({ response: { status: 0, data: [{ from: 'elsewhere' }] } });
        },
      },
    });
    const service = 'org.openbravo.mobile.core.loginutils';
    const { status, response } = await server.call(
      `${JSONREST}/${service}/${encodeURI('{"a":1}')}`,
    );
    expect(status).toBe(200);
    expect(response['data']).toEqual([{ from: 'elsewhere' }]);
    expect(asked).toEqual([[service, { a: 1 }]]);
  });
});

describe('a session', () => {
  it('that has expired, was forged, revoked or comes from another estate is refused', async () => {
    await using server = await startMobileServer();
    const good = await server.session();
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const foreign = await new SignJWT({ org: '0', ter: null, rol: 'administrator', epo: 0 })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'backroom-user+jwt', kid: 'somebody-else' })
      .setIssuer('Main')
      .setSubject(CASHIER)
      .setAudience('backroom')
      .setExpirationTime(START_MS / 1000 + 3600)
      .sign(privateKey);
    const forged = `${good.slice(0, -8)}AAAAAAAA`;
    const ask = (token: string): Promise<Reply> => server.call(CONTEXT, { token });
    const sentences = async (token: string): Promise<unknown> => {
      const { status, response } = await ask(token);
      return [status, response.error?.code, response.error?.message];
    };
    expect((await ask(good)).status).toBe(200);
    expect(await sentences(forged)).toEqual([
      401,
      'forged',
      'The token is not signed by a server of this estate.',
    ]);
    expect(await sentences(foreign)).toEqual([
      401,
      'unknownIssuer',
      'The token was signed with a key that this estate does not know.',
    ]);
    expect(await sentences(await server.tokens.issueForServer('Elsewhere'))).toEqual([
      401,
      'wrongAudience',
      'The token was made for another server.',
    ]);
    expect(await sentences('nonsense')).toEqual([401, 'malformed', 'The token is not a JWT.']);
    server.setClock(START_MS + 13 * HOUR_MS);
    expect(await sentences(good)).toEqual([
      401,
      'expired',
      'The session has expired; log in again.',
    ]);
  });

  it('may come in the URL, from which it is gone before anything is logged', async () => {
    await using server = await startMobileServer();
    const token = await server.session();
    const tail = `authenticationClient=CLIENT&authenticationToken=${token}`;
    const asked = await server.call(`${CONTEXT}/${encodeURI('{"a":"b?c&d/e"}')}&${tail}`, {
      token: null,
    });
    expect(asked.status).toBe(200);
    const posted = await server.post(`${ORDER}?${tail}`, saleMessage('M1'), { token: null });
    expect(posted.status).toBe(200);
    const failing = await startMobileServer({
      storage: () => ({ accept: () => Promise.reject(new Error('a bug')) }),
    });
    await using _failing = failing;
    const other = await failing.session();
    const url = `${ORDER}?authenticationToken=${other}`;
    const failed = await failing.post(url, saleMessage('M1'), { token: null });
    expect(failed.status).toBe(500);
    expect(failed.response.error?.message).toBe(
      'This server made a mistake; it is written in its log.',
    );
    expect(failing.seenUrls).not.toHaveLength(0);
    expect(failing.seenUrls.join()).not.toContain(other);
  });
});

describe('a page of another site', () => {
  it('is not let in; a page of a defined server is', async () => {
    const preflight = (origin: string): Promise<Reply> =>
      rawRequest(`${server.url}${JSONREST}/${ORDER}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const good = await preflight('http://main.example');
    expect(good.status).toBe(200);
    expect(good.headers.get('access-control-allow-origin')).toBe('http://main.example');
    expect(good.headers.get('access-control-allow-credentials')).toBe('true');
    expect(good.headers.get('access-control-allow-methods')).toBe('POST, GET, OPTIONS');
    expect(good.headers.get('access-control-max-age')).toBe('10000');
    const bad = await preflight('http://evil.example');
    expect(bad.status).toBe(403);
    expect(bad.headers.get('access-control-allow-origin')).toBeNull();
    expect(bad.json['exception']).toBe('invalidRequestOrigin');
    const own = await preflight(new URL(server.url).origin);
    expect(own.status).toBe(200);
  });
});

describe('a path that does not exist', () => {
  it('is answered in the envelope', async () => {
    const { status, response } = await server.call('/org.openbravo.nothing');
    expect(status).toBe(404);
    expect(response.error?.message).toBe('There is nothing at GET /org.openbravo.nothing.');
  });
});

/** `fetch` does not let a test set `Origin`. */
function rawRequest(
  url: string,
  parts: { method: string; headers: Record<string, string> },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, parts, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const headers = new Headers(
          Object.entries(answer.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]),
        );
        const json = (text === '' ? {} : JSON.parse(text)) as JsonObject;
        resolve({ status: answer.statusCode ?? 0, headers, text, json, response: {} });
      });
    });
    request.on('error', reject);
    request.end();
  });
}
