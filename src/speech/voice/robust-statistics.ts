/** Statistics that a few odd takes do not move. Lists are not changed; an empty one gives `NaN`. */

/** The value below which `share` of the values lie, interpolated. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5);

/** Median absolute deviation, enlarged so that it equals the standard deviation of a normal distribution. */
export function robustDeviationOf(values: readonly number[]): number {
  const middle = medianOf(values);
  return 1.4826 * medianOf(values.map((value) => Math.abs(value - middle)));
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Around their own mean. */
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}

export const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * How far `later` lies below `earlier`, in standard deviations of chance (Mann and Whitney, 1947, normal
 * approximation without ties). Positive: smaller than before. 0 when either is empty.
 */
export function rankDrop(earlier: readonly number[], later: readonly number[]): number {
  const pairs = earlier.length * later.length;
  if (pairs === 0) return 0;
  let below = 0;
  for (const before of earlier)
    for (const after of later) below += after < before ? 1 : after === before ? 0.5 : 0;
  return (below - pairs / 2) / Math.sqrt((pairs * (earlier.length + later.length + 1)) / 12);
}
