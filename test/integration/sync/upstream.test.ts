import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBatch } from '../../../server/contract/batch.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import {
  against,
  againstBytes,
  bytesOf,
  connect,
  hurried,
  json,
  listen,
  message,
} from './strange-main.ts';

const OK = { response: { status: 0, data: [] } };

describe('a main that behaves', () => {
  it('says whether it speaks our extensions, without a log-in', async () => {
    const seen: unknown[] = [];
    const upstream = await against((request, response) => {
      seen.push(request.url, request.headers.authorization);
      json(response, { response: { backroom: 1 } });
    });
    expect(await upstream.checkAvailability()).toEqual({
      kind: 'answer',
      status: 200,
      body: { backroom: true },
    });
    expect(seen).toEqual([
      '/openbravo/org.openbravo.mobile.core.checkServerAvailability',
      undefined,
    ]);
    const foreign = await against((_request, response) => json(response, { response: {} }));
    expect(await foreign.checkAvailability()).toMatchObject({ body: { backroom: false } });
  });

  it('is not available when it answers with an error', async () => {
    const upstream = await against((_request, response) =>
      json(response, { response: { error: { message: 'too busy' } } }),
    );
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'odd', status: 200 });
  });

  it('answers a heartbeat, for which this server proves who it is', async () => {
    const answer = {
      backroom: 1,
      serverKey: 'Main',
      confirmed: [],
      parked: [],
      unknown: ['A'],
      definitionsVersion: 4,
      serverState: 'online',
      time: 5,
    };
    let seen: unknown;
    const upstream = await against((request, response) => {
      void bytesOf(request).then((body) => {
        seen = [
          request.method,
          request.url,
          request.headers.authorization,
          JSON.parse(body.toString()),
        ];
        json(response, { response: answer });
      });
    });
    expect(await upstream.heartbeat({ id: 'Store', ask: ['A'] })).toEqual({
      kind: 'answer',
      status: 200,
      body: answer,
    });
    expect(seen).toEqual([
      'POST',
      '/openbravo/backroom/heartbeat',
      'Bearer token-for-Main',
      { id: 'Store', ask: ['A'] },
    ]);
  });

  it('gets a batch with the bytes unchanged and gives receipts', async () => {
    const messages = [message('A', '{"ä":  1}'), message('B', 'not json \u0000')];
    const upstream = await against((request, response) => {
      void bytesOf(request).then((body) => {
        const got = decodeBatch(body);
        if ('error' in got) throw new Error(got.error);
        const results = got.map(({ messageId, terminal, body: bytes }) => ({
          receipt: {
            messageId,
            digest: createHash('sha256').update(bytes).digest('hex'),
            terminal,
            serverKey: 'Main',
            serverEpoch: 1,
            serverSeq: 1,
            outcome: 'applied',
          },
        }));
        json(response, { response: { backroom: 1, results } });
      });
    });
    const reply = await upstream.sendBatch(messages);
    expect(reply).toMatchObject({
      kind: 'answer',
      body: {
        response: {
          results: messages.map(({ digest, messageId }) => ({ receipt: { digest, messageId } })),
        },
      },
    });
  });

  it('gets a single message as a till posts it', async () => {
    let seen: unknown;
    const upstream = await against((request, response) => {
      void bytesOf(request).then((body) => {
        seen = [request.url, request.headers['content-type'], body.toString()];
        json(response, OK);
      });
    });
    expect(await upstream.sendOne(message('A', '{ "messageId":"A" }'))).toMatchObject({
      kind: 'answer',
      body: OK,
    });
    expect(seen).toEqual([
      '/openbravo/org.openbravo.mobile.core.service.jsonrest/org.openbravo.retail.posterminal.OrderLoader',
      'application/json',
      '{ "messageId":"A" }',
    ]);
  });

  it('gets a query in its path, as a till writes it; a long one is posted', async () => {
    const got: JsonObject[] = [];
    const prefix = '/openbravo/org.openbravo.mobile.core.service.jsonrest/master.Product';
    const upstream = await against((request, response) => {
      void bytesOf(request).then((body) => {
        const text =
          request.method === 'POST'
            ? body.toString()
            : decodeURIComponent(request.url!.slice(prefix.length + 1));
        expect(request.url!.startsWith(prefix)).toBe(true);
        got.push(JSON.parse(text) as JsonObject);
        json(response, OK);
      });
    });
    const short = { _limit: 10, parameters: { text: { value: 'a/b?c#d&e %41 "ü" 漢' } } };
    const long = { ...short, remoteFilters: [{ value: 'x'.repeat(40_000) }] };
    await upstream.query('master.Product', short);
    await upstream.query('master.Product', long);
    expect(got).toEqual([short, long]);
  });

  it('may compress its answer', async () => {
    const upstream = await against((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(OK)));
    });
    expect(await upstream.query('x', {})).toEqual({ kind: 'answer', status: 200, body: OK });
  });

  it('is asked over connections that are kept', async () => {
    const ports = new Set<number | undefined>();
    const upstream = await against((request, response) => {
      ports.add(request.socket.remotePort);
      json(response, OK);
    });
    for (let call = 0; call < 5; call += 1) await upstream.query('x', {});
    expect(ports.size).toBeLessThan(5);
  });
});

