import type { Page } from '@playwright/test';
import { expect, test } from './support/echo-test';

/** What happened to the vault, in sentences, and what shows when somebody edits that record. */

const PASSPHRASE = 'four quiet words here';

async function opens(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy' })).toBeVisible({ timeout: 20_000 });
}

/** Takes one line out of the stored log, as somebody with the device's files could. */
async function removesLine(page: Page, sequence: number): Promise<number> {
  return page.evaluate(async (line) => {
    let removed = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      if (database.objectStoreNames.contains('audit')) {
        await new Promise<void>((resolve, reject) => {
          const change = database.transaction('audit', 'readwrite');
          change.objectStore('audit').delete(line);
          change.oncomplete = () => resolve();
          change.onabort = () => reject(change.error);
        });
        removed += 1;
      }
      database.close();
    }
    return removed;
  }, sequence);
}

test('the log tells what happened in sentences, and whether somebody tampered with it', async ({ page }) => {
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
  await page.evaluate(() => {
    location.hash = '#/privacy';
  });
  await page.getByRole('button', { name: 'Replace the keys now' }).click();
  await expect(page.getByText('The keys were replaced.')).toBeVisible();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('not these four words');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('That is not the passphrase.')).toBeVisible({ timeout: 20_000 });
  await opens(page);

  const log = page.locator('.log');
  await expect(log).toContainText('Opened with the passphrase.');
  await expect(log).toContainText('Somebody tried to open it and was refused.');
  while (await page.getByRole('button', { name: 'Show older lines' }).isVisible()) {
    await page.getByRole('button', { name: 'Show older lines' }).click();
  }
  await expect(log).toContainText('The key for your voice was replaced.');
  await expect(log).toContainText('Echo was set up here.');
  await page.getByRole('button', { name: 'Check that nothing was changed' }).click();
  await expect(page.getByText(/^All \d+ lines are as they were written\.$/)).toBeVisible();

  expect(await removesLine(page, 3)).toBe(1);
  await page.getByRole('button', { name: 'Check that nothing was changed' }).click();
  await expect(page.getByText('Line 3 is not as it was written')).toBeVisible();
});
