import { expect, test } from './support/echo-test';
import { Person } from './support/person';
import { RecordingServer } from './support/recording-server';

/** Webhooks really go out, and only to origins that the operator's policy lists. */

/** The one in `test/fixtures/policy-webhook.json`. */
const ALLOWED_PORT = 4791;

let receiver: RecordingServer;

test.beforeEach(async () => {
  receiver = await RecordingServer.listen(ALLOWED_PORT);
});

test.afterEach(async () => {
  await receiver.stop();
});

test.describe('with a policy that allows an origin', () => {
  test.use({ build: 'dist-test-webhook' });

  test('a webhook is called with its method and body, and a failure is shown', async ({
    page,
    microphone,
  }) => {
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    await person.goesTo('#/phrases/new');
    await page.getByRole('radio', { name: 'Call a webhook' }).check();
    await page
      .getByRole('textbox', { name: 'Address to call' })
      .fill(`http://127.0.0.1:${ALLOWED_PORT}/lamp`);
    await page.getByRole('textbox', { name: 'What to send (JSON)' }).fill('{"on": true}');
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect
      .poll(() => receiver.calls)
      .toEqual([
        { method: 'POST', path: '/lamp', body: '{"on": true}', cookie: undefined, referrer: undefined },
      ]);

    receiver.status = 503;
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.getByText(/503/)).toBeVisible();
  });
});

test('without such a policy the page says so, and nothing goes out', async ({ page, microphone }) => {
  const person = new Person(page, microphone);
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/phrases/new');
  await page.getByRole('radio', { name: 'Call a webhook' }).check();
  await page.getByRole('textbox', { name: 'Address to call' }).fill(`http://127.0.0.1:${ALLOWED_PORT}/lamp`);
  await expect(page.getByText(`http://127.0.0.1:${ALLOWED_PORT}`).first()).toBeVisible();
  const reached = await page.evaluate(
    (url) =>
      fetch(url, { method: 'POST' }).then(
        () => true,
        () => false,
      ),
    `http://127.0.0.1:${ALLOWED_PORT}/lamp`,
  );
  expect(reached).toBe(false);
  expect(receiver.calls).toEqual([]);
});
