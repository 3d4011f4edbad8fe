import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, chromium, type Page } from '@playwright/test';
import { chromiumFlags, ensureChromium, NO_GPU_FLAGS } from '../../../scripts/chromium';
import { measuredBackend } from '../../support/measured-backend';
import { type AppServer, serveApp } from './app-server';
import { FakeMicrophone } from './fake-microphone';
import { withoutServiceWorker } from './page-doubles';

interface EchoFixtures {
  /** Which build to serve. */
  readonly build: string;
  readonly extraFlags: readonly string[];
  /**
   * What Echo does of its own at a first visit: `whole` installs it for offline use and measures every backend,
   * `short` leaves both away, where a test is about something else; they are half of what opening the app costs.
   */
  readonly visit: 'whole' | 'short';
  /** `fake` plays what the test writes; `refused` has one the person does not allow; `none` has none. */
  readonly soundCard: 'fake' | 'refused' | 'none';
  readonly server: AppServer;
  readonly microphone: FakeMicrophone;
  readonly context: BrowserContext;
  /** The app, opened for the first time on this device. */
  readonly page: Page;
}

/** A person with an own browser profile, an own microphone and the app served from a production build. */
export const test = base.extend<EchoFixtures>({
  build: ['dist-test', { option: true }],
  extraFlags: [[], { option: true }],
  visit: ['short', { option: true }],
  soundCard: ['fake', { option: true }],
  server: async ({ build }, use) => {
    const server = await serveApp(build);
    await use(server);
    await server.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  microphone: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'claude-echo-microphone-'));
    await use(new FakeMicrophone(join(folder, 'microphone.wav')));
    rmSync(folder, { recursive: true, force: true });
  },
  context: async ({ microphone, extraFlags, visit, soundCard, viewport }, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'claude-echo-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureChromium(),
      // Graphics in software are slower than none, and are measured at every first start: `test/browser` has them.
      args: [...chromiumFlags(), ...NO_GPU_FLAGS, ...microphone.flags(soundCard), ...extraFlags],
      viewport: viewport ?? { width: 1280, height: 800 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    if (visit === 'short') {
      await withoutServiceWorker(context);
      await context.addInitScript((memory) => {
        if (location.protocol === 'http:') localStorage['claude-echo.backend'] ??= memory;
      }, JSON.stringify(measuredBackend));
    }
    await use(context);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  },
  page: async ({ context, server }, use) => {
    const page = await context.newPage();
    await page.goto(server.url);
    await use(page);
  },
});

export { expect } from '@playwright/test';
