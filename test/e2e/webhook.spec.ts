import { createServer, type Server } from 'node:http';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** Webhooks really go out, and only to origins that the operator's policy lists. */

/** The one in `test/fixtures/policy-webhook.json`. */
const ALLOWED_PORT = 4791;

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly cookie: string | undefined;
}

let calls: Call[];
let receiver: Server;
let status: number;

test.beforeEach(async () => {
  calls = [];
  status = 200;
  receiver = createServer((request, response) => {
    const cors = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-methods': 'POST',
    };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors).end();
      return;
    }
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push({
        method: request.method ?? '',
        path: request.url ?? '',
        body,
        cookie: request.headers.cookie,
      });
      response.writeHead(status, cors).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(ALLOWED_PORT, '127.0.0.1', resolve));
});

test.afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
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
      .poll(() => calls)
      .toEqual([{ method: 'POST', path: '/lamp', body: '{"on": true}', cookie: undefined }]);

    status = 503;
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
  expect(calls).toEqual([]);
});
