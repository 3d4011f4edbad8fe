import { areVoicesReal, speakerClips, type VoiceClip } from '../support/voices';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** The main job on real voices: taught by microphone, it happens when said, corrected, kept, and offline. */

test.use({ visit: 'whole' });

const [SET, SPEAKER] = areVoicesReal ? ['arabic-commands', 'ar03'] : ['synthetic-commands', 'sy00'];
const clips = speakerClips(SET, SPEAKER);
const words = [...new Set(clips.map(({ word }) => word))];

function takesOf(word: string): readonly VoiceClip[] {
  return clips.filter((clip) => clip.word === word);
}

function wordAt(index: number): string {
  const word = words[index];
  if (word === undefined) throw new Error(`speaker ${SPEAKER} has no word ${index}`);
  return word;
}

function takeOf(word: string, index: number): VoiceClip {
  const take = takesOf(word)[index];
  if (take === undefined) throw new Error(`${word} has no take ${index}`);
  return take;
}

test('three phrases taught by voice do what they should, learn from a correction, and survive a reload offline', async ({
  page,
  microphone,
  server,
  context,
}) => {
  test.setTimeout(240_000);
  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();

  const [first, second, third] = [wordAt(0), wordAt(3), wordAt(6)];
  await person.teaches(first, takesOf(first).slice(0, 3), async () => {
    await page.getByRole('radio', { name: 'Take a note' }).check();
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('The first one');
  });
  await person.teaches(second, takesOf(second).slice(0, 3), async () => {
    await page.getByRole('radio', { name: 'Start a timer' }).check();
    await page.getByRole('spinbutton', { name: 'Minutes' }).fill('5');
    await page.getByRole('textbox', { name: 'What for' }).fill('Tea');
  });
  await person.teaches(third, takesOf(third).slice(0, 3), async () => {
    await page.getByRole('radio', { name: 'Nothing', exact: true }).check();
  });

  const answer = page.locator('section.answer');
  await person.says(takeOf(first, 3));
  await expect(answer).toHaveAttribute('data-outcome', 'accepted');
  await expect(answer).toContainText(first);
  await expect(answer).toContainText('The first one');

  await person.says(takeOf(second, 3));
  await expect(answer).toContainText(second);
  await expect(page.getByText('Tea').first()).toBeVisible();

  await person.says(takeOf(third, 3));
  await expect(answer).toContainText(third);

  // "That was …": the phrase just heard becomes an example of another one.
  await answer.getByRole('button', { name: 'That was…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: first }).click();
  await expect(answer).toContainText(`You said it was “${first}”`);
  await person.goesTo('#/you');
  await expect(page.getByText('The first one')).toHaveCount(2);

  // Tomorrow, with no network and no server.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await server.stop();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  await person.says(takeOf(second, 4));
  await expect(answer).toHaveAttribute('data-outcome', 'accepted');
  await expect(answer).toContainText(second);
  await expect(page.getByText('Tea')).not.toHaveCount(0);
});

test('hands-free hears one utterance after another without a key being pressed', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  const word = wordAt(0);
  await person.teaches(word, takesOf(word).slice(0, 3), async () => {
    await page.getByRole('radio', { name: 'Take a note' }).check();
  });
  await person.willSay([takeOf(word, 3), takeOf(word, 4)]);
  await person.goesTo('#/talk');
  await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
  await page.getByRole('button', { name: 'Tap to listen' }).click();
  await expect(page.locator('.utterance')).toHaveCount(2, { timeout: 20_000 });
  await page.getByRole('button', { name: 'Stop listening' }).click();
  await expect(page.getByRole('button', { name: 'Tap to listen' })).toBeVisible();
});
