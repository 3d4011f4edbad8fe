import { areVoicesReal, speakerClips } from '../support/voices';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';
import { type RecordingProxy, startRecordingProxy } from './support/recording-proxy';

/** Privacy is the product: over a full session, nothing is asked of anybody but the app's own origin. */

test.use({ visit: 'whole' });

/**
 * What this browser's maker is asked by the browser itself, on an empty page as well (updates, sign-in, form
 * filling). No page can cause or prevent it, and the content security policy keeps pages from reaching it.
 */
const ASKED_BY_THE_BROWSER = [
  'accounts.google.com',
  'clients2.google.com',
  'content-autofill.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'safebrowsing.googleapis.com',
  'update.googleapis.com',
  'www.google.com',
];

function askedByTheApp(origins: readonly string[]): readonly string[] {
  return origins.filter((origin) => !ASKED_BY_THE_BROWSER.includes(new URL(origin).hostname));
}

let proxy: RecordingProxy;
let own = 'http://127.0.0.1:1/';

const proxied = test.extend({
  extraFlags: async ({ server }, use) => {
    own = server.url;
    proxy = await startRecordingProxy(() => own);
    await use([`--proxy-server=${proxy.address}`, '--proxy-bypass-list=<-loopback>']);
    await proxy.stop();
  },
});

proxied('a full session asks nothing of anybody but the app’s own origin', async ({ page, microphone }) => {
  const clips = areVoicesReal
    ? speakerClips('arabic-commands', 'ar00').slice(0, 4)
    : speakerClips('synthetic-commands', 'sy00').slice(0, 4);
  const [, , , spoken] = clips;
  if (spoken === undefined) throw new Error('four clips are needed');
  const violations: string[] = [];
  const fromPages = new Set<string>();
  page.context().on('request', (request) => fromPages.add(new URL(request.url()).origin));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript/i.test(message.text())) violations.push(message.text());
  });

  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  await person.teaches('lamp', clips.slice(0, 3), async () => {
    await page.getByRole('radio', { name: 'Take a note' }).check();
  });
  await person.says(spoken);
  for (const place of ['phrases', 'you', 'privacy', 'settings', 'developer', 'talk']) {
    await person.goesTo(`#/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();

  expect(proxy.requests.length).toBeGreaterThan(10);
  expect(askedByTheApp(proxy.origins)).toEqual([new URL(own).origin]);
  expect([...fromPages]).toEqual([new URL(own).origin]);
  expect(violations).toEqual([]);
});

proxied(
  'a text model that the operator hosts comes from the app’s own origin alone, and may fail',
  async ({ page, microphone, server }) => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript/i.test(message.text())) violations.push(message.text());
    });
    // What runs a text model is large, and loads behind everything else.
    const patiently = { timeout: 30_000 };
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    server.setPolicy({ format: 1, textModel: 'models/tiny/' });
    await person.goesTo('#/developer');
    await page.reload();
    const state = page.getByRole('status').filter({ hasText: 'models/' });
    await expect(state).toHaveText('Compared by the text model in models/tiny/, 32 dimensions.', patiently);
    await state.scrollIntoViewIfNeeded();
    await page.screenshot({ path: 'test-results/text-model-desktop.png' });

    // Texts are still told apart, now in its space.
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'What should Echo do?' })).toBeFocused();
    await page.keyboard.type('dark mode');
    await expect(page.getByRole('option').first()).toContainText('Settings');
    await page.keyboard.press('Escape');

    // Also where the service worker is in charge by now, the operator's change is followed.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    server.setPolicy({ format: 1, textModel: 'models/elsewhere/' });
    await page.reload();
    await expect(state).toHaveText(
      /in models\/elsewhere\/ (could not be fetched|are no text model)/,
      patiently,
    );
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await axeViolations(page)).toEqual([]);
    await state.scrollIntoViewIfNeeded();
    await page.screenshot({ path: 'test-results/text-model-phone.png' });
    expect(askedByTheApp(proxy.origins)).toEqual([new URL(own).origin]);
    expect(violations).toEqual([]);
  },
);

proxied('the recording proxy would have seen a stranger being asked', async ({ page }) => {
  await page.goto('http://example.invalid/').catch(() => undefined);
  expect(proxy.origins).toContain('http://example.invalid');
});

test('the page is served under the strict policy, and the policy holds', async ({ page, server }) => {
  const response = await page.request.get(server.url);
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");

  const injected = await page.evaluate(() => {
    const attempts: (() => void)[] = [
      () => document.createElement('img').setAttribute('onerror', 'globalThis.__injected = true'),
      () =>
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.__injected = true">'),
      () => {
        const script = document.createElement('script');
        script.text = 'globalThis.__injected = true';
        document.body.append(script);
      },
      () => new Worker('data:text/javascript,0'),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return 'accepted';
      } catch {
        return 'refused';
      }
    });
  });
  expect(injected).toEqual(['refused', 'refused', 'refused', 'refused']);
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => '__injected' in globalThis)).toBe(false);
});
