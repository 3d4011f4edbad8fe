import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serveApp } from './support/app-server';
import { expect, test } from './support/echo-test';
import type { FakeMicrophone } from './support/fake-microphone';
import { Person } from './support/person';

/** A newer version asks before it takes over, and never interrupts a recording. */

test.use({ visit: 'whole' });

/** Deploys version A, lets a person begin, then deploys B over it. */
async function deployUpdate(
  page: Page,
  microphone: FakeMicrophone,
  meanwhile: (folder: string, person: Person) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'claude-echo-deployment-'));
  cpSync('dist-test', folder, { recursive: true });
  const server = await serveApp(folder);
  try {
    await page.goto(server.url);
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.evaluate(() => {
      (globalThis as { __before?: boolean }).__before = true;
    });
    await meanwhile(folder, person);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Version B: another page, another service worker. */
async function deployB(page: Page, folder: string): Promise<void> {
  const index = join(folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('</body>', '<!-- B --></body>'));
  appendFileSync(join(folder, 'service-worker.js'), '\n// B');
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.update()));
}

const isSamePage = (page: Page): Promise<boolean> => page.evaluate(() => '__before' in globalThis);
const hasReloaded = (page: Page) => page.waitForFunction(() => !('__before' in globalThis));

test('an update waits for consent, and for the recording in hand', async ({ page, microphone }) => {
  await deployUpdate(page, microphone, async (folder) => {
    await deployB(page, folder);
    const use = page.getByRole('button', { name: 'Use it now' });
    await expect(use).toBeVisible();
    microphone.willHearRoomOnly();
    await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
    await page.getByRole('button', { name: 'Tap to listen' }).click();
    await expect(page.getByRole('button', { name: 'Stop listening' })).toBeVisible();
    await use.click();
    await page.waitForTimeout(500);
    expect(await isSamePage(page)).toBe(true);

    await page.getByRole('button', { name: 'Stop listening' }).click();
    await hasReloaded(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
  });
});

test('an update waits for recordings that are not saved yet', async ({ page, microphone }) => {
  await deployUpdate(page, microphone, async (folder, person) => {
    await person.goesTo('#/phrases/new');
    await page.getByRole('button', { name: 'Use a sample voice' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'good morning' }).click();
    await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
    await deployB(page, folder);
    await page.getByRole('button', { name: 'Use it now' }).click();
    await page.waitForTimeout(1_000);
    expect(await isSamePage(page)).toBe(true);

    await page.getByRole('button', { name: 'Teach it', exact: true }).click();
    await hasReloaded(page);
    await person.goesTo('#/phrases');
    await expect(page.getByRole('link', { name: /good morning/ }).first()).toBeVisible();
  });
});
