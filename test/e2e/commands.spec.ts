import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

const OWN_WORDS = 'morning good';

test('typed commands are found, carried out, taken back, corrected and learnt, with the keyboard alone', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new?sample');
  await page.getByRole('button', { name: /good morning/ }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await page.getByRole('radio', { name: 'Take a note' }).check();
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'good morning' })).toBeVisible();

  const press = (key: string) => page.keyboard.press(key);
  const field = page.getByRole('combobox', { name: 'What should Echo do?' });
  const list = page.getByRole('listbox', { name: 'What you may mean' });
  const active = list.getByRole('option', { selected: true });

  // The button is there on the rail, and on the smallest phone.
  await expect(page.getByRole('button', { name: 'Type a command' })).toBeInViewport();

  // A name that is not typed to its end is enough.
  await press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('good mor');
  await expect(active).toContainText('good morning');
  expect(await axeViolations(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/commands-desktop.png' });
  await press('Enter');
  await expect(page.getByText(/good morning: .*[Nn]ote/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('good morning: Undone')).toBeVisible();

  // What is like nothing is not done: nothing is selected, and it is said.
  await field.fill('qwxz vbnk');
  await expect(
    page.getByText(/Nothing here is called like that|None of these is a sure match/),
  ).toBeVisible();
  await expect(active).toHaveCount(0);
  await press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // "That was …" teaches what one means by one's own words, and does it.
  await page.getByRole('button', { name: 'Type a command' }).click();
  await expect(field).toBeFocused();
  await page.keyboard.type(OWN_WORDS);
  await expect(active).toContainText('good morning');
  await press('Enter');
  await page.getByRole('button', { name: 'That was …' }).click();
  await page.keyboard.type('settings');
  await press('ArrowDown');
  await expect(active).toContainText('Settings');
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await axeViolations(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/commands-phone.png' });
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // It is still known after everything was started anew, and nothing of it lies in plain storage.
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type(OWN_WORDS);
  await expect(list.getByRole('option').first()).toContainText('Settings');
  await expect(active).toContainText('Settings');

  // Going back to another place leaves the box behind.
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // What was typed stands in the history with what became of it, and can still be said to have meant something else.
  await person.goesTo('#/you/history');
  const row = (words: string) => page.getByRole('listitem').filter({ hasText: `“${words}”` });
  await expect(row(OWN_WORDS)).toContainText('Settings');
  await expect(row(OWN_WORDS)).not.toContainText('Noted');
  await expect(row('good mor')).toContainText('Undone');
  expect(await axeViolations(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/typed-history-phone.png' });
  await row('good mor').getByRole('button', { name: 'Correct good morning' }).click();
  const meant = page.getByRole('dialog', { name: 'What did you mean by “good mor”?' });
  await meant.getByRole('searchbox').fill('not');
  expect(await axeViolations(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/typed-was-phone.png' });
  await meant.getByRole('button', { name: 'Notes' }).click();
  await expect(meant).toHaveCount(0);
  await expect(row('good mor')).toContainText('Notes');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: 'test-results/typed-history-desktop.png' });
  await page.getByRole('button', { name: 'Clear history' }).click();
  await page.getByRole('button', { name: 'Clear it' }).click();
  await expect(page.getByText('Nothing was said or typed yet.')).toBeVisible();

  const plain = await page.evaluate(() => JSON.stringify(localStorage));
  expect(plain).not.toContain(OWN_WORDS);
});