describe('an answer that is not what was asked for', () => {
  const answers: [string, number, Record<string, string>, string][] = [
    ['a page with 200', 200, { 'content-type': 'text/html' }, '<html>log in</html>'],
    ['JSON that calls itself a page', 200, { 'content-type': 'text/html' }, JSON.stringify(OK)],
    ['JSON without a type', 200, {}, JSON.stringify(OK)],
    ['torn JSON', 200, { 'content-type': 'application/json' }, '{"response":{"sta'],
    ['a JSON list', 200, { 'content-type': 'application/json' }, '[]'],
    ['nothing', 200, { 'content-type': 'application/json' }, ''],
    ['bytes that are no text', 200, { 'content-type': 'application/json' }, '\u0000\u0001'],
    ['401', 401, { 'content-type': 'application/json' }, '{"response":{"status":-1}}'],
    ['403', 403, {}, ''],
    ['404', 404, { 'content-type': 'application/json' }, '{"error":{}}'],
    ['429', 429, { 'content-type': 'application/json' }, '{}'],
    ['500', 500, { 'content-type': 'text/plain' }, 'oops'],
    ['502', 502, { 'content-type': 'text/html' }, '<html>'],
  ];
  it.each(answers)('%s', async (_name, status, headers, body) => {
    const upstream = await against((_request, response) => {
      response.writeHead(status, headers);
      response.end(body);
    });
    expect(await upstream.query('x', {})).toEqual({
      kind: 'odd',
      status,
      contentType: headers['content-type'] ?? '',
      text: body,
      retryAfterMs: null,
    });
  });

  it('a redirect, which is not followed', async () => {
    let visits = 0;
    const target = await listen(
      createServer((_request, response) => {
        visits += 1;
        json(response, OK);
      }),
    );
    const upstream = await against((_request, response) => {
      response.writeHead(302, { location: `http://${target}/` });
      response.end();
    });
    expect(await upstream.query('x', {})).toMatchObject({ kind: 'odd', status: 302 });
    expect(visits).toBe(0);
  });

  it('503 with the time to wait', async () => {
    const upstream = await against((_request, response) => {
      response.writeHead(503, { 'retry-after': '7' });
      response.end();
    });
    expect(await upstream.sendBatch([])).toMatchObject({
      kind: 'odd',
      status: 503,
      retryAfterMs: 7000,
    });
  });

  it('receipts of another shape', async () => {
    const upstream = await against((_request, response) =>
      json(response, { response: { backroom: 1, results: [{ receipt: { messageId: 'A' } }] } }),
    );
    expect(await upstream.sendBatch([message('A', '{}')])).toMatchObject({
      kind: 'odd',
      status: 200,
    });
  });
});

describe('a main or a line that fails', () => {
  it('nobody listens', async () => {
    const upstream = connect('http://127.0.0.1:1/openbravo');
    expect(await upstream.checkAvailability()).toMatchObject({
      kind: 'failure',
      code: 'unreachable',
    });
  });

  it('no such host', async () => {
    const upstream = connect('http://no-such-host.invalid/openbravo');
    expect(await upstream.checkAvailability()).toMatchObject({
      kind: 'failure',
      code: 'unreachable',
    });
  });

  it.each(['', 'main', 'ftp://127.0.0.1/openbravo'])('the address %j is none', async (url) => {
    expect(await connect(url).checkAvailability()).toMatchObject({
      kind: 'failure',
      code: 'unreachable',
    });
  });

  it('it never answers', async () => {
    const upstream = await against(() => undefined, hurried);
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'timeout' });
  });

  it('it sends a byte now and then', async () => {
    const upstream = await against((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const ticking = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(ticking));
    }, hurried);
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'timeout' });
  });

  it('its answer never ends', async () => {
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    let stopped = false;
    const upstream = await against((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('close', () => (stopped = true));
      const pour = (): void => {
        while (!stopped && response.write(chunk));
        if (!stopped) response.once('drain', pour);
      };
      pour();
    });
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'tooLarge' });
    await expect.poll(() => stopped).toBe(true);
  });

  it('its answer is a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20));
    const upstream = await against((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'tooLarge' });
  });

  it.each<[string, string | Buffer]>([
    ['closes at once', ''],
    ['closes in the head', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    [
      'closes in the body',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"resp',
    ],
    [
      'closes between chunks',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"res\r\n',
    ],
    ['breaks its chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{"res\r\n'],
    ['is no web server', 'SSH-2.0-OpenSSH_9.2\r\n'],
    [
      'breaks its compression',
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd',
    ],
    ['has a head without end', `HTTP/1.1 200 OK\r\n${'X-Filler: y\r\n'.repeat(20_000)}`],
  ])('it %s', async (_name, bytes) => {
    const upstream = await againstBytes(bytes);
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'cut' });
  });

  it('holds the line after half an answer', async () => {
    const upstream = await againstBytes(
      'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"resp',
      'hold',
    );
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'timeout' });
  });

  it('speaks no TLS where TLS is expected', async () => {
    const address = await listen(createServer((_request, response) => json(response, OK)));
    const upstream = connect(`https://${address}/openbravo`);
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure' });
  });

  it('is left when this server stops', async () => {
    let asked: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const upstream = await against(() => asked?.());
    const reply = upstream.sendBatch([message('A', '{}')]);
    await arrived;
    await upstream.close();
    expect(await reply).toMatchObject({ kind: 'failure', code: 'aborted' });
    expect(await upstream.checkAvailability()).toMatchObject({ kind: 'failure', code: 'aborted' });
  });
});
