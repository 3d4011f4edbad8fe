/**
 * k-ary randomised response (Warner 1965 for two answers; Kairouz, Oh and Viswanath 2014 for k) at ε = 1, in
 * integers: of 2^64 equally likely draws, `truth` give the true answer and `other` give each of the others. The
 * probabilities are these numbers over 2^64, exactly, and their ratio never passes e.
 */
export interface ResponseWeights {
  readonly buckets: number;
  readonly truth: bigint;
  readonly other: bigint;
}

/** Privacy loss of one report. */
export const EPSILON_A_REPORT = 1;

/** Number of equally likely draws: a draw is an unsigned 64-bit integer. */
export const DRAWS = 2n ** 64n;

/** A fraction just below e (A001113: 2.718281828459045235360…), so that rounding can only add privacy. */
const BELOW_E = { numerator: 2_718_281_828_459_045_235n, denominator: 1_000_000_000_000_000_000n };

/** Randomised response spreads its lies too thin beyond this many answers. */
export const MOST_BUCKETS = 8;

/**
 * For two answers the truth has probability 0.731; for eight 0.280, and each of the others 0.103.
 *
 * @param buckets 2 to 8
 * @throws RangeError for any other number
 */
export function responseWeights(buckets: number): ResponseWeights {
  if (!Number.isInteger(buckets) || buckets < 2 || buckets > MOST_BUCKETS) {
    throw new RangeError(`randomised response needs 2 to ${MOST_BUCKETS} buckets, not ${buckets}`);
  }
  const others = BigInt(buckets - 1);
  const { numerator, denominator } = BELOW_E;
  const total = numerator + others * denominator;
  // Rounded up: what is rounded is taken from the truth.
  const other = (DRAWS * denominator + total - 1n) / total;
  return { buckets, truth: DRAWS - others * other, other };
}

/**
 * The answer that a draw gives in place of the true one.
 *
 * @param trueBucket 0 to k − 1
 * @param draw unsigned 64-bit integer, uniform
 */
export function respond(
  { buckets, truth, other }: ResponseWeights,
  trueBucket: number,
  draw: bigint,
): number {
  if (!Number.isInteger(trueBucket) || trueBucket < 0 || trueBucket >= buckets) {
    throw new RangeError(`bucket ${trueBucket} of ${buckets}`);
  }
  if (draw < 0n || draw >= DRAWS) throw new RangeError(`draw ${draw} is no unsigned 64-bit integer`);
  if (draw < truth) return trueBucket;
  const lie = Number((draw - truth) / other);
  return lie < trueBucket ? lie : lie + 1;
}

/** The same as floating-point numbers, for estimates and for people; never for drawing. */
export function responseProbabilities({ truth, other }: ResponseWeights): {
  readonly p: number;
  readonly q: number;
} {
  return { p: Number(truth) / Number(DRAWS), q: Number(other) / Number(DRAWS) };
}
