import { joined, silence } from '../support/signals';
import { areVoicesReal, decodeClip, speakerClips } from '../support/voices';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** Corrections are not disturbed by what is said next. */

const [SET, SPEAKER] = areVoicesReal ? ['arabic-commands', 'ar03'] : ['synthetic-commands', 'sy00'];
const [clip] = speakerClips(SET, SPEAKER);

test('hands-free, the next utterance leaves an open correction, its words and its focus alone', async ({
  page,
  microphone,
}) => {
  if (clip === undefined) throw new Error(`speaker ${SPEAKER} has no clip`);
  const speech = await decodeClip(clip);
  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  microphone.willHear(joined(speech, silence(7), speech));
  await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
  await page.getByRole('button', { name: 'Tap to listen' }).click();

  await page.locator('section.answer').getByRole('button', { name: 'That was…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'A new phrase' }).click();
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('First words');
  await page.keyboard.press('Tab');
  const teach = dialog.getByRole('button', { name: 'Teach it' });
  await expect(teach).toBeFocused();
  await expect(page.locator('.utterance')).toHaveCount(1);

  await expect(page.locator('.utterance')).toHaveCount(2, { timeout: 20_000 });
  await expect(dialog.getByRole('textbox')).toHaveValue('First words');
  await expect(teach).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.locator('.utterance').last()).toContainText('First words');
});
