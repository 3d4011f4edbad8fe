import type { Sign } from '../../src/insights/keyed-bits';
import { estimateCell, leastReports, noiseOfShare } from '../../src/insights/protocol/estimate';
import { bucketCount, type MetricId } from '../../src/insights/protocol/metrics';
import { responseWeights } from '../../src/insights/protocol/randomised-response';
import { askAll, population } from './devices';

export interface CellError {
  readonly bucket: number;
  readonly trueShare: number;
  /** Root mean square of the estimate's error over all rounds, in points. */
  readonly errorPoints: number;
  readonly theoryPoints: number;
  /** The same for counts that nobody took the noise out of. */
  readonly rawErrorPoints: number;
  /** Share of rounds in which the 95 % interval held the truth. */
  readonly covered: number;
}

/**
 * Asks a population in many epochs, and compares what the aggregate makes of the answers with the truth.
 *
 * @param rounds epochs: every device draws anew in each
 */
export async function cellErrors(
  signers: readonly Sign[],
  metric: MetricId,
  devices: number,
  rounds: number,
): Promise<{ readonly cells: readonly CellError[]; readonly isPublished: boolean }> {
  const buckets = bucketCount(metric);
  const weights = responseWeights(buckets);
  const truths = population(devices, metric);
  const sums = Array.from({ length: buckets }, () => ({ squares: 0, rawSquares: 0, covered: 0, share: 0 }));
  for (let round = 0; round < rounds; round += 1) {
    const tally = await askAll(signers, truths, metric, 1_000_000 + round);
    for (const [bucket, sum] of sums.entries()) {
      const share = (tally.true[bucket] ?? 0) / devices;
      const cell = estimateCell(weights, tally.said[bucket] ?? 0, devices);
      sum.share = share;
      sum.squares += (cell.share - share) ** 2;
      sum.rawSquares += ((tally.said[bucket] ?? 0) / devices - share) ** 2;
      if (cell.low <= share && share <= cell.high) sum.covered += 1;
    }
  }
  return {
    isPublished: devices >= leastReports(buckets),
    cells: sums.map(({ squares, rawSquares, covered, share }, bucket) => ({
      bucket,
      trueShare: share,
      errorPoints: 100 * Math.sqrt(squares / rounds),
      theoryPoints: 100 * noiseOfShare(weights, share, devices),
      rawErrorPoints: 100 * Math.sqrt(rawSquares / rounds),
      covered: covered / rounds,
    })),
  };
}
