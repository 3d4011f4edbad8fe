import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config';
import { startEndpoint } from '../../server/endpoint';
import { createLog } from '../../server/http/log';
import { migrate } from '../../server/store/migrations';
import { openDatabase } from '../../server/store/open-database';
import { daysBefore, utcDay } from '../../server/store/utc-day';
import { systemClock } from '../../src/core/clock';
import { metricBuckets, metricIds } from '../../src/insights/protocol/metrics';
import { axeViolations } from './support/axe-violations';
import { test as base, expect } from './support/echo-test';

/** Answers to all questions but the one that too few have answered. */
const PUBLISHED = metricIds
  .filter((metric) => metric !== 'failing-feature')
  .reduce((sum, metric) => sum + metricBuckets[metric].length, 0);

/** An endpoint that has counted for a year: a little more every month, and of one question too little. */
async function fillStore(file: string): Promise<void> {
  const { db, dialect } = await openDatabase({ kind: 'sqlite', file }, () => undefined);
  await migrate(db, dialect);
  const today = utcDay(systemClock.now());
  const rows = Array.from({ length: 12 }, (_, month) =>
    metricIds.flatMap((metric) =>
      metricBuckets[metric].map((_name, answer) => ({
        day: daysBefore(today, 30 * month),
        protocol: 1,
        metric,
        answer,
        count:
          metric === 'failing-feature'
            ? 20 + answer
            : Math.round((1_100 - 60 * month) * (1 + 0.5 / (1 + answer + month / 6))),
      })),
    ),
  );
  for (const month of rows) await db.insertInto('counts').values(month).execute();
  await db.destroy();
}

const test = base.extend<{ readonly dashboardUrl: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  dashboardUrl: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'claude-echo-dashboard-'));
    const file = join(folder, 'endpoint.sqlite');
    await fillStore(file);
    const config = readConfig({ PORT: '0', ECHO_DATABASE_FILE: file, ECHO_DRAIN_DELAY_MS: '0' });
    if (!config.ok) throw new Error(config.error.problems.join());
    const endpoint = await startEndpoint(config.value, createLog('silent'));
    await use(`${endpoint.url}/`);
    await endpoint.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

test('the dashboard shows estimates in both languages, on desk and phone, with no flaw that axe finds', async ({
  context,
  dashboardUrl,
}, testInfo) => {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(dashboardUrl) && !request.url().startsWith('data:'))
      problems.push(request.url());
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [language, width] of [
      ['en', 1_280],
      ['zh-CN', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${dashboardUrl}?lang=${language}`);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('.share-chart')).toHaveCount(PUBLISHED);
      await expect(page.getByRole('progressbar')).toHaveCount(1);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await axeViolations(page)).toEqual([]);
      await testInfo.attach(`${language} ${colorScheme}`, {
        body: await page.screenshot({ fullPage: true }),
        contentType: 'image/png',
      });
    }
  }
  // Languages and periods are links, reached and followed with the keyboard alone.
  await page.getByRole('link', { name: 'English' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Claude Echo insights');
  await page.getByRole('link', { name: 'week' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/lang=en&period=week/);
  expect(problems).toEqual([]);
});
