import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './support/echo-test';

/** What is learnt is kept: under a passphrase, in a backup, and nowhere once it is deleted. */

const PASSPHRASE = 'four quiet words here';

async function begins(page: Page): Promise<void> {
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
}

async function goesTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((target) => {
    location.hash = target;
  }, hash);
}

async function teachesSample(page: Page, phrase: string): Promise<void> {
  await goesTo(page, '#/phrases/new');
  await page.getByRole('button', { name: 'Use a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: phrase }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: phrase })).toBeVisible();
}

test('a passphrase locks, refuses the wrong one, and opens with the right one after a reload', async ({
  page,
}) => {
  await begins(page);
  await teachesSample(page, 'good morning');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill('not these four words');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('That is not the passphrase.')).toBeVisible({ timeout: 20_000 });
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'good morning' })).toBeVisible({
    timeout: 20_000,
  });
});

test('a backup brings everything back after everything was deleted', async ({ page }) => {
  await begins(page);
  await teachesSample(page, 'tea timer');
  await goesTo(page, '#/privacy');
  await page.getByRole('button', { name: 'Make a backup' }).click();
  await page.getByLabel('Passphrase for this file').fill('another five quiet words');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click();
  const download = await downloading;
  const file = readFileSync(await download.path());
  expect(file.includes(Buffer.from('tea timer'))).toBe(false);

  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('radio', { name: /With a passphrase/ })).toBeVisible({ timeout: 20_000 });

  await page.getByRole('button', { name: 'Restore a backup instead' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({
    name: download.suggestedFilename(),
    mimeType: 'application/octet-stream',
    buffer: file,
  });
  await dialog.getByLabel('Passphrase of that file').fill('another five quiet words');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await goesTo(page, '#/phrases');
  await expect(page.getByRole('link', { name: /tea timer/ }).first()).toBeVisible({ timeout: 20_000 });
});

test('a second tab waits until it is asked to take over, and the first one lets go', async ({
  page,
  context,
  server,
}) => {
  await begins(page);
  const second = await context.newPage();
  await second.goto(server.url);
  await expect(second.getByText('Echo is open in another tab')).toBeVisible();
  await second.getByRole('button', { name: /here/i }).click();
  await expect(second.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  await expect(page.getByText('Echo is open in another tab')).toBeVisible();
});
