import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveApp } from './support/app-server';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** A newer version asks before it takes over, and never interrupts a recording. */

test('an update waits for consent, and for the recording in hand', async ({ page, microphone }) => {
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

    // Version B is deployed over version A: another page, another service worker.
    const index = join(folder, 'index.html');
    writeFileSync(index, readFileSync(index, 'utf8').replace('</body>', '<!-- B --></body>'));
    appendFileSync(join(folder, 'service-worker.js'), '\n// B');
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.update()));
    const use = page.getByRole('button', { name: 'Use it now' });
    await expect(use).toBeVisible();

    microphone.willHearRoomOnly();
    await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
    await page.getByRole('button', { name: 'Tap to listen' }).click();
    await expect(page.getByRole('button', { name: 'Stop listening' })).toBeVisible();
    await use.click();
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => '__before' in globalThis)).toBe(true);

    await page.getByRole('button', { name: 'Stop listening' }).click();
    await page.waitForFunction(() => !('__before' in globalThis));
    await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
