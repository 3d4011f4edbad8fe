import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';

/** A code on paper opens what a forgotten passphrase would keep shut. */

const PASSPHRASE = 'four quiet words here';

async function begins(page: Page): Promise<void> {
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
  await page.evaluate(() => {
    location.hash = '#/privacy';
  });
}

/** Makes a code, and shows that it was kept. */
async function keepsCode(page: Page): Promise<string> {
  await page.getByRole('button', { name: /Make a recovery code|Replace it/ }).click();
  const anew = page.getByRole('button', { name: 'Make a new one' });
  const groups = page.getByRole('dialog').getByRole('listitem');
  await expect(anew.or(groups.first())).toBeVisible();
  if (await anew.isVisible()) await anew.click();
  await expect(groups).toHaveCount(9);
  const code = await groups.allTextContents();
  await page.getByLabel('Type the last group').fill(code.at(-1)?.toLowerCase() ?? '');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText('The recovery code opens Echo from now on.')).toBeVisible();
  return code.join('-');
}

async function triesCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Recovery code', { exact: true }).fill(code);
  await page.keyboard.press('Enter');
}

test('a kept code opens what is locked, however it is written, and a slip of the pen is told from a wrong code', async ({
  page,
}) => {
  await begins(page);
  const old = await keepsCode(page);
  const code = await keepsCode(page);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  await page.getByRole('button', { name: 'Use the recovery code' }).click();
  await expect(page.getByLabel('Recovery code', { exact: true })).toBeFocused();
  expect(await axeViolations(page)).toEqual([]);

  const [first = ''] = code;
  await triesCode(page, (first === '7' ? '8' : '7') + code.slice(1));
  await expect(page.getByRole('alert')).toContainText('no complete recovery code');
  await triesCode(page, old);
  await expect(page.getByRole('alert')).toContainText('not the one for this data');
  await triesCode(page, code.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l'));
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy' })).toBeVisible({ timeout: 20_000 });
});

test('a code that nobody confirmed does not count', async ({ page }) => {
  await begins(page);
  await page.getByRole('button', { name: 'Make a recovery code' }).click();
  const groups = page.getByRole('dialog').getByRole('listitem');
  await expect(groups).toHaveCount(9);
  const code = (await groups.allTextContents()).join('-');
  await page.getByLabel('Type the last group').fill('AAAA');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('not the last group');
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByText('was not confirmed, so it was removed again')).toBeVisible();
  expect(await page.content()).not.toContain(code.split('-')[0]);

  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use the recovery code' })).toHaveCount(0);
});
