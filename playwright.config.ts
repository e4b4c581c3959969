import { defineConfig } from '@playwright/test';
import { findCommand } from './scripts/parts.ts';

const chromium = findCommand(['chromium', 'chromium-browser', 'google-chrome']);

export default defineConfig({
  // Browsers and the servers' tests share two cores: a deadline here only ends what hangs.
  timeout: 120_000,
  forbidOnly: true,
  // A test that needs its second try is named as flaky at the end of the run.
  retries: 1,
  // One browser at a time: beside the servers' tests, two are too many for two cores.
  workers: 1,
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
