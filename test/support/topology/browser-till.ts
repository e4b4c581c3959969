import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { findCommand } from '../../../scripts/parts.ts';
import { writeCertificate } from '../certificate.ts';

/**
 * A browser on a machine of its own: `central.example` and `shop.example` are the machine of the
 * servers, and what it calls itself (`localhost`, 127.0.0.1) is a machine where no server answers.
 */
const OTHER_MACHINE = [
  'MAP central.example 127.0.0.1',
  'MAP shop.example 127.0.0.1',
  'MAP localhost 127.0.0.1:1',
  'MAP 127.0.0.1 127.0.0.1:1',
].join(', ');

export interface BrowserTill extends AsyncDisposable {
  /** Opens the till's page from a server. */
  openAt(url: string): Promise<void>;
  /** Whether a call to this address comes through, whatever is answered. */
  reaches(url: string): Promise<boolean>;
  /** What the browser said of calls that it made. */
  readonly said: readonly string[];
}

/** Starts a real browser in which a till's calls are made. */
export async function openBrowserTill(): Promise<BrowserTill> {
  const executablePath = findCommand(['chromium', 'chromium-browser', 'google-chrome']);
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=${OTHER_MACHINE}`],
  });
  const said: string[] = [];
  const page: Page = await browser.newPage({ ignoreHTTPSErrors: true });
  page.on('console', (message) => said.push(message.text()));
  return {
    said,
    async openAt(url) {
      await page.goto(url);
    },
    reaches: (url) =>
      page.evaluate(
        (address) =>
          fetch(address, { mode: 'no-cors' }).then(
            () => true,
            () => false,
          ),
        url,
      ),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** Puts TLS before a server on this machine: the port at which it is reached by https. */
export async function openTls(
  folder: string,
  host: string,
  target: () => number,
): Promise<AsyncDisposable & { port: number }> {
  const { certPath, keyPath } = await writeCertificate(folder, { hosts: [host] });
  const credentials = { cert: readFileSync(certPath), key: readFileSync(keyPath) };
  const open = new Set<Socket>();
  const server = createServer(credentials, (near) => {
    const far = connect(target(), '127.0.0.1');
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
