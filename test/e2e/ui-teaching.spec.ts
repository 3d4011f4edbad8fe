import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { joined } from '../support/signals';
import { areVoicesReal, decodeClip, speakerClips } from '../support/voices';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { dropsFiles, recordWorkerCalls } from './support/page-doubles';
import { Person } from './support/person';

/** Recordings that are not saved yet: one thing at a time, never lost without a question, never left behind. */

const [SET, SPEAKER] = areVoicesReal ? ['arabic-commands', 'ar03'] : ['synthetic-commands', 'sy00'];
const FILES = [1, 2, 3].map((number) => `en-good-morning-teach-${number}.flac`);

async function usesSampleVoice(page: Page, phrase: string): Promise<void> {
  await page.getByRole('button', { name: 'Use a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: phrase }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
}

/** All files but the first `atOnce` take three seconds to read: there has to be time to see how far it is, and to leave. */
function readsFilesSlowly(page: Page, atOnce = 0): Promise<void> {
  return page.evaluate((quick) => {
    const { arrayBuffer } = Blob.prototype;
    let read = 0;
    Blob.prototype.arrayBuffer = async function (this: Blob) {
      read += 1;
      if (read > quick) await new Promise((resolve) => setTimeout(resolve, 3_000));
      return arrayBuffer.call(this);
    };
  }, atOnce);
}

test('while a take is recorded the page says that it hears, refuses files, and stops when asked', async ({
  page,
  microphone,
}) => {
  const clips = await Promise.all(speakerClips(SET, SPEAKER).slice(0, 12).map(decodeClip));
  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  const record = page.getByRole('button', { name: 'Record', exact: true });
  const stop = page.getByRole('button', { name: 'Stop recording' });
  const microphoneOn = page.getByText('Microphone on');
  // A room in which nobody speaks: however long the sound card takes to open, the page waits to hear something.
  microphone.willHearRoomOnly();
  await record.click();
  await expect(page.getByText('Say it now')).toBeVisible();
  await dropsFiles(page, FILES);
  await expect(page.getByRole('alert').filter({ hasText: 'One thing at a time' })).toBeVisible();
  await stop.click();
  await expect(microphoneOn).toBeHidden();
  // Long enough for a sound card that takes its time to open.
  microphone.willHear(joined(...clips), 3);
  await record.click();
  await expect(page.getByText('I hear you…')).toBeVisible();
  await stop.click();
  await expect(record).toBeVisible();
  await expect(microphoneOn).toBeHidden();
  await expect(page.getByRole('button', { name: /^Play Recording/ })).toHaveCount(0);
});

test('leaving in the middle of an import leaves no recording behind', async ({ page, microphone }) => {
  const calls = await recordWorkerCalls(page);
  const count = async (name: string) => (await calls()).filter((call) => call === name).length;
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeVisible();
  await readsFilesSlowly(page, 1);
  await dropsFiles(page, FILES);
  await expect(page.getByRole('progressbar', { name: 'Choose audio files' })).toBeVisible();
  await expect.poll(() => count('teach')).toBeGreaterThan(0);
  await person.goesTo('#/phrases');
  await expect(page.getByRole('heading', { level: 1, name: 'Phrases' })).toBeVisible();
  await expect.poll(() => count('discardDraft')).toBeGreaterThan(0);
  await expect.poll(async () => (await count('teach')) - (await count('discardDraft'))).toBe(0);
});

test('an import of many files shows how far it is, can be cancelled, and says what it left out', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeVisible();
  await readsFilesSlowly(page);
  const many = Array.from({ length: 12 }, (_, place) => FILES[place % FILES.length] ?? '');
  await dropsFiles(page, many);
  await expect(page.getByRole('progressbar', { name: 'Choose audio files' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(
    page.getByText('7 files were left out: a phrase takes five recordings at most.'),
  ).toBeVisible();
});

test('recordings that are not saved are left only after a question', async ({ page, microphone }) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases');
  await page.getByRole('link', { name: 'Teach a phrase' }).click();
  await usesSampleVoice(page, 'good morning');

  const link = page.getByRole('link', { name: 'Talk', exact: true });
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(question).toBeVisible();
  await expect(question.getByRole('heading')).toBeFocused();
  await expect(question).toContainText('Your 3 recordings are not saved yet');
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(link).toBeFocused();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await expect(page).toHaveURL(/#\/phrases\/new$/);

  const asked = page.waitForEvent('dialog');
  const reloading = page.reload({ timeout: 3_000 }).catch(() => undefined);
  const native = await asked;
  expect(native.type()).toBe('beforeunload');
  await native.dismiss();
  await reloading;
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();

  await page.evaluate(() => history.back());
  await question.getByRole('button', { name: 'Stay here' }).click();
  await expect(page).toHaveURL(/#\/phrases\/new$/);
  await page.evaluate(() => history.back());
  await question.getByRole('button', { name: 'Delete and leave' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Phrases' })).toBeFocused();
});

test('what was saved is left without a question, and a double click adds recordings once', async ({
  page,
  microphone,
}) => {
  const calls = await recordWorkerCalls(page);
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  await usesSampleVoice(page, 'good morning');
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'good morning' })).toBeFocused();

  await page.getByText('Add recordings').click();
  await page.locator('.recorder input[type=file]').setInputFiles({
    name: 'more.flac',
    mimeType: 'audio/flac',
    buffer: readFileSync('public/samples/en-good-morning-say-1.flac'),
  });
  const before = (await calls()).filter((call) => call === 'savePhrase').length;
  await page.getByRole('button', { name: 'Add 1 recording' }).dblclick();
  await expect(page.getByText('from a file, now')).toHaveCount(1);
  expect((await calls()).filter((call) => call === 'savePhrase').length - before).toBe(1);
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
  await person.goesTo('#/talk');
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
});

test('leaving while a phrase is being saved neither asks nor loses it', async ({ page, microphone }) => {
  const calls = await recordWorkerCalls(page);
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  await usesSampleVoice(page, 'good morning');
  // The vault waits for this lock before it changes anything.
  await page.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('claude-echo-vault', async () => {
          held();
          await new Promise<void>((release) =>
            addEventListener('test:release', () => release(), { once: true }),
          );
        });
      }),
  );
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect.poll(async () => (await calls()).includes('savePhrase')).toBe(true);
  await person.goesTo('#/talk');
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event('test:release')));

  await person.goesTo('#/phrases');
  await page.getByRole('link', { name: 'good morning' }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
});
