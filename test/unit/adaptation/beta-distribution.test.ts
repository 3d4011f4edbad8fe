import { describe, expect, it } from 'vitest';
import {
  betaCumulative,
  betaQuantile,
  normalQuantile,
  studentQuantile,
} from '../../../src/adaptation/beta-distribution';

describe('the beta distribution', () => {
  it.each([
    // The chance of at least two heads in four throws, as a sum of the binomial distribution.
    [0.5, 2, 3, 11 / 16],
    [0.25, 1, 1, 0.25],
    [0.3, 1, 5, 1 - 0.7 ** 5],
    [0.9, 4, 1, 0.9 ** 4],
  ])('has below %d of Beta(%d, %d) the share %d', (x, a, b, expected) => {
    expect(betaCumulative(x, a, b)).toBeCloseTo(expected, 12);
  });

  it.each([
    [0.05, 3.88, 0.12, 0.8203969319293639],
    [0.025, 10, 30, 0.13037679923558726],
  ])('has its %d quantile of Beta(%d, %d) where SciPy has it', (share, a, b, expected) => {
    expect(betaQuantile(share, a, b)).toBeCloseTo(expected, 9);
  });

  it('gives the quantiles of Student and of the normal distribution', () => {
    expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228138851986274, 9);
    expect(studentQuantile(0.975, 5)).toBeCloseTo(2.5705818356363146, 9);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 5);
  });
});
