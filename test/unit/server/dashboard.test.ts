import { describe, expect, test } from 'vitest';
import { aggregate } from '../../../server/aggregate/aggregates';
import { html } from '../../../server/dashboard/html';
import { dashboardPage, languageOf } from '../../../server/dashboard/page';
import { metricBuckets, metricIds } from '../../../src/insights/protocol/metrics';

const counts = metricIds
  .filter((metric) => metric !== 'failing-feature')
  .flatMap((metric) =>
    metricBuckets[metric].map((_, answer) => ({ day: '2026-07-01', metric, answer, count: 3_000 })),
  );
const aggregates = aggregate(
  [...counts, { day: '2026-07-01', metric: 'failing-feature', answer: 0, count: 1_234 }],
  '2026-07-15',
  'month',
);

describe('the dashboard', () => {
  test.each(['en', 'zh-CN'] as const)(
    'in %s shows estimates, intervals, the caveat and what is missing',
    (language) => {
      const page = dashboardPage(aggregates, 'month', language);
      expect(page).toContain(`<html lang="${language}">`);
      expect(page.match(/<svg class="share-chart"/g)).toHaveLength(
        metricIds.reduce(
          (sum, metric) => sum + (metric === 'failing-feature' ? 0 : metricBuckets[metric].length),
          0,
        ),
      );
      expect(page).toContain('3,766');
      expect(page).toContain(language === 'en' ? 'made-up answers' : '编造');
      expect(page).toContain('5.7');
      expect(page).not.toMatch(/undefined|NaN|\[object/);
    },
  );

  test('has no script, no inline style and nothing from elsewhere', () => {
    const page = dashboardPage(aggregates, 'month', 'en');
    expect(page).not.toMatch(/<script|style=|\son\w+=|https?:|\/\//);
  });

  test('says so when the numbers cannot be read', () => {
    expect(dashboardPage(undefined, 'month', 'en')).toContain('Nothing is lost');
  });

  test('speaks the language that was chosen, else the one the browser likes best', () => {
    expect(languageOf('zh-CN', 'en')).toBe('zh-CN');
    expect(languageOf(undefined, 'zh-TW,en;q=0.8')).toBe('zh-CN');
    expect(languageOf(['en', 'en'], 'de,en;q=0.8')).toBe('en');
    expect(languageOf('<b>', undefined)).toBe('en');
  });

  test('markup escapes what is text', () => {
    expect(html`<p title="${'"'}">${'<&>'}${html`<b>${1}</b>`}</p>`.text).toBe(
      '<p title="&quot;">&lt;&amp;&gt;<b>1</b></p>',
    );
  });
});
