import { defineConfig } from '@playwright/test';

/** Each test starts its own browser and server: see `test/e2e/support`. */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/support/build-app.ts',
  outputDir: 'test-results',
  // Much of a test is waiting: for a voice to end, for a pause to be long enough.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  forbidOnly: process.env['CI'] !== undefined,
});
