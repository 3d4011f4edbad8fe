/** What tells whether the best of several intents is meant. */
export interface IntentSignals {
  /** Of the best, near 1 for an example that was learnt. */
  readonly score: number;
  /** How far it is ahead of the next. */
  readonly lead: number;
  /** Similarity to the nearest example of the best, up to 1. */
  readonly nearest: number;
  /** Mean similarity to the examples of the best. */
  readonly middle: number;
  /** Examples a class, on average. */
  readonly examplesEach: number;
}

/** In the order of `signalValues`. */
export interface ConfidenceWeights {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** What the confidence is a logistic function of. */
export const signalValues = ({
  score,
  lead,
  nearest,
  middle,
  examplesEach,
}: IntentSignals): readonly number[] => [score, lead, nearest, middle, Math.log(examplesEach)];

/** Fitted by `npm run bench:intent -- --calibrate` on BANKING77; off by 0.04 on average on texts it was not fitted to. */
const fitted: ConfidenceWeights = { bias: -3.04, weights: [5.18, 8.19, 2.9, 1.97, -0.44] };

/** The same where the score and the lead are those of a net (`--calibrate --net`); off by 0.03 on average. */
export const headWeights: ConfidenceWeights = { bias: -4.04, weights: [0.75, 2.33, 9.7, -0.86, -0.55] };

/** Chance in [0, 1] that the best intent is the one meant. */
export function intentConfidence(
  signals: IntentSignals,
  { bias, weights }: ConfidenceWeights = fitted,
): number {
  const sum = signalValues(signals).reduce((total, value, at) => total + value * (weights[at] ?? 0), bias);
  return 1 / (1 + Math.exp(-sum));
}
