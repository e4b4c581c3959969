import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { LIMITS } from './contract/limits.ts';
import { portOwner } from './system/port-owner.ts';

/** How long a client may take: Node's own defaults (60 s, 300 s) let a slow client hold a shop's server. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** Tills and browsers, and one for each server whose heartbeat is held at a main. */
const CONNECTIONS = 2_000 + LIMITS.heldHeartbeats;

/** Why the server cannot be started, in words for the person who starts it. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

const BOUNDS = {
  maxHeaderSize: LIMITS.headerBytes,
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
} as const;

/** PEM texts. */
interface CertificateAndKey {
  cert: string;
  key: string;
}

interface Address {
  host: string;
  port: number;
}

/** Listens, or throws a {@link StartError} that names who has the port. */
export async function listen(
  handler: RequestListener,
  { host, port }: Address,
): Promise<{ server: Server; port: number }> {
  const server = createServer(BOUNDS, handler);
  return { server, port: await openPort(server, { host, port }, '--port') };
}

/** The same over TLS, 1.2 or newer. `use` shows another certificate from the next connection on. */
export async function listenTls(
  handler: RequestListener,
  { host, port }: Address,
  first: CertificateAndKey,
): Promise<{ server: TlsServer; port: number; use(next: CertificateAndKey): void }> {
  const contextOf = ({ cert, key }: CertificateAndKey): SecureContextOptions => ({
    ...{ cert, key, minVersion: 'TLSv1.2' },
  });
  const server = createTlsServer({ ...BOUNDS, ...contextOf(first) }, handler);
  const opened = await openPort(server, { host, port }, '--https-port');
  return { server, port: opened, use: (next) => server.setSecureContext(contextOf(next)) };
}

async function openPort(server: Server, address: Address, option: string): Promise<number> {
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  }).catch(async (error: unknown) => {
    throw await startErrorOf(error, address, option);
  });
  return (server.address() as AddressInfo).port;
}

async function startErrorOf(
  error: unknown,
  { host, port }: Address,
  option: string,
): Promise<StartError> {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    const owner = await portOwner(port);
    return new StartError(
      `Port ${port} is in use${owner === undefined ? '' : ` by ${owner}`}. Stop that program or choose another port with ${option}.`,
    );
  }
  if (code === 'EADDRNOTAVAIL') {
    return new StartError(`This machine has no address ${host}. Choose another with --host.`);
  }
  if (code === 'EACCES') {
    return new StartError(
      `Port ${port} may not be opened by this user. Choose one above 1023 with ${option}.`,
    );
  }
  return new StartError(`The server cannot listen on ${host}:${port}.`, { cause: error });
}
