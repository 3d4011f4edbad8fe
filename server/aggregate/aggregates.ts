import { assert } from '../../src/core/assert';
import { estimateMetric, leastReports, movedByFakes } from '../../src/insights/protocol/estimate';
import { PROTOCOL_VERSION } from '../../src/insights/protocol/limits';
import { bucketCount, type MetricId, metricBuckets, metricIds } from '../../src/insights/protocol/metrics';
import { EPSILON_A_REPORT, responseWeights } from '../../src/insights/protocol/randomised-response';
import type { DayCount } from '../store/report-store';
import { lastPeriods, type Period, type PeriodKind } from './periods';

export interface CellAggregate {
  readonly bucket: string;
  /** Share of the devices that were asked, as a point between the ends of the interval. */
  readonly share: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export type Aggregate =
  | { readonly kind: 'not-enough-data'; readonly reports: number; readonly missing: number }
  | { readonly kind: 'estimate'; readonly reports: number; readonly cells: readonly CellAggregate[] };

export interface MetricAggregates {
  readonly metric: MetricId;
  readonly buckets: readonly string[];
  /** Below so many reports nothing is published. */
  readonly leastReports: number;
  /** How far 1 % of made-up reports, all alike, can move a share. */
  readonly movedByOnePercentFakes: number;
  /** Over all periods that are shown. */
  readonly total: Aggregate;
  /** Oldest first. */
  readonly periods: readonly (Period & { readonly aggregate: Aggregate })[];
}

export interface Aggregates {
  readonly protocol: number;
  /** Today, UTC: the last period is not over. */
  readonly day: string;
  readonly period: PeriodKind;
  readonly epsilonAReport: number;
  readonly caveat: string;
  readonly metrics: readonly MetricAggregates[];
}

/** Stands beside the numbers, wherever they are shown. */
export const CAVEAT =
  'Anybody can send made-up reports: 1 % of them, all alike, can move a share by movedByOnePercentFakes, 0.057 for eight buckets. The intervals do not include that.';

export const periodsShown = { week: 26, month: 12, quarter: 8 } as const satisfies Record<PeriodKind, number>;

/** Day of the oldest count that is needed. */
export function aggregatedSince(today: string, kind: PeriodKind): string {
  const [first] = lastPeriods(today, kind, periodsShown[kind]);
  assert(first !== undefined, 'at least one period is shown');
  return first.from;
}

/** Estimates of every metric, for each of the last periods and for all of them together. */
export function aggregate(counts: readonly DayCount[], today: string, kind: PeriodKind): Aggregates {
  const periods = lastPeriods(today, kind, periodsShown[kind]);
  return {
    protocol: PROTOCOL_VERSION,
    day: today,
    period: kind,
    epsilonAReport: EPSILON_A_REPORT,
    caveat: CAVEAT,
    metrics: metricIds.map((metric) => {
      const own = counts.filter((count) => count.metric === metric);
      const within = ({ from, to }: Period) => own.filter(({ day }) => day >= from && day <= to);
      const buckets = bucketCount(metric);
      return {
        metric,
        buckets: metricBuckets[metric],
        leastReports: leastReports(buckets),
        movedByOnePercentFakes: movedByFakes(responseWeights(buckets), 0.01),
        total: aggregateOf(metric, periods.flatMap(within)),
        periods: periods.map((period) => ({ ...period, aggregate: aggregateOf(metric, within(period)) })),
      };
    }),
  };
}

function aggregateOf(metric: MetricId, counts: readonly DayCount[]): Aggregate {
  const sums = metricBuckets[metric].map((_, bucket) =>
    counts.reduce((sum, { answer, count }) => sum + (answer === bucket ? count : 0), 0),
  );
  const estimate = estimateMetric(metric, sums);
  if (estimate.kind === 'not-enough-data')
    return { kind: estimate.kind, reports: estimate.reports, missing: estimate.least - estimate.reports };
  return {
    kind: estimate.kind,
    reports: estimate.reports,
    cells: estimate.cells.map(({ share, low, high }, bucket) => ({
      bucket: metricBuckets[metric][bucket] ?? '',
      // The unbiased share of a rare answer may be below nothing; nobody should read that.
      share: Math.min(high, Math.max(low, share)),
      low,
      high,
    })),
  };
}
