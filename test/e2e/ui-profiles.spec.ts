import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** Two people on one device: each has an own vault, and sees nothing of the other. */

test('two people share a device, not their data, and one can be removed', async ({ page, microphone }) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/you');
  await page.getByRole('textbox', { name: 'New note' }).fill('Anna’s secret');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.note-text')).toHaveText('Anna’s secret');

  await person.goesTo('#/settings');
  await page.getByRole('button', { name: 'Rename Without a name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Write a name.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ben');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Anna, switch person' }).first()).toBeAttached();
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Switch to Ben' }).click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ben' })).toHaveAttribute('aria-current', 'true');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel('New passphrase').fill('four quiet words here');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible({ timeout: 20_000 });
  await person.goesTo('#/you');
  await expect(page.getByText('No notes yet.')).toBeVisible();

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  await page.getByRole('button', { name: 'Anna' }).press('Enter');
  await expect(page.locator('.note-text')).toHaveText('Anna’s secret');

  await person.goesTo('#/settings');
  await page.getByRole('button', { name: 'Remove Ben' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Ben was removed.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'Switch to Ben' })).toHaveCount(0);
  const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(left.length).toBeGreaterThan(0);
});
