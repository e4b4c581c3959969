import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { build } from 'vite';
import { securityHeaders } from '../../../server/pos/security-headers.ts';
import { estate, rowsFor, terminal, terminalAnswer } from '../../unit/terminal/support/shop.ts';
import type { FakeShopData } from './fake-shop.ts';

export interface FakePageServer extends AsyncDisposable {
  url: string;
}

/** Builds the screens on a fake till and serves them with the headers of the real page. */
export async function serveFakePage(): Promise<FakePageServer> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-pos-'));
  const here = import.meta.dirname;
  await build({
    configFile: false,
    root: join(here, 'page'),
    base: './',
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  });
  cpSync(join(here, '../../../terminal/pos/public'), folder, { recursive: true });
  const data: FakeShopData = {
    answer: terminalAnswer(terminal, { sale: 1041, return: 7 }),
    rows: Object.fromEntries(
      Object.keys(estate.models).map((name) => [name, rowsFor(name, terminal.priceList)]),
    ),
  };
  writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
  const app = express();
  app.use(securityHeaders(), express.static(folder));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
