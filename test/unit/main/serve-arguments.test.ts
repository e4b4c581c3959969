import { describe, expect, it } from 'vitest';
import { serveArguments } from '../../../main/serve-arguments.ts';

describe('the command line of a hosted server', () => {
  it('holds what is set and leaves out the rest', () => {
    expect(
      serveArguments({ role: 'main', dataDirectory: '/my data', port: 8427, openToNetwork: false }),
    ).toEqual([
      'serve',
      '--role',
      'main',
      '--data',
      '/my data',
      '--port',
      '8427',
      '--host',
      '127.0.0.1',
    ]);
  });

  it('gives a store its main, its key and its code, and the network where it is let in', () => {
    const words = serveArguments({
      role: 'store',
      dataDirectory: '/data',
      port: 9000,
      openToNetwork: true,
      mainUrl: 'https://main.example.com',
      serverKey: 'S1',
      joinCode: 'ABCD',
    });
    expect(words.slice(5)).toEqual([
      ...['--port', '9000', '--host', '0.0.0.0', '--main', 'https://main.example.com'],
      ...['--server-key', 'S1', '--join-code', 'ABCD'],
    ]);
  });

  it('names certificate, key and the address of the tills', () => {
    const words = serveArguments({
      ...{ role: 'main', dataDirectory: '/data', port: 9000, openToNetwork: true },
      tls: { certPath: '/tls.crt', keyPath: '/tls.key', port: 8443 },
      publicUrl: 'https://store.example:8443',
    });
    expect(words.slice(9)).toEqual([
      ...['--tls-cert', '/tls.crt', '--tls-key', '/tls.key', '--https-port', '8443'],
      ...['--public-url', 'https://store.example:8443'],
    ]);
  });
});
