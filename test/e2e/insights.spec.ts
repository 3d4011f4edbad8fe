import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parseReportBatch } from '../../src/insights/protocol/report-batch';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';
import { RecordingServer } from './support/recording-server';

/** Insights go out only from those who agreed, only as the bytes that were shown, and to one place. */

test.use({ visit: 'whole' });

/** The one in `test/fixtures/policy-webhook.json`. */
const ENDPOINT_PORT = 4792;
const PICTURES = 'test-results/screens';

let endpoint: RecordingServer;

test.beforeEach(async () => {
  endpoint = await RecordingServer.listen(ENDPOINT_PORT);
});

test.afterEach(async () => {
  await endpoint.stop();
});

/** Waiting reports may be sent from now on. Their hour is in the clear, as anybody may know it. */
async function hourHasCome(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        indexedDB.open('claude-echo-insights').onsuccess = ({ target }) => {
          const database = (target as IDBOpenDBRequest).result;
          const transaction = database.transaction('outbox', 'readwrite');
          const outbox = transaction.objectStore('outbox');
          outbox.getAll().onsuccess = (event) => {
            const rows = (event.target as IDBRequest<{ sendAfterMs: number }[]>).result;
            for (const row of rows) outbox.put({ ...row, sendAfterMs: Date.now() - 1_000 });
            transaction.oncomplete = () => {
              database.close();
              resolve(rows.length);
            };
          };
        };
      }),
  );
}

/** A network comes back: that is when the page looks at once. */
const looksAgain = (page: Page): Promise<boolean> => page.evaluate(() => dispatchEvent(new Event('online')));

const databases = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** The bytes that the Privacy screen shows of the next report. */
const shownBytes = async (page: Page): Promise<string> =>
  (await page.locator('.report-bytes').first().textContent()) ?? '';

async function begins(person: Person): Promise<void> {
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/privacy');
}

