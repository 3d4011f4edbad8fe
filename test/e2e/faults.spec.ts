import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** When there is no sound, the page says what happened and what to do. */

test('a dead microphone is noticed within two seconds of silence, and the page says so', async ({
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  microphone.willBeSilent();
  await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
  await page.getByRole('button', { name: 'Tap to listen' }).click();
  await expect(
    page.getByRole('alert').filter({ hasText: 'Only silence comes from the microphone' }),
  ).toBeVisible();
});

test('a microphone that is unplugged while listening ends the listening with a reason', async ({
  page,
  microphone,
}) => {
  // Chromium offers no way to pull the plug on its fake device; the track's own event is what a real one sends.
  await page.addInitScript(() => {
    const original = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const stream = await original.call(this, constraints);
      (globalThis as { __track?: MediaStreamTrack | undefined }).__track = stream.getAudioTracks()[0];
      return stream;
    };
  });
  await page.reload();
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  microphone.willHearRoomOnly();
  await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
  await page.getByRole('button', { name: 'Tap to listen' }).click();
  await expect(page.getByRole('button', { name: 'Stop listening' })).toHaveText('Listening');
  await page.evaluate(() => {
    (globalThis as { __track?: MediaStreamTrack }).__track?.dispatchEvent(new Event('ended'));
  });
  await expect(page.getByRole('alert').filter({ hasText: 'The microphone went away' })).toBeVisible();
});

test.describe('with the permission refused', () => {
  test.use({ soundCard: 'refused' });

  test('the page says that the browser keeps the microphone closed', async ({ page, microphone }) => {
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
    await page.getByRole('button', { name: 'Tap to listen' }).click();
    await expect(
      page.getByRole('alert').filter({ hasText: 'The browser keeps the microphone closed' }),
    ).toBeVisible();
  });
});

test.describe('without a microphone', () => {
  test.use({ soundCard: 'none' });

  test('the page says that none was found', async ({ page, microphone }) => {
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    await page.getByRole('radio', { name: 'Hands-free' }).check({ force: true });
    await page.getByRole('button', { name: 'Tap to listen' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'No microphone found' })).toBeVisible();
  });

  test('a sample voice teaches a phrase, and another clip of it is recognised', async ({
    page,
    microphone,
  }) => {
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    await page.getByRole('link', { name: 'Try with a sample voice' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /good morning/i })
      .click();
    await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
    await page.getByRole('button', { name: 'Teach it', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'good morning' })).toBeVisible();
    await person.goesTo('#/talk');
    await page.getByRole('button', { name: 'Try a sample voice' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /good morning/i })
      .click();
    await expect(page.locator('section.answer')).toContainText('good morning');
  });
});
