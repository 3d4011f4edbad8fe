import type { MetricId, metricBuckets } from '../../src/insights/protocol/metrics';
import type { PeriodKind } from '../aggregate/periods';

export type Language = 'en' | 'zh-CN';

type BucketOf<Metric extends MetricId> = (typeof metricBuckets)[Metric][number];

export interface DashboardTexts {
  /** In its own language. */
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  readonly languages: string;
  readonly periods: string;
  readonly periodNames: Readonly<Record<PeriodKind, string>>;
  readonly caveatTitle: string;
  readonly caveat: string;
  readonly howTitle: string;
  readonly how: string;
  readonly answers: (reports: string) => string;
  readonly notEnough: (reports: string, least: string, missing: string) => string;
  readonly movedBy: (points: string) => string;
  readonly answer: string;
  readonly share: string;
  readonly overTime: string;
  readonly between: (low: string, high: string) => string;
  readonly spanned: (from: string, to: string) => string;
  readonly cellOverTime: (answer: string, published: number, periods: number) => string;
  readonly eachPeriod: string;
  readonly period: string;
  readonly reports: string;
  readonly missing: (missing: string) => string;
  readonly running: string;
  readonly unavailableTitle: string;
  readonly unavailable: string;
  readonly questions: Readonly<Record<MetricId, string>>;
  readonly buckets: { readonly [Metric in MetricId]: Readonly<Record<BucketOf<Metric>, string>> };
}
