import { describe, expect, it } from 'vitest';
import { withNoise } from '../../../bench/speech/noise';
import {
  acceptAtFalse,
  equalErrorRate,
  meanAndSpread,
  thresholdAtMiss,
} from '../../../bench/speech/statistics';
import { seededRandom } from '../../../src/core/random';
import { joined, noise, silence, tone } from '../../support/signals';

describe('figures of the speech benchmark', () => {
  it('has an equal error rate of 0 where scores part cleanly, and of one half where they say nothing', () => {
    expect(equalErrorRate({ right: [3, 4, 5], wrong: [0, 1, 2] })).toBe(0);
    expect(equalErrorRate({ right: [1, 2, 3, 4], wrong: [1, 2, 3, 4] })).toBeCloseTo(0.5, 10);
    expect(equalErrorRate({ right: [1, 4, 5, 6], wrong: [0, 0.5, 0.7, 2] })).toBeCloseTo(0.25, 10);
  });

  it('counts what was named wrong as missed at every threshold', () => {
    const right = [Number.NEGATIVE_INFINITY, 4, 5, 6];
    expect(acceptAtFalse({ right, wrong: [0, 1, 2, 3] }, 0.05)).toBe(0.75);
  });

  it('finds the accepts that a share of false ones allows', () => {
    const wrong = Array.from({ length: 100 }, (_, index) => index);
    expect(acceptAtFalse({ right: [90, 95, 98, 99.5], wrong }, 0.05)).toBe(0.75);
    expect(acceptAtFalse({ right: [90, 95, 98, 99.5], wrong }, 0.01)).toBe(0.25);
  });

  it('finds the score that a share of the right ones do not reach', () => {
    expect(thresholdAtMiss([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.2)).toBe(3);
  });

  it('gives mean and standard deviation', () => {
    expect(meanAndSpread([1, 3])).toEqual({ value: 2, spread: 1 });
  });

  it('mixes noise at the asked distance below the speech, not below the silence around it', () => {
    const clip = joined(silence(0.5), tone(0.5, 500, -20), silence(0.5));
    const mixed = withNoise(clip, [noise(5, -3)], 10, seededRandom(4));
    const power = (from: number, to: number): number =>
      mixed.subarray(from, to).reduce((sum, sample) => sum + sample * sample, 0) / (to - from);
    expect(10 * Math.log10(power(0, 6_000))).toBeCloseTo(-30, 0);
  });
});
