import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** What the page shows when a part of it is missing, when nothing can be stored, when the rules change. */

const PASSPHRASE = 'four quiet words here';

/** The device has no space left, as the vault sees it. */
async function fillsDisk(page: Page): Promise<void> {
  const vault = page.workers().find((worker) => worker.url().includes('vault'));
  if (vault === undefined) throw new Error('the vault worker does not run');
  await vault.evaluate(() => {
    for (const way of ['put', 'add'] as const) {
      IDBObjectStore.prototype[way] = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    }
  });
}

test('a place whose code is missing says so, and the other places still work', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await page.route('**/assets/privacy-*.js', (route) => route.abort());
  await person.goesTo('#/privacy');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This part of Echo is not working');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByText('What Echo has stored is safe')).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('link', { name: 'Talk', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();

  await page.unroute('**/assets/privacy-*.js');
  await person.goesTo('#/privacy');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy' })).toBeVisible();
});

test('a language whose words are missing is no blank page, and loads after a reload', async ({ page }) => {
  await page.route('**/assets/zh-cn-*.js', (route) => route.abort());
  await page.getByRole('combobox').selectOption({ label: '简体中文' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Echo 的这一部分没有正常工作');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  expect(await axeViolations(page)).toEqual([]);

  await page.unroute('**/assets/zh-cn-*.js');
  await page.getByRole('button', { name: '重新加载' }).click();
  await expect(page.getByRole('button', { name: '开始' })).toBeVisible();
});

test('a note that cannot be stored keeps its words and says why', async ({ page, microphone }) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/you');
  const field = page.getByRole('textbox', { name: 'New note' });
  await field.fill('Buy bread');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.note-text')).toHaveText('Buy bread');
  await expect(field).toHaveValue('');

  await fillsDisk(page);
  await field.fill('Water the plants');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'no space left' })).toBeVisible();
  await expect(field).toHaveValue('Water the plants');

  await page.getByRole('button', { name: 'Edit the note' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Buy two loaves');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('no space left');
  await expect(dialog.getByRole('textbox')).toHaveValue('Buy two loaves');
});

test('data without a passphrase stays shut behind a rule that requires one, until it has one', async ({
  page,
  microphone,
  server,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  server.setPolicy({ format: 1, webhookOrigins: [], requirePassphrase: true });
  await person.goesTo('#/privacy');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose a passphrase to go on');
  await expect(page.getByText('Whoever runs this site requires a passphrase.')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);
  await person.goesTo('#/you');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose a passphrase to go on');

  await page.getByLabel('New passphrase').fill('short');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Please use at least');

  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You' })).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
});
