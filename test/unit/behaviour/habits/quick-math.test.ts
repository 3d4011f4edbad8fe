import { describe, expect, it } from 'vitest';
import { quickExp, quickLog } from '../../../../src/behaviour/habits/quick-math';
import { seededRandom } from '../../../../src/core/random';

describe('quickExp', () => {
  it('is as good as it says over everything that has a normal exponential', () => {
    const random = seededRandom(1);
    let worst = 0;
    for (let at = 0; at < 200_000; at += 1) {
      const x = (random() - 0.5) * 1_400;
      worst = Math.max(worst, Math.abs(quickExp(x) / Math.exp(x) - 1));
    }
    expect(worst).toBeLessThan(3e-13);
    expect(quickExp(0)).toBe(1);
  });

  it('ends in 0 and in something finite', () => {
    for (const x of [-709, -1e9, Number.NEGATIVE_INFINITY, Number.NaN]) expect(quickExp(x)).toBe(0);
    for (const x of [710, 1e9, Number.POSITIVE_INFINITY]) expect(quickExp(x)).toBeGreaterThan(8e307);
    expect(Number.isFinite(quickExp(Number.POSITIVE_INFINITY))).toBe(true);
  });
});

describe('quickLog', () => {
  it('is as good as it says over everything that is normal', () => {
    const random = seededRandom(2);
    let worst = 0;
    for (let at = 0; at < 200_000; at += 1) {
      const x = 10 ** ((random() - 0.5) * 610);
      worst = Math.max(worst, Math.abs(quickLog(x) - Math.log(x)) / Math.max(1, Math.abs(Math.log(x))));
    }
    for (let at = 0; at < 200_000; at += 1) {
      const x = random() + 1e-6;
      worst = Math.max(worst, Math.abs(quickLog(x) - Math.log(x)));
    }
    expect(worst).toBeLessThan(1e-13);
  });
});