test('where the operator names no endpoint there is nothing to switch on', async ({ page, microphone }) => {
  await begins(new Person(page, microphone));
  await expect(page.getByText('There is nothing to switch on')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take part' })).toHaveCount(0);
  await looksAgain(page);
  expect(await databases(page)).not.toContain('claude-echo-insights');
  expect(endpoint.connections).toBe(0);
});

test.describe('with an endpoint', () => {
  test.use({ build: 'dist-test-webhook' });

  test('nothing goes to it, and nothing is kept for it, over a session of somebody who did not agree', async ({
    page,
    microphone,
    server,
  }) => {
    const asked = new Set<string>();
    page.context().on('request', (request) => asked.add(new URL(request.url()).origin));
    const person = new Person(page, microphone);
    await begins(person);
    await expect(page.getByText('You do not take part.')).toBeVisible();
    for (const place of ['talk', 'phrases', 'you', 'settings', 'developer', 'privacy']) {
      await person.goesTo(`#/${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await looksAgain(page);
    }
    await page.getByRole('button', { name: 'Toss your coin' }).click();
    await page.getByRole('button', { name: 'Ask all 100' }).click();
    await page.reload();
    await expect(page.getByText('You do not take part.')).toBeVisible();
    await looksAgain(page);
    await page.getByText('The first answer, if you take part now').waitFor();
    expect(await databases(page)).not.toContain('claude-echo-insights');
    expect([...asked]).toEqual([new URL(server.url).origin]);
    expect(endpoint.connections).toBe(0);
  });

  test('exactly the shown bytes go to it, again and again until it answers, and nothing after leaving', async ({
    page,
    microphone,
  }) => {
    const person = new Person(page, microphone);
    await begins(person);
    const shown = await shownBytes(page);
    expect(parseReportBatch(JSON.parse(shown)).ok).toBe(true);
    await page.getByRole('button', { name: 'Take part', exact: true }).click();
    await expect(page.getByText('You take part.', { exact: true })).toBeVisible();
    expect(await shownBytes(page)).toBe(shown);
    await expect(page.getByText('Waits to be sent')).toBeVisible();
    expect(endpoint.connections).toBe(0);

    endpoint.status = 503;
    expect(await hourHasCome(page)).toBe(1);
    await looksAgain(page);
    await expect.poll(() => endpoint.calls.length).toBeGreaterThan(0);
    endpoint.status = 200;
    await page.reload();
    await looksAgain(page);
    await expect(page.getByText('Sent and counted')).toBeVisible();
    expect(endpoint.calls.length).toBeGreaterThan(1);
    for (const call of endpoint.calls) {
      expect(call).toEqual({
        method: 'POST',
        path: '/v1/reports',
        body: shown,
        cookie: undefined,
        referrer: undefined,
      });
    }
    await expect(page.getByText('1 of 24')).toBeVisible();

    const sent = endpoint.calls.length;
    await page.getByRole('button', { name: 'Stop taking part' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop taking part' }).click();
    await expect(page.getByText('You do not take part.')).toBeVisible();
    await expect(page.getByText(/You took part before/)).toBeVisible();
    await page.getByRole('button', { name: 'Take part', exact: true }).click();
    await expect(page.getByText('You take part.', { exact: true })).toBeVisible();
    await looksAgain(page);
    expect(await hourHasCome(page)).toBe(0);
    expect(endpoint.calls).toHaveLength(sent);
  });

  test('the service worker sends what waits when the browser wakes it, with no page and no key', async ({
    page,
    microphone,
    server,
  }) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await begins(new Person(page, microphone));
    const shown = await shownBytes(page);
    await page.getByRole('button', { name: 'Take part', exact: true }).click();
    await expect(page.getByText('You take part.', { exact: true })).toBeVisible();
    await hourHasCome(page);
    const origin = new URL(server.url).origin;
    const elsewhere = await page.context().newPage();
    const devtools = await page.context().newCDPSession(elsewhere);
    const registrations: string[] = [];
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: seen }) => {
      for (const each of seen) if (each.scopeURL.startsWith(origin)) registrations.push(each.registrationId);
    });
    await devtools.send('ServiceWorker.enable');
    await expect.poll(() => registrations.length).toBeGreaterThan(0);
    await page.close();
    await devtools.send('ServiceWorker.dispatchSyncEvent', {
      origin,
      registrationId: registrations[0] ?? '',
      tag: 'claude-echo-insights',
      lastChance: false,
    });
    await expect
      .poll(() => endpoint.calls)
      .toEqual([
        { method: 'POST', path: '/v1/reports', body: shown, cookie: undefined, referrer: undefined },
      ]);
  });

  test('its screens are photographed, in both languages, and axe finds nothing', async ({
    page,
    microphone,
  }) => {
    mkdirSync(PICTURES, { recursive: true });
    await begins(new Person(page, microphone));
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      for (const [size, width] of [
        ['desktop', 1280],
        ['phone', 390],
        ['narrow', 320],
      ] as const) {
        await page.setViewportSize({ width, height: 844 });
        const section = page.locator('.insights');
        await section.screenshot({ path: `${PICTURES}/insights-${name}-${size}.png` });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) found.push(`${name} ${size}: scrolls sideways by ${overflow} px`);
      }
      for (const violation of await axeViolations(page)) found.push(`${name}: ${violation}`);
    };
    await page.getByRole('button', { name: 'Toss your coin' }).click();
    await page.getByLabel(/Show what nobody else can see/).check();
    await look('off');
    await page.getByRole('button', { name: 'Take part', exact: true }).click();
    await expect(page.getByText('You take part.', { exact: true })).toBeVisible();
    await page.getByText('All questions and answers there are').click();
    await look('on');
    await page.evaluate(() => {
      const stored = JSON.parse(localStorage.getItem('claude-echo.settings') ?? '{}');
      stored.settings.language = 'zh-CN';
      localStorage.setItem('claude-echo.settings', JSON.stringify(stored));
    });
    await page.reload();
    await page.getByText('全部问题和答案').click();
    await look('on-zh');
    expect(found).toEqual([]);
  });
});

test.describe('the content security policy', () => {
  test.use({ build: 'dist-test-webhook' });

  test('lets requests go to the operator’s origins and to nobody else', async ({ page, server }) => {
    const headers = (await page.request.get(server.url)).headers();
    expect(headers['content-security-policy']).toContain(
      `connect-src 'self' http://127.0.0.1:4791 http://127.0.0.1:${ENDPOINT_PORT};`,
    );
    const reached = (url: string) =>
      page.evaluate(
        (address) =>
          fetch(address, { mode: 'no-cors' }).then(
            () => true,
            () => false,
          ),
        url,
      );
    expect(await reached(`${endpoint.origin}/`)).toBe(true);
    expect(await reached(`http://localhost:${ENDPOINT_PORT}/`)).toBe(false);
  });
});
