import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

const TEA = 'Make a cup of tea';

test('typed commands are found, carried out, corrected and learnt, with the keyboard alone', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  for (const [name, note] of [
    [TEA, 'tea please'],
    ['Lights out', 'dark now'],
  ] as const) {
    await person.goesTo('#/phrases/new?sample');
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Name it' }).fill(name);
    await page.getByRole('radio', { name: 'Take a note' }).check();
    await page.getByRole('textbox', { name: 'Note' }).fill(note);
    await page.getByRole('button', { name: /^Teach it/ }).click();
  }
});
