import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leastReports } from '../../../src/insights/protocol/estimate';
import { bucketCount, metricBuckets, metricIds } from '../../../src/insights/protocol/metrics';
import { responseProbabilities, responseWeights } from '../../../src/insights/protocol/randomised-response';

const page = readFileSync(join(import.meta.dirname, '../../../docs/insights-metrics.md'), 'utf8');

/** Sections by the id in their heading, in their order. */
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ id: /^`([^`]+)`/.exec(section)?.[1] ?? section.split('\n')[0], text: section }));

const paragraph = (text: string, name: string): string =>
  new RegExp(`^${name}: ([\\s\\S]*?)\\.\\n`, 'm').exec(text)?.[1] ?? '';

describe('the page about questions', () => {
  it('has every question of the registry, in its order, and no other', () => {
    expect(sections.map(({ id }) => id)).toEqual(metricIds);
  });

  it.each(metricIds)('gives the answers to %s, why it is asked and how it is computed', (metric) => {
    const { text } = sections.find(({ id }) => id === metric) ?? { text: '' };
    const answers = [...paragraph(text, 'Answers').matchAll(/`([^`]+)`/g)].map(([, answer]) => answer);
    expect(answers).toEqual([...metricBuckets[metric]]);
    expect(paragraph(text, 'Why').length).toBeGreaterThan(20);
    expect(paragraph(text, 'How').length).toBeGreaterThan(10);
  });

  it('gives the odds of every number of answers there is', () => {
    const sizes = [...new Set(metricIds.map(bucketCount))].toSorted((a, b) => a - b);
    const rows = [...page.matchAll(/^\| (\d) \| ([\d.]+) \| ([\d.]+) \| ([\d,]+) reports \|$/gm)];
    expect(rows.map((row) => row.slice(1))).toEqual(
      sizes.map((k) => {
        const { p, q } = responseProbabilities(responseWeights(k));
        return [String(k), p.toFixed(3), q.toFixed(3), leastReports(k).toLocaleString('en')];
      }),
    );
  });
});
