import { defineConfig } from '@playwright/test';
import { findCommand } from './scripts/parts.ts';

const chromium = findCommand(['chromium', 'chromium-browser', 'google-chrome']);

export default defineConfig({
  timeout: 60_000,
  forbidOnly: true,
  retries: 0,
  // Browsers and servers wait more than they compute; what is seen late on a busy machine is not wrong.
  workers: 2,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'packaged', testDir: 'test/packaged', timeout: 120_000 },
  ],
});
