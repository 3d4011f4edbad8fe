import { bucketCount, type MetricId } from '../../src/insights/protocol/metrics';
import { DRAWS, responseWeights } from '../../src/insights/protocol/randomised-response';
import { type Answers, asTheApp, keyOfDevice, signerOf, withWeights } from './devices';

/**
 * One-sided 99.99 % of a normal distribution, so that the largest of all pairs of eight buckets lies above what is
 * true about once in twenty audits and not at nearly every one: 448 comparisons share 5 %.
 */
const Z = 3.69;

export interface Audit {
  readonly metric: MetricId;
  /** ln of the largest ratio seen between two truths. */
  readonly epsilon: number;
  /** Lower confidence bound of it: more than 1 proves that more is given away than promised. */
  readonly lowerBound: number;
}

/**
 * Measures ε from outside: how much more often one truth gives an answer than another does. Of a mechanism that is
 * made to fail two truths are enough.
 */
export async function audit(metric: MetricId, draws: number, answers: Answers = asTheApp): Promise<Audit> {
  const buckets = bucketCount(metric);
  const sign = signerOf(keyOfDevice(424_242));
  const truths = answers === asTheApp ? buckets : 2;
  const seen: number[][] = [];
  for (let value = 0; value < truths; value += 1) {
    const counts: number[] = Array(buckets).fill(0);
    // Each epoch is another draw.
    for (let epoch = 0; epoch < draws; epoch += 1) {
      const answer = await answers(sign, metric, epoch, value);
      counts[answer] = (counts[answer] ?? 0) + 1;
    }
    seen.push(counts);
  }
  let [epsilon, lowerBound] = [0, 0];
  for (const one of seen) {
    for (const another of seen) {
      for (let answer = 0; answer < buckets; answer += 1) {
        const [a, b] = [(one[answer] ?? 0) / draws, (another[answer] ?? 0) / draws];
        const ratio = Math.log(a / b);
        const error = Math.sqrt((1 - a) / (draws * a) + (1 - b) / (draws * b));
        epsilon = Math.max(epsilon, ratio);
        lowerBound = Math.max(lowerBound, ratio - Z * error);
      }
    }
  }
  return { metric, epsilon, lowerBound };
}

/** A mechanism that says the truth a hundredth more often than it should. */
export function biased(metric: MetricId): Answers {
  const { buckets, truth, other } = responseWeights(bucketCount(metric));
  const bias = DRAWS / 100n;
  const less = bias / BigInt(buckets - 1) + 1n;
  return withWeights({ buckets, truth: truth + BigInt(buckets - 1) * less, other: other - less });
}
