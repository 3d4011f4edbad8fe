import { describe, expect, test } from 'vitest';
import { aggregate, aggregatedSince } from '../../../server/aggregate/aggregates';
import { lastPeriods, periodOf } from '../../../server/aggregate/periods';
import type { DayCount } from '../../../server/store/report-store';
import { metricIds } from '../../../src/insights/protocol/metrics';

describe('periods', () => {
  test.each([
    ['2026-07-01', 'week', '2026-06-29', '2026-07-05'],
    ['2026-07-05', 'week', '2026-06-29', '2026-07-05'],
    ['2027-01-01', 'week', '2026-12-28', '2027-01-03'],
    ['2028-02-10', 'month', '2028-02-01', '2028-02-29'],
    ['2026-12-31', 'quarter', '2026-10-01', '2026-12-31'],
  ] as const)('%s is in the %s from %s to %s', (day, kind, from, to) =>
    expect(periodOf(day, kind)).toEqual({ from, to }),
  );

  test('follow each other without a gap', () => {
    const periods = lastPeriods('2026-03-31', 'month', 14);
    expect(periods[0]).toEqual({ from: '2025-02-01', to: '2025-02-28' });
    for (const [index, { from }] of periods.entries()) {
      const before = periods[index - 1];
      if (before !== undefined) expect(Date.parse(from) - Date.parse(before.to)).toBe(86_400_000);
    }
  });
});

describe('aggregates', () => {
  const counted = (day: string, answer: number, count: number): DayCount => ({
    day,
    metric: 'action-undone',
    answer,
    count,
  });
  const undone = (counts: readonly DayCount[]) => {
    const found = aggregate(counts, '2026-07-15', 'month').metrics.find(
      ({ metric }) => metric === 'action-undone',
    );
    if (found === undefined) throw new Error('every metric is there');
    return found;
  };

  test('there is one of each question, whatever was counted', () => {
    const { metrics } = aggregate([], '2026-07-15', 'month');
    expect(metrics.map(({ metric }) => metric)).toEqual(metricIds);
    expect(metrics.map(({ leastReports }) => leastReports)).toEqual(
      metrics.map(({ buckets }) => (buckets.length === 2 ? 1_000 : 5_000)),
    );
  });

  test('999 reports say how many are missing, 1,000 give an estimate', () => {
    expect(undone([counted('2026-07-01', 1, 999)]).total).toEqual({
      kind: 'not-enough-data',
      reports: 999,
      missing: 1,
    });
    expect(undone([counted('2026-07-01', 1, 999), counted('2026-07-02', 0, 1)]).total.kind).toBe('estimate');
  });

  test('days add up to their own period, and all of them to the total', () => {
    const { total, periods } = undone([
      counted('2026-06-30', 0, 700),
      counted('2026-07-01', 0, 600),
      counted('2026-07-31', 1, 600),
    ]);
    expect(total.reports).toBe(1_900);
    expect(periods.slice(-2).map(({ aggregate: { kind, reports } }) => [kind, reports])).toEqual([
      ['not-enough-data', 700],
      ['estimate', 1_200],
    ]);
  });

  test('a share stays between the ends of its interval, and those between 0 and 1', () => {
    const { total } = undone([counted('2026-07-01', 0, 1_000)]);
    if (total.kind !== 'estimate') throw new Error('there is enough');
    for (const { share, low, high } of total.cells) {
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(share).toBeGreaterThanOrEqual(low);
      expect(share).toBeLessThanOrEqual(high);
    }
  });

  test('1 % fakes can move one of eight shares by 5.7 points, and the caveat says so', () => {
    const { metrics, caveat } = aggregate([], '2026-07-15', 'month');
    const eight = metrics.find(({ buckets }) => buckets.length === 8);
    expect(eight?.movedByOnePercentFakes).toBeCloseTo(0.057, 3);
    expect(caveat).toContain('0.057');
  });

  test('nothing older than the first period is asked for', () => {
    expect(aggregatedSince('2026-07-15', 'month')).toBe('2025-08-01');
    expect(aggregatedSince('2026-07-15', 'quarter')).toBe('2024-10-01');
  });
});
