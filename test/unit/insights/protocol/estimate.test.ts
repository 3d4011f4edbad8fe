import { describe, expect, it } from 'vitest';
import {
  estimateCell,
  estimateMetric,
  leastReports,
  movedByFakes,
  noiseOfShare,
} from '../../../../src/insights/protocol/estimate';
import {
  responseProbabilities,
  responseWeights,
} from '../../../../src/insights/protocol/randomised-response';

/** Counts as they would be on average. */
function expectedCounts(shares: readonly number[], reports: number): readonly number[] {
  const { p, q } = responseProbabilities(responseWeights(shares.length));
  return shares.map((share) => reports * (share * p + (1 - share) * q));
}

describe('estimates', () => {
  it('find the true shares in what is expected of the noise', () => {
    const shares = [0.4, 0.2, 0.15, 0.1, 0.05, 0.05, 0.05, 0];
    const estimate = estimateMetric('phrases-taught', expectedCounts(shares, 100_000));
    if (estimate.kind !== 'estimate') throw new Error('there are enough reports');
    for (const [at, cell] of estimate.cells.entries()) {
      expect(cell.share).toBeCloseTo(shares[at] ?? Number.NaN, 10);
      expect(cell.low).toBeLessThanOrEqual(shares[at] ?? 0);
      expect(cell.high).toBeGreaterThanOrEqual(shares[at] ?? 0);
    }
  });

  it('say nothing before there is enough to say', () => {
    expect(leastReports(2)).toBe(1_000);
    expect(leastReports(8)).toBe(5_000);
    expect(estimateMetric('action-undone', [500, 499])).toEqual({
      kind: 'not-enough-data',
      reports: 999,
      least: 1_000,
    });
    expect(estimateMetric('action-undone', [500, 500]).kind).toBe('estimate');
    expect(estimateMetric('action-undone', [0, 0]).kind).toBe('not-enough-data');
  });

  it('stay within 0 and 1 where the noise does not', () => {
    const cell = estimateCell(responseWeights(8), 0, 5_000);
    expect(cell.share).toBeLessThan(0);
    expect(cell).toMatchObject({ low: 0, high: 0 });
    expect(estimateCell(responseWeights(2), 5_000, 5_000)).toMatchObject({ high: 1 });
  });

  it('tell that one fake in a hundred moves a cell of eight by up to 5.7 points', () => {
    expect(movedByFakes(responseWeights(8), 0.01)).toBeCloseTo(0.0566, 4);
    expect(movedByFakes(responseWeights(2), 0.01)).toBeCloseTo(0.0216, 4);
  });

  it('refuse counts of another number of buckets', () => {
    expect(() => estimateMetric('action-undone', [1, 2, 3])).toThrow(RangeError);
  });

  it('know the noise of an answer that is known: of yes and no, the same whatever the truth', () => {
    const weights = responseWeights(2);
    const { p } = responseProbabilities(weights);
    const expected = Math.sqrt((p * (1 - p)) / 10_000) / (2 * p - 1);
    for (const share of [0, 0.3, 1]) expect(noiseOfShare(weights, share, 10_000)).toBeCloseTo(expected, 12);
  });
});
