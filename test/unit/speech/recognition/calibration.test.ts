import { describe, expect, it } from 'vitest';
import type { PhraseId } from '../../../../src/core/ids';
import { calibrate } from '../../../../src/speech/recognition/calibration';
import type { CalibrationTrial } from '../../../../src/speech/recognition/calibration-trial';
import { phraseId } from '../../../support/synthetic-phrases';

const PHRASES = [0, 1, 2, 3, 4].map(phraseId);

/** A take of `own` that is `near` from its phrase and `far` from the others. */
const distancesAt = (own: PhraseId, near: number | undefined, far: number): Map<PhraseId, number> => {
  const distances = new Map(PHRASES.map((id) => [id, far]));
  if (near === undefined) distances.delete(own);
  else distances.set(own, near);
  return distances;
};

const trialsOf = (near: (phrase: number) => number | undefined, far = 50, takes = 3): CalibrationTrial[] =>
  PHRASES.flatMap((id, phrase) =>
    Array.from({ length: takes }, () => ({ phraseId: id, distances: distancesAt(id, near(phrase), far) })),
  );

const [first, second] = PHRASES as [PhraseId, PhraseId];

describe('calibrate', () => {
  it('puts the threshold between own takes and other words', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf(() => 20),
    );
    for (const id of PHRASES) {
      expect(calibration.thresholdOf(id)).toBeGreaterThan(20);
      expect(calibration.thresholdOf(id)).toBeLessThan(50);
    }
  });

  it('gives a phrase that varies more a wider threshold', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf((phrase) => (phrase === 0 ? 30 : 20)),
    );
    expect(calibration.thresholdOf(first)).toBeGreaterThan(1.05 * calibration.thresholdOf(second));
  });

  it('works with one take of one phrase', () => {
    const alone = calibrate([first], [{ phraseId: first, distances: new Map() }]);
    const judged = (distance: number): boolean => {
      const { threshold } = alone.judge(first, new Map([[first, distance]]));
      return distance <= threshold;
    };
    expect(judged(15)).toBe(true);
    expect(judged(80)).toBe(false);
  });

  it('works with one take of every phrase, where nothing can be left out but the phrase as a whole', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf(() => undefined, 50, 1),
    );
    expect(calibration.thresholdOf(first)).toBeGreaterThan(15);
    expect(calibration.thresholdOf(first)).toBeLessThan(50);
  });

  it('follows a voice whose distances are all twice as large', () => {
    const usual = calibrate(
      PHRASES,
      trialsOf(() => 20, 50, 5),
    ).thresholdOf(first);
    const hoarse = calibrate(
      PHRASES,
      trialsOf(() => 40, 100, 5),
    ).thresholdOf(first);
    expect(hoarse / usual).toBeGreaterThan(1.6);
    expect(hoarse / usual).toBeLessThan(2.1);
  });

  it('is surer the nearer the phrase, and half sure about at the threshold', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf(() => 20),
    );
    const confidence = (near: number): number =>
      calibration.judge(first, distancesAt(first, near, 50)).confidence;
    expect(confidence(18)).toBeGreaterThan(0.95);
    expect(confidence(18)).toBeGreaterThan(confidence(30));
    expect(confidence(48)).toBeLessThan(0.2);
    const { threshold } = calibration.judge(first, distancesAt(first, 30, 50));
    expect(confidence(threshold)).toBeGreaterThan(0.35);
    expect(confidence(threshold)).toBeLessThan(0.55);
  });

  it('calls two phrases at the same distance too close, however near both are', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf(() => 20),
    );
    const twins = distancesAt(first, 10, 50).set(second, 10);
    expect(calibration.judge(first, twins).isTooClose).toBe(true);
    expect(calibration.judge(first, twins).confidence).toBeLessThan(0.5);
    expect(calibration.judge(first, distancesAt(first, 10, 50)).isTooClose).toBe(false);
  });

  it('does not believe in a phrase where a misfire is nearer', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf(() => 20),
    );
    const near = distancesAt(first, 20, 50);
    expect(calibration.judge(first, near, 45).confidence).toBeGreaterThan(0.9);
    expect(calibration.judge(first, near, 10).confidence).toBeLessThan(0.05);
    expect(calibration.judge(first, near, 0).confidence).toBeLessThan(0.05);
  });

  it('does not take two copies of one recording for a voice that never varies', () => {
    const calibration = calibrate(
      PHRASES,
      trialsOf((phrase) => (phrase === 0 ? 0 : 20)),
    );
    expect(calibration.thresholdOf(first)).toBeGreaterThan(10);
  });
});

describe('a false-trigger budget', () => {
  const budgets = ['hour', 'day', 'week'] as const;
  const noisy = PHRASES.flatMap((id, phrase) =>
    [0, 1, 2].map((take) => ({ phraseId: id, distances: distancesAt(id, 18 + 3 * take, 44 + 4 * phrase) })),
  );

  it.each(['templates', 'both'] as const)('moves every threshold and what it costs, by %s', (ears) => {
    const thresholds = budgets.map((budget) =>
      calibrate(PHRASES, noisy, { ears, budget }).thresholdOf(first),
    );
    expect(thresholds).toEqual([...thresholds].sort((a, b) => b - a));
    expect(new Set(thresholds).size).toBe(3);
    const costs = budgets.map((budget) => calibrate(PHRASES, noisy, { ears, budget }).missShare);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    for (const cost of costs) expect(cost).toSatisfy((share: number) => share >= 0 && share <= 1);
  });

  it('is day unless stated', () => {
    const asked = calibrate(PHRASES, noisy, { budget: 'day' });
    expect(calibrate(PHRASES, noisy).thresholdOf(first)).toBe(asked.thresholdOf(first));
  });

  it('expects a voice that never says a phrase twice the same to be missed more often', () => {
    const steady = calibrate(
      PHRASES,
      trialsOf(() => 15),
    ).missShare;
    const wavering = calibrate(
      PHRASES,
      PHRASES.flatMap((id) =>
        [8, 15, 40].map((near) => ({ phraseId: id, distances: distancesAt(id, near, 50) })),
      ),
    ).missShare;
    expect(wavering).toBeGreaterThan(2 * steady);
  });
});
