import { copyFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { connect, TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { writeCertificate } from '../../support/certificate.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { refusedStart, startServerProcess } from '../../support/server-process.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

interface Answer {
  status: number;
  body: string;
  fingerprint: string;
}

/** Node's fetch cannot be told to trust a certificate that signs itself. Each call shakes hands anew. */
function get(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { rejectUnauthorized: false, agent: new Agent({ maxCachedSessions: 0 }) },
      (answer) => {
        if (!(answer.socket instanceof TLSSocket)) throw new Error(`${url} is not secure`);
        const { fingerprint256 } = answer.socket.getPeerCertificate();
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => (body += text));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body, fingerprint: fingerprint256 }),
        );
      },
    );
    asked.on('error', reject).end();
  });
}

async function startWith(folder: string, options: readonly string[]): Promise<ServerProcess> {
  return startServerProcess(['--role', 'main', '--data', join(folder, 'data'), ...options]);
}

/** The address that a server announces for https. */
function secureUrl(server: ServerProcess): string {
  const url = /"httpsUrl":"([^"]+)"/.exec(server.log())?.[1];
  if (url === undefined) throw new Error(`https was not announced:\n${server.log()}`);
  return url;
}

describe('backroom serve with a certificate', () => {
  it('answers over https and, as before, over http', async () => {
    await using folder = temporaryDirectory();
    const { certPath, keyPath } = await writeCertificate(folder.path);
    const options = ['--tls-cert', certPath, '--tls-key', keyPath, '--https-port', '0'];
    await using server = await startWith(folder.path, options);
    const url = secureUrl(server);
    expect((await get(`${url}/healthz`)).body).toContain('"product":"backroom"');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  it('refuses TLS that is older than 1.2', async () => {
    await using folder = temporaryDirectory();
    const { certPath, keyPath } = await writeCertificate(folder.path);
    const options = ['--tls-cert', certPath, '--tls-key', keyPath, '--https-port', '0'];
    await using server = await startWith(folder.path, options);
    const { port } = new URL(secureUrl(server));
    const handshake = (maxVersion: 'TLSv1.1' | 'TLSv1.2'): Promise<string | null> =>
      new Promise((resolve, reject) => {
        const socket = connect(
          {
            ...{ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false },
            ...{ minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' },
          },
          () => {
            resolve(socket.getProtocol());
            socket.end();
          },
        );
        socket.on('error', reject);
      });
    expect(await handshake('TLSv1.2')).toBe('TLSv1.2');
    await expect(handshake('TLSv1.1')).rejects.toThrow(/version|alert/i);
  });

  it('takes a renewed certificate up while it runs, and keeps the old one beside a foreign key', async () => {
    await using folder = temporaryDirectory();
    const used = await writeCertificate(folder.path, { name: 'used' });
    const next = await writeCertificate(folder.path, { name: 'next' });
    const options = ['--tls-cert', used.certPath, '--tls-key', used.keyPath, '--https-port', '0'];
    await using server = await startWith(folder.path, options);
    const url = secureUrl(server);
    const before = (await get(`${url}/healthz`)).fingerprint;
    copyFileSync(next.certPath, used.certPath);
    await expect
      .poll(() => server.log(), { timeout: 20_000 })
      .toContain('does not belong to the certificate');
    expect((await get(`${url}/healthz`)).fingerprint).toBe(before);
    copyFileSync(next.keyPath, used.keyPath);
    await expect
      .poll(async () => (await get(`${url}/healthz`)).fingerprint, { timeout: 20_000 })
      .not.toBe(before);
  });

  it('starts with one that has ended, and says so', async () => {
    await using folder = temporaryDirectory();
    const ended = await writeCertificate(folder.path, { notAfter: new Date('2021-01-01') });
    const options = ['--tls-cert', ended.certPath, '--tls-key', ended.keyPath];
    await using server = await startWith(folder.path, [...options, '--https-port', '0']);
    expect(server.log()).toContain('ENDED ON 2021-01-01');
    expect((await get(`${secureUrl(server)}/healthz`)).status).toBe(200);
  });
});

describe('a certificate with which https cannot be served ends the start with a sentence', () => {
  it('when a file is missing, no PEM, of another key, or given alone', async () => {
    await using folder = temporaryDirectory();
    const one = await writeCertificate(folder.path, { name: 'one' });
    const other = await writeCertificate(folder.path, { name: 'other' });
    const serve = async (...options: string[]): Promise<string> => {
      const data = ['--role', 'main', '--data', join(folder.path, 'data'), '--port', '0'];
      const { exitCode, message } = await refusedStart(['serve', ...data, ...options]);
      expect(exitCode).toBe(1);
      return message;
    };
    const nowhere = join(folder.path, 'nowhere.crt');
    expect(await serve('--tls-cert', nowhere, '--tls-key', one.keyPath)).toContain(
      `The certificate ${nowhere} does not exist. Check --tls-cert.`,
    );
    expect(await serve('--tls-cert', one.certPath, '--tls-key', one.certPath)).toContain(
      'is no key in PEM form',
    );
    expect(await serve('--tls-cert', one.certPath, '--tls-key', other.keyPath)).toContain(
      `does not belong to the certificate ${one.certPath}`,
    );
    expect(await serve('--tls-cert', one.certPath)).toContain('give --tls-cert and --tls-key');
  });
});
