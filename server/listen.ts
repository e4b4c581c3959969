import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LIMITS } from './contract/limits.ts';
import { portOwner } from './system/port-owner.ts';

/** How long a client may take: Node's own defaults (60 s, 300 s) let a slow client hold a shop's server. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
const CONNECTIONS = 2000;

/** Why the server cannot be started, in words for the person who starts it. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** Listens, or throws a {@link StartError} that names who has the port. */
export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
): Promise<{ server: Server; port: number }> {
  const server = createServer(
    {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    handler,
  );
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  }).catch(async (error: unknown) => {
    throw await startErrorOf(error, host, port);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function startErrorOf(error: unknown, host: string, port: number): Promise<StartError> {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    const owner = await portOwner(port);
    return new StartError(
      `Port ${port} is in use${owner === undefined ? '' : ` by ${owner}`}. Stop that program or choose another port with --port.`,
    );
  }
  if (code === 'EADDRNOTAVAIL') {
    return new StartError(`This machine has no address ${host}. Choose another with --host.`);
  }
  if (code === 'EACCES') {
    return new StartError(
      `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`,
    );
  }
  return new StartError(`The server cannot listen on ${host}:${port}.`, { cause: error });
}
