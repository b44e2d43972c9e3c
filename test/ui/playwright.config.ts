import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './chromium.ts';

/** The running app on its lab in a real Chromium; each worker has an app and a data folder of its own. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: false,
  workers: Number(process.env['VERDICT_DESK_UI_WORKERS'] ?? 2),
  // As in ../vitest.config.ts.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['../../build/test/playwright-counts.mjs']],
  use: {
    viewport: { width: 1360, height: 860 },
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    launchOptions: chromiumOptions(),
  },
});
