import { mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPosRouter } from '../../../server/pos/router.ts';
import { refusedStart, startServerProcess } from '../../support/server-process.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let folder: ReturnType<typeof temporaryDirectory>;
let server: Server;
let url: string;

beforeEach(async () => {
  folder = temporaryDirectory();
  const app = express();
  app.use(
    '/pos',
    createPosRouter({ directory: folder.path, publicOrigin: 'https://store.example:8443' }),
  );
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await folder[Symbol.asyncDispose]();
});

function build(): void {
  mkdirSync(join(folder.path, 'assets'));
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html><title>Till</title>');
  writeFileSync(join(folder.path, 'sw.js'), 'self.skipWaiting();');
  writeFileSync(join(folder.path, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder.path, 'assets', 'index-abc123.js'), 'export {};');
}

describe('/pos', () => {
  it('says that it is not built', async () => {
    const answer = await fetch(`${url}/pos/?terminalName=VBS-1`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe('The Web POS is not built yet. Run "npm run build" once.');
  });

  it('gives the page anew each time, its worker for the whole folder, and digested files for good', async () => {
    build();
    const page = await fetch(`${url}/pos/?terminalName=VBS-1`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const worker = await fetch(`${url}/pos/sw.js`);
    expect(worker.headers.get('content-type')).toContain('text/javascript');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect(worker.headers.get('service-worker-allowed')).toBe('/pos/');
    const manifest = await fetch(`${url}/pos/manifest.webmanifest`);
    expect(manifest.headers.get('content-type')).toContain('application/manifest+json');
    expect(manifest.headers.get('cache-control')).toBe('no-cache');
    const script = await fetch(`${url}/pos/assets/index-abc123.js`);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${url}/pos/assets/gone.js`)).status).toBe(404);
    const again = await fetch(`${url}/pos/`, {
      // Without the second header fetch asks for everything anew.
      headers: { 'if-none-match': page.headers.get('etag')!, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('leads /pos to /pos/ with the till’s name', async () => {
    build();
    const answer = await fetch(`${url}/pos?terminalName=VBS-1`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/pos/?terminalName=VBS-1');
  });

  it('lets the page reach every server, nobody frame it, and never promises https for good', async () => {
    build();
    const { headers } = await fetch(`${url}/pos/`);
    const policy = headers.get('content-security-policy')!.split(';');
    expect(policy).toContain("connect-src 'self' http: https:");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('tells the public origin and redirects nobody there', async () => {
    build();
    const answer = await fetch(`${url}/pos/origin`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ publicUrl: 'https://store.example:8443' });
  });
});

describe('backroom serve', () => {
  it('tells tills its public URL, as an origin, and null without one', async () => {
    await using data = temporaryDirectory();
    const options = ['--role', 'main', '--data', data.path];
    {
      await using main = await startServerProcess(options);
      expect(await (await fetch(`${main.url}/pos/origin`)).json()).toEqual({ publicUrl: null });
      await main.end('SIGTERM');
    }
    await using main = await startServerProcess([...options, '--public-url', 'https://Shop.test/']);
    const said = await fetch(`${main.url}/pos/origin`);
    expect(await said.json()).toEqual({ publicUrl: 'https://shop.test' });
  });

  it('refuses an address as public URL and says why', async () => {
    await using data = temporaryDirectory();
    const options = ['--role', 'main', '--data', data.path, '--port', '0'];
    const url = ['--public-url', 'https://192.168.1.10:8443'];
    const { exitCode, message } = await refusedStart(['serve', ...options, ...url]);
    expect(exitCode).toBe(1);
    expect(message).toContain('192.168.1.10 is an address');
  });
});
