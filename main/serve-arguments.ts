import type { HostedServer } from '../server/contract/ipc-schemas.ts';

/** The command line of `backroom` that starts this server. */
export function serveArguments(server: HostedServer): string[] {
  const options: [string, string | undefined][] = [
    ['--role', server.role],
    ['--data', server.dataDirectory],
    ['--port', String(server.port)],
    ['--host', server.openToNetwork ? '0.0.0.0' : '127.0.0.1'],
    ['--main', server.mainUrl],
    ['--server-key', server.serverKey],
    ['--join-code', server.joinCode],
    ['--tls-cert', server.tls?.certPath],
    ['--tls-key', server.tls?.keyPath],
    ['--https-port', server.tls && String(server.tls.port)],
    ['--public-url', server.publicUrl],
  ];
  return [
    'serve',
    ...options.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
  ];
}
