import { readFileSync } from 'node:fs';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** What runs inside: learners, data, events, metrics and configuration are those of the running engine. */

test('what was said is seen by the learners, in the events and in the metrics, and can be forgotten', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/developer');
  await expect(page.getByText('Nothing has happened since')).toBeVisible();
  await person.goesTo('#/phrases/new');
  await page.getByRole('button', { name: 'Use a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'tea timer' }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'tea timer' })).toBeVisible();
  await person.goesTo('#/talk');
  await page.getByRole('button', { name: 'Try a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'tea timer' }).click();
  await expect(page.locator('section.answer')).toContainText('tea timer');

  await person.goesTo('#/developer');
  await expect(page.locator('.event-list')).toContainText('user-interaction');
  await expect(page.locator('.event-list')).toContainText('learning-completed');
  await page.getByRole('button', { name: 'Measure now' }).click();
  await expect(page.getByRole('region', { name: 'Learners' })).toContainText('pattern');
  await expect(page.getByText('user-interaction 1')).toBeVisible();
  await page.getByText('Metrics (Prometheus text format)').click();
  await expect(page.getByRole('region', { name: 'Metrics' })).toContainText('learning_operations_total');
  await page.getByText('Configuration', { exact: true }).click();
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('cacheSize');
  await expect(page.getByRole('region', { name: 'Configuration' }).getByRole('row')).toHaveCount(2);
  expect(await axeViolations(page)).toEqual([]);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export debug information' }).click();
  const exported = readFileSync(await (await downloading).path(), 'utf8');
  expect(JSON.parse(exported)).toMatchObject({ format: 1, dataStatistics: { totalRecords: 1 } });
  expect(exported).not.toContain('tea timer');

  await person.goesTo('#/privacy');
  await page.getByRole('button', { name: 'Forget my habits' }).click();
  await page.getByRole('button', { name: 'Forget them' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'One observation was forgotten' })).toBeVisible();
  await expect(page.locator('.log')).toContainText('One observation was forgotten because you asked.');
});
