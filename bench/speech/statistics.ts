/** Mean and standard deviation over speakers. */
export function meanAndSpread(values: readonly number[]): {
  readonly value: number;
  readonly spread: number;
} {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / values.length;
  return { value, spread: Math.sqrt(variance) };
}

/** Scores of things that should be accepted and of things that should not; higher is surer. */
export interface Verdicts {
  /** One a test clip of a known word; minus infinity when it was named wrong. */
  readonly right: readonly number[];
  readonly wrong: readonly number[];
}

/** Where false accepts and false rejects are equally frequent, as a share. */
export function equalErrorRate({ right, wrong }: Verdicts): number {
  let best = { gap: Number.POSITIVE_INFINITY, rate: 1 };
  for (const threshold of [...new Set([...right, ...wrong])]) {
    const misses = shareBelow(right, threshold);
    const falseAccepts = 1 - shareBelow(wrong, threshold);
    const gap = Math.abs(misses - falseAccepts);
    if (gap < best.gap) best = { gap, rate: (misses + falseAccepts) / 2 };
  }
  return best.rate;
}

/** Share of right accepts with the threshold where `share` of the wrong ones get in. */
export function acceptAtFalse({ right, wrong }: Verdicts, share: number): number {
  const sorted = [...wrong].sort((a, b) => b - a);
  const threshold = sorted[Math.floor(share * sorted.length)] ?? Number.NEGATIVE_INFINITY;
  return right.filter((score) => score > threshold).length / right.length;
}

/** Score that `share` of the right ones do not reach. */
export function thresholdAtMiss(right: readonly number[], share: number): number {
  const sorted = [...right].sort((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? Number.NEGATIVE_INFINITY;
}

function shareBelow(scores: readonly number[], threshold: number): number {
  return scores.filter((score) => score < threshold).length / scores.length;
}
