import type { Server } from 'node:http';
import type { App } from './app.ts';
import type { ServeSettings } from './contract/settings.ts';
import { listen, listenTls, StartError } from './listen.ts';
import type { System } from './system/ports.ts';
import type { Certificate, CertificateSource } from './tls/certificate.ts';
import { readCertificate } from './tls/certificate.ts';
import { keepFresh } from './tls/keep-fresh.ts';

/** How long a stopping server waits for what is under way before it closes the connections. */
const DRAIN_TIMEOUT_MS = 10_000;

/** The ports at which a server answers. */
export interface Front {
  /** Without a path, e.g. `http://127.0.0.1:8427`. */
  url: string;
  /** Null where the server has no certificate. */
  httpsUrl: string | null;
  /** New connections end, new requests are refused, those under way get their answer within the deadline. */
  close(): Promise<void>;
}

/** What https is served with: where it is read from again, and what was read first. */
export interface Tls {
  source: CertificateSource;
  certificate: Certificate;
}

/** The certificate of the settings; null where they have none. Throws {@link StartError} where it is not fit. */
export async function readTls(settings: ServeSettings, system: System): Promise<Tls | null> {
  const { tls, publicUrl } = settings;
  if (tls === undefined) return null;
  const hostname = publicUrl === undefined ? null : new URL(publicUrl).hostname;
  const source = { certPath: tls.certPath, keyPath: tls.keyPath, hostname };
  const certificate = await readCertificate(source, system.clock.nowMs());
  if ('fault' in certificate) throw new StartError(certificate.fault);
  for (const warning of certificate.warnings) system.log.warn({}, warning);
  return { source, certificate };
}

/** Opens http and, where there is a certificate, https beside it: both, or none and a {@link StartError}. */
export async function openFront(parts: {
  app: App;
  settings: ServeSettings;
  tls: Tls | null;
  system: System;
}): Promise<Front> {
  const { app, settings, tls, system } = parts;
  const { host } = settings;
  const plain = await listen(app.handler, { host, port: settings.port });
  const servers: Server[] = [plain.server];
  const secure = await openSecure(parts).catch((error: unknown) => {
    plain.server.close();
    throw error;
  });
  if (secure !== null) servers.push(secure.server);
  const stopLooking =
    tls === null || secure === null
      ? null
      : keepFresh({ ...tls, system, use: (certificate) => secure.use(certificate) });
  return {
    url: urlOf('http', host, plain.port),
    httpsUrl: secure === null ? null : urlOf('https', host, secure.port),
    async close() {
      stopLooking?.();
      await closeAll(servers, app, system);
    },
  };
}

async function openSecure({
  app,
  settings,
  tls,
}: {
  app: App;
  settings: ServeSettings;
  tls: Tls | null;
}): Promise<Awaited<ReturnType<typeof listenTls>> | null> {
  if (settings.tls === undefined || tls === null) return null;
  const { host } = settings;
  return listenTls(app.handler, { host, port: settings.tls.port }, tls.certificate);
}

function urlOf(scheme: string, listensOn: string, port: number): string {
  const host = listensOn === '0.0.0.0' || listensOn === '::' ? '127.0.0.1' : listensOn;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function closeAll(servers: readonly Server[], app: App, system: System): Promise<void> {
  const closed = servers.map(
    (server) =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  );
  const deadline = new AbortController();
  await Promise.race([app.drain(), system.timers.pause(DRAIN_TIMEOUT_MS, deadline.signal)]);
  deadline.abort();
  for (const server of servers) server.closeAllConnections();
  await Promise.all(closed);
}
