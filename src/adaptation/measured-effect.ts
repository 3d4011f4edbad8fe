import * as v from 'valibot';
import { normalQuantile, studentQuantile } from './beta-distribution';

/** What an adaptation is judged by. */
export const MetricSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** `share`: every observation is 0 or 1. `mean`: any figure. */
  kind: v.picklist(['share', 'mean']),
  better: v.picklist(['lower', 'higher']),
});
export type Metric = v.InferOutput<typeof MetricSchema>;

export interface Observation {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
}

const SummarySchema = v.strictObject({
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  mean: v.pipe(v.number(), v.finite()),
  /** Unbiased sample variance; 0 for fewer than two. */
  variance: v.pipe(v.number(), v.finite(), v.minValue(0)),
});
export type Summary = v.InferOutput<typeof SummarySchema>;

export const MeasuredEffectSchema = v.strictObject({
  before: SummarySchema,
  after: SummarySchema,
  /** `after` minus `before`, in the unit of the metric. */
  difference: v.pipe(v.number(), v.finite()),
  /** Where the true difference lies, with `confidence`. */
  low: v.pipe(v.number(), v.finite()),
  high: v.pipe(v.number(), v.finite()),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});
export type MeasuredEffect = v.InferOutput<typeof MeasuredEffectSchema>;

/** Observations after the change at which it is judged: each look costs some of the confidence. */
export const LOOKS = [10, 20, 40] as const;
export const MOST_BEFORE = 60;
/** With fewer observations from before there is nothing to compare with, and nothing is changed. */
export const LEAST_BEFORE = 10;

/** All looks together are wrong in at most one of twenty changes that do nothing (Bonferroni). */
const LOOK_CONFIDENCE = 1 - 0.05 / LOOKS.length;

export type Verdict =
  /** Too little is known. */
  | 'open'
  | 'helped'
  /** Surely worse than before. */
  | 'hurt'
  /** The last look, and no better than before: it has not earned its place. */
  | 'no-better'
  /** The last look: somewhat better or the same, which may be chance. */
  | 'no-difference';

export function summaryOf(values: readonly number[]): Summary {
  const count = values.length;
  if (count === 0) return { count, mean: 0, variance: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, variance: count < 2 ? 0 : squares / (count - 1) };
}

/**
 * How a metric differs after a change. Shares: Newcombe's hybrid score interval (method 10; Statistics in Medicine 17,
 * 1998), which holds for few observations and for shares near 0 and 1. Means: Welch's t interval (Biometrika 34, 1947).
 * `undefined` while there are fewer than two observations on either side.
 *
 * The two sides are different times: what else changed between them is in the difference as well.
 */
export function measuredEffect(
  { kind }: Pick<Metric, 'kind'>,
  before: Summary,
  after: Summary,
  confidence = LOOK_CONFIDENCE,
): MeasuredEffect | undefined {
  if (before.count < 2 || after.count < 2) return undefined;
  const [low, high] =
    kind === 'share' ? newcombe(before, after, confidence) : welch(before, after, confidence);
  return { before, after, difference: after.mean - before.mean, low, high, confidence };
}

/** @param look index into `LOOKS` of the look that is taken now */
export function verdictOf({ better }: Pick<Metric, 'better'>, effect: MeasuredEffect, look: number): Verdict {
  const sign = better === 'lower' ? -1 : 1;
  const [worst, best] = better === 'lower' ? [-effect.high, -effect.low] : [effect.low, effect.high];
  if (best < 0) return 'hurt';
  if (worst > 0) return 'helped';
  if (look < LOOKS.length - 1) return 'open';
  return sign * effect.difference < 0 ? 'no-better' : 'no-difference';
}

/** Wilson's score interval of one share. */
function wilson({ count, mean }: Summary, z: number): readonly [number, number] {
  const spread = z ** 2 / count;
  const centre = mean + spread / 2;
  const half = z * Math.sqrt((mean * (1 - mean)) / count + spread / (4 * count));
  return [Math.max(0, (centre - half) / (1 + spread)), Math.min(1, (centre + half) / (1 + spread))];
}

function newcombe(before: Summary, after: Summary, confidence: number): readonly [number, number] {
  const z = normalQuantile((1 + confidence) / 2);
  const [lowBefore, highBefore] = wilson(before, z);
  const [lowAfter, highAfter] = wilson(after, z);
  const difference = after.mean - before.mean;
  return [
    difference - Math.hypot(after.mean - lowAfter, highBefore - before.mean),
    difference + Math.hypot(highAfter - after.mean, before.mean - lowBefore),
  ];
}

function welch(before: Summary, after: Summary, confidence: number): readonly [number, number] {
  const [a, b] = [before.variance / before.count, after.variance / after.count];
  const difference = after.mean - before.mean;
  if (a + b === 0) return [difference, difference];
  const degrees = (a + b) ** 2 / (a ** 2 / (before.count - 1) + b ** 2 / (after.count - 1));
  const half = studentQuantile((1 + confidence) / 2, degrees) * Math.sqrt(a + b);
  return [difference - half, difference + half];
}
