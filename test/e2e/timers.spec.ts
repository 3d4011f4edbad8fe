import { expect, test } from './support/echo-test';
import { Person } from './support/person';

test('a timer rings, also when the page was reloaded in between, and falls silent when dismissed', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  await page.getByRole('radio', { name: 'Start a timer' }).check();
  await page.getByRole('spinbutton', { name: 'Minutes' }).fill('0');
  await page.getByRole('spinbutton', { name: 'Seconds' }).fill('5');
  await page.getByRole('textbox', { name: 'What for' }).fill('Eggs');
  await page.getByRole('button', { name: 'Try it' }).click();
  await person.goesTo('#/talk');
  await expect(page.getByText('Eggs').first()).toBeVisible();
  await page.reload();
  const ringing = page.getByRole('alert').filter({ hasText: 'Eggs' });
  await expect(ringing).toBeVisible({ timeout: 15_000 });
  await ringing.getByRole('button').click();
  await expect(page.getByText('Eggs')).toHaveCount(0);
});
