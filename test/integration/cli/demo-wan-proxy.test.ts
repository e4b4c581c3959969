import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createHttpServer, request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openWanProxy } from '../../../server/cli/demo/wan-proxy.ts';
import type { WanProxy } from '../../../server/cli/demo/wan-proxy.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function proxyTo(port: number): Promise<WanProxy> {
  const proxy = await openWanProxy({ port });
  closers.push(() => proxy.close());
  return proxy;
}

/** A main that answers a POST when it is let, and remembers every body that arrived whole. */
async function slowMain() {
  const bodies: string[] = [];
  const arrived = Promise.withResolvers<undefined>();
  const letAnswer = Promise.withResolvers<undefined>();
  const server = createHttpServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString();
      arrived.resolve(undefined);
    });
    incoming.on('error', () => undefined);
    incoming.on('end', () => {
      bodies.push(body);
      void letAnswer.promise.then(() => response.end(`took ${body}`));
    });
  });
  const port = await listening(server);
  closers.push(() => server.closeAllConnections());
  return { port, bodies, arrived: arrived.promise, letAnswer: () => letAnswer.resolve(undefined) };
}

function post(port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', method: 'POST' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('the wide-area line', () => {
  it('carries calls, resets them while it is cut, and carries them again', async () => {
    const main = await slowMain();
    main.letAnswer();
    const proxy = await proxyTo(main.port);

    expect(await post(proxy.port, 'one')).toBe('took one');
    await proxy.cut();
    await expect(post(proxy.port, 'two')).rejects.toThrow(/ECONNRESET|socket hang up/);
    proxy.restore();
    expect(await post(proxy.port, 'three')).toBe('took three');
    expect(main.bodies).toEqual(['one', 'three']);
  });

  it('lets the main finish what has reached it, and drops its answer', async () => {
    const main = await slowMain();
    const proxy = await proxyTo(main.port);
    const call = post(proxy.port, 'sold').catch((error: unknown) => error);
    await main.arrived;

    const cut = proxy.cut();
    expect(await call).toBeInstanceOf(Error);
    main.letAnswer();
    expect(await cut).toEqual({ broken: 0 });
    expect(main.bodies).toEqual(['sold']);
  });

  it('says "cut" only when nothing can arrive any more', async () => {
    const received: string[] = [];
    const ended = Promise.withResolvers<undefined>();
    const mainSide = Promise.withResolvers<Socket>();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      mainSide.resolve(socket);
      socket.on('data', (chunk) => received.push(chunk.toString()));
      socket.on('end', () => ended.resolve(undefined));
    });
    const proxy = await proxyTo(await listening(server));
    const store = connect(proxy.port, '127.0.0.1');
    store.on('error', () => undefined);
    store.write('before');
    const main = await mainSide.promise;
    await once(main, 'data');

    let isCut = false;
    const cut = proxy.cut().then(() => (isCut = true));
    store.write('after');
    await ended.promise;
    expect(isCut).toBe(false);
    main.end();
    await cut;
    expect(received).toEqual(['before']);
  });

  it('lets the store see that the main hung up', async () => {
    const server = createServer((socket) => socket.end('bye'));
    const proxy = await proxyTo(await listening(server));
    const store = connect(proxy.port, '127.0.0.1');
    const chunks: string[] = [];
    store.on('data', (chunk) => chunks.push(chunk.toString()));
    await once(store, 'close');
    expect(chunks).toEqual(['bye']);
  });
});
