import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** What Echo does by itself: take over from a crashed tab, lock, and notice that its store is gone. */

const PASSPHRASE = 'four quiet words here';

test('a second tab takes over by itself after the first one crashed', async ({
  page,
  microphone,
  context,
  server,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  const second = await context.newPage();
  await second.goto(server.url);
  await expect(second.getByText('Echo is open in another tab')).toBeVisible();
  const session = await context.newCDPSession(page);
  // The answer never comes: the renderer that would give it is gone.
  session.send('Page.crash').catch(() => undefined);
  await expect(second.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
});

test('the vault locks itself when nobody has done anything for a quarter of an hour', async ({ page }) => {
  await page.clock.install();
  await page.reload();
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.clock.runFor(2_000);
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
  await page.clock.fastForward('14:00');
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
  await page.clock.fastForward('02:00');
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
});

test('an evicted store ends the session at once, and a backup can be restored', async ({
  page,
  microphone,
  context,
  server,
}) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(server.url).origin,
    storageTypes: 'indexeddb',
  });
  await expect(page.getByRole('button', { name: 'Restore a backup', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Restore a backup', exact: true })).toBeVisible();
});
