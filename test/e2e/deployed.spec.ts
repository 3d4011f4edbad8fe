import { resolve } from 'node:path';
import { readOperatorPolicy, securityHeaders } from '../../scripts/security-headers';
import { type NginxService, startNginx } from '../../scripts/services/nginx';
import { connectOrigins } from '../../src/config/policy';
import { test as base, expect } from './support/echo-test';

/** The app as an operator serves it: from nginx, by the recipe. */
const test = base.extend<{ readonly nginx: NginxService }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  nginx: async ({}, use, testInfo) => {
    const origins = connectOrigins(readOperatorPolicy('dist-test/policy.json'));
    const nginx = await startNginx(resolve('dist-test'), securityHeaders(origins));
    if (nginx.kind === 'unavailable') {
      testInfo.skip(true, nginx.reason);
      return;
    }
    await use(nginx);
    await nginx.stop();
  },
});

test.use({ visit: 'whole' });

test('served by nginx, Echo can be installed, and then needs nginx no more', async ({ context, nginx }) => {
  const problems: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const answer = await page.goto(nginx.url);
  const headers = answer?.headers() ?? {};
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['cache-control']).toBe('no-cache');

  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const devtools = await context.newCDPSession(page);
  expect((await devtools.send('Page.getAppManifest')).errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  const script = await page.evaluate(() => document.querySelector('script[src]')?.getAttribute('src'));
  const asset = await fetch(new URL(script ?? '', nginx.url));
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await fetch(new URL('assets/nothing.js', nginx.url))).headers.get('cache-control')).toBeNull();
  expect(problems).toEqual([]);

  await nginx.stop();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
});
