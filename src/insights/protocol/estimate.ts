import { bucketCount, type MetricId } from './metrics';
import { type ResponseWeights, responseProbabilities, responseWeights } from './randomised-response';

/** 95 %, two-sided, of a normal distribution. */
const Z = 1.959_963_984_540_054;

/** Below this many reports nothing is published: the noise would be larger than what it hides. */
export function leastReports(buckets: number): number {
  return buckets === 2 ? 1_000 : 5_000;
}

/** Share of the devices asked whose true answer is this bucket, as far as the noise lets it be known. */
export interface CellEstimate {
  /** Unbiased; with few reports it may lie below 0 or above 1. */
  readonly share: number;
  /** 95 % interval, within [0, 1]. */
  readonly low: number;
  readonly high: number;
  /** Of the share: from randomised response, and from asking only some of all devices. */
  readonly standardError: number;
}

export type MetricEstimate =
  | { readonly kind: 'not-enough-data'; readonly reports: number; readonly least: number }
  | {
      readonly kind: 'estimate';
      readonly reports: number;
      /** In the order of the metric's buckets. */
      readonly cells: readonly CellEstimate[];
      /** How far fake reports, one in a hundred, can move a cell: a share. */
      readonly movedByOnePercent: number;
    };

/**
 * Takes the noise of randomised response out of counts.
 *
 * @param counts of every bucket, as reports said it
 */
export function estimateMetric(metric: MetricId, counts: readonly number[]): MetricEstimate {
  const buckets = bucketCount(metric);
  if (counts.length !== buckets)
    throw new RangeError(`${metric} has ${buckets} buckets, not ${counts.length}`);
  const reports = counts.reduce((sum, count) => sum + count, 0);
  const least = leastReports(buckets);
  if (reports < least) return { kind: 'not-enough-data', reports, least };
  const weights = responseWeights(buckets);
  return {
    kind: 'estimate',
    reports,
    cells: counts.map((count) => estimateCell(weights, count, reports)),
    movedByOnePercent: movedByFakes(weights, 0.01),
  };
}

/**
 * @param count reports that gave this bucket
 * @param reports all of them, at least 1
 */
export function estimateCell(weights: ResponseWeights, count: number, reports: number): CellEstimate {
  const { p, q } = responseProbabilities(weights);
  const gain = p - q;
  const seen = count / reports;
  // Wilson's interval of the share of reports, carried over: it holds up at 0 and 1 too.
  const shrink = 1 + Z ** 2 / reports;
  const middle = (seen + Z ** 2 / (2 * reports)) / shrink;
  const reach = (Z / shrink) * Math.sqrt((seen * (1 - seen)) / reports + Z ** 2 / (4 * reports ** 2));
  const toShare = (value: number): number => (value - q) / gain;
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    share: toShare(seen),
    low: within(toShare(middle - reach)),
    high: within(toShare(middle + reach)),
    standardError: Math.sqrt((seen * (1 - seen)) / reports) / gain,
  };
}

/**
 * Standard deviation of an estimated share that randomised response alone causes, where the true share among
 * those who reported is known: what simulations are compared with.
 */
export function noiseOfShare(weights: ResponseWeights, trueShare: number, reports: number): number {
  const { p, q } = responseProbabilities(weights);
  const variance = trueShare * p * (1 - p) + (1 - trueShare) * q * (1 - q);
  return Math.sqrt(variance / reports) / (p - q);
}

/**
 * How far at most an estimated share moves when so many of the reports are made up, all with the same answer:
 * 5.7 points for one in a hundred and eight buckets.
 */
export function movedByFakes(weights: ResponseWeights, fakeShare: number): number {
  const { p, q } = responseProbabilities(weights);
  return fakeShare / (p - q);
}
