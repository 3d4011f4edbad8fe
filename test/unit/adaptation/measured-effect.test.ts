import { describe, expect, it } from 'vitest';
import {
  LOOKS,
  type Metric,
  measuredEffect,
  summaryOf,
  verdictOf,
} from '../../../src/adaptation/measured-effect';
import { type Random, seededRandom } from '../../../src/core/random';

const SHARE = { kind: 'share' } as const;
const LAST = LOOKS.length - 1;
const complaints: Metric = { name: 'complaints', kind: 'share', better: 'lower' };

const share = (hits: number, of: number) =>
  summaryOf(Array.from({ length: of }, (_, index) => Number(index < hits)));

describe('the difference of two shares', () => {
  it.each([
    // The examples (a), (c) and (h) of Newcombe's paper, method 10; theirs is before minus after.
    [48, 80, 56, 70, 0.0524, 0.3339],
    [2, 7, 6, 7, 0.0582, 0.8062],
    [0, 10, 10, 10, 0.6075, 1],
  ])('%d of %d against %d of %d lies where Newcombe has it', (before, of, after, ofAfter, low, high) => {
    const effect = measuredEffect(SHARE, share(before, of), share(after, ofAfter), 0.95);
    expect(effect?.low).toBeCloseTo(low, 3);
    expect(effect?.high).toBeCloseTo(high, 3);
  });

  it('covers the true difference at least as often as it says', () => {
    const random = seededRandom(11);
    const draw = (chance: number, count: number) =>
      summaryOf(Array.from({ length: count }, () => Number(random() < chance)));
    let covered = 0;
    for (let time = 0; time < 1_000; time += 1) {
      const effect = measuredEffect(SHARE, draw(0.2, 40), draw(0.1, 20), 0.95);
      if (effect !== undefined && effect.low <= -0.1 && effect.high >= -0.1) covered += 1;
    }
    expect(covered).toBeGreaterThan(930);
  });
});

describe('the difference of two means', () => {
  it('lies where Welch has it', () => {
    // Two samples of unequal variance; the interval is that of SciPy's ttest_ind(equal_var=False).
    const before = summaryOf([27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6]);
    const after = summaryOf([27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8, 22, 24.8, 20.2]);
    const effect = measuredEffect({ kind: 'mean' }, before, after, 0.95);
    expect(effect?.difference).toBeCloseTo(2.55, 9);
    expect(effect?.low).toBeCloseTo(-0.112538, 6);
    expect(effect?.high).toBeCloseTo(5.212538, 6);
  });

  it('is exact where nothing varies', () => {
    const effect = measuredEffect({ kind: 'mean' }, summaryOf([2, 2]), summaryOf([1, 1, 1]));
    expect([effect?.low, effect?.high]).toEqual([-1, -1]);
  });
});

describe('the verdict on a change', () => {
  const verdict = (before: number, after: number, ofAfter: number, look: number, metric = complaints) => {
    const effect = measuredEffect(metric, share(before, 60), share(after, ofAfter));
    return effect === undefined ? undefined : verdictOf(metric, effect, look);
  };

  it('is open while chance may be at work', () => {
    expect(verdict(6, 2, 10, 0)).toBe('open');
  });

  it('is that it hurt as soon as that is sure, and that it helped likewise', () => {
    expect(verdict(3, 7, 10, 0)).toBe('hurt');
    expect(verdict(30, 2, 40, LAST)).toBe('helped');
    expect(verdict(3, 7, 10, 0, { ...complaints, better: 'higher' })).toBe('helped');
  });

  it('is at the last look that a change that is no better has not earned its place', () => {
    expect(verdict(6, 5, 40, LAST)).toBe('no-better');
    expect(verdict(6, 3, 40, LAST)).toBe('no-difference');
    expect(verdict(0, 0, 40, LAST)).toBe('no-difference');
  });

  it('needs two observations on either side', () => {
    expect(measuredEffect(SHARE, share(0, 1), share(1, 5))).toBeUndefined();
    expect(measuredEffect(SHARE, share(0, 5), share(1, 1))).toBeUndefined();
  });

  it('calls a change that does nothing harmful in hardly one of twenty cases, all looks together', () => {
    const random: Random = seededRandom(3);
    let hurt = 0;
    for (let time = 0; time < 1_000; time += 1) {
      const values = Array.from({ length: 100 }, () => Number(random() < 0.2));
      const before = summaryOf(values.slice(0, 60));
      for (const [look, count] of LOOKS.entries()) {
        const effect = measuredEffect(SHARE, before, summaryOf(values.slice(60, 60 + count)));
        const found = effect === undefined ? 'open' : verdictOf(complaints, effect, look);
        if (found === 'open') continue;
        if (found === 'hurt') hurt += 1;
        break;
      }
    }
    expect(hurt).toBeLessThanOrEqual(50);
  });
});
