import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { BatchMessage } from '../../../server/contract/batch.ts';
import { createLog } from '../../../server/system/log.ts';
import type { System } from '../../../server/system/ports.ts';
import { realSystem } from '../../../server/system/real.ts';
import { connectUpstream } from '../../../server/upstream/connect.ts';
import type { Upstream } from '../../../server/upstream/ports.ts';
import { mainServer } from '../../unit/sync/fake-main.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const real = realSystem(createLog('silent'));
/** A system in which time goes fifty times as fast, so that a slow server is found slow at once. */
const SPEED = 50;
const startMs = real.clock.nowMs();
export const hurried: System = {
  ...real,
  clock: {
    nowMs: () => Math.floor(startMs + (real.clock.nowMs() - startMs) * SPEED),
    monotonicMs: () => real.clock.monotonicMs() * SPEED,
  },
  timers: {
    after: (delayMs, run) => real.timers.after(delayMs / SPEED, run),
    pause: (delayMs, signal) => real.timers.pause(delayMs / SPEED, signal),
  },
};

export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function connect(url: string, system = real): Upstream {
  const upstream = connectUpstream({
    server: { ...mainServer, url },
    tokens: {
      issueForServer: (audience) => Promise.resolve(`token-for-${audience}`),
      issueForUser: () => Promise.reject(new Error('not asked for')),
      verify: () => Promise.reject(new Error('not asked for')),
    },
    self: { key: 'Store', version: '1.2.3' },
    system,
  });
  closers.push(() => upstream.close());
  return upstream;
}

/** A client of a main that answers as told. */
export async function against(listener: RequestListener, system = real): Promise<Upstream> {
  return connect(`http://${await listen(createServer(listener))}/openbravo`, system);
}

/** A client of something that says these bytes to whoever sends anything, and then closes. */
export async function againstBytes(
  bytes: string | Buffer,
  end: 'close' | 'hold' = 'close',
): Promise<Upstream> {
  const raw = createRawServer((socket) => {
    socket.once('data', () => {
      socket.write(bytes);
      if (end === 'close') socket.end();
    });
  });
  return connect(`http://${await listen(raw)}/openbravo`, hurried);
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' });
  response.end(JSON.stringify(body));
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function message(messageId: string, text: string): BatchMessage {
  const body = new TextEncoder().encode(text);
  const digest = createHash('sha256').update(body).digest('hex');
  return {
    service: 'org.openbravo.retail.posterminal.OrderLoader',
    messageId,
    digest,
    terminal: 'T1',
    body,
  };
}
