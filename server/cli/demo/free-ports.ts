import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { createServer } from 'node:net';

/**
 * Where ports are looked for: below the range from which systems take the ports of outgoing
 * connections, so that a server which is started again finds its port as it left it.
 */
const RANGE = { from: 20_000, to: 32_000 } as const;
const MOST_TRIES = 200;

/**
 * Ports of loopback that are free now. The addresses of an estate are written into its definitions
 * before its servers start, so their ports must be known beforehand.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  for (let tries = 0; held.size < count; tries += 1) {
    if (tries === MOST_TRIES) throw new Error(`no ${count} free ports were found on this machine`);
    const port = randomInt(RANGE.from, RANGE.to);
    const server = held.has(port) ? undefined : await hold(port);
    if (server !== undefined) held.set(port, server);
  }
  await Promise.all([...held.values()].map((server) => once(server.close(), 'close')));
  return [...held.keys()];
}

/** Listens on the port, or undefined where somebody else does. */
async function hold(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
