import { describe, expect, it } from 'vitest';
import type { PhraseId } from '../../../../src/core/ids';
import { chooseFusion, type FusionTrial, fuse } from '../../../../src/speech/recognition/fusion';
import { phraseId } from '../../../support/synthetic-phrases';

const A = phraseId(0);
const B = phraseId(1);
const distances = (a: number, b: number): Map<PhraseId, number> =>
  new Map([
    [A, a],
    [B, b],
  ]);

/** Templates that name half of the takes wrong, by a hair. */
const doubtful = (trained: (isA: boolean, index: number) => Map<PhraseId, number>): FusionTrial[] =>
  Array.from({ length: 12 }, (_, index) => {
    const isA = index % 2 === 0;
    const isRight = index % 4 < 2;
    return {
      phraseId: isA ? A : B,
      acoustic: isA === isRight ? distances(20, 21) : distances(21, 20),
      trained: trained(isA, index),
    };
  });

describe('chooseFusion', () => {
  it('listens to a trained scorer that knows better', () => {
    const fusion = chooseFusion(doubtful((isA) => (isA ? distances(0.1, 3) : distances(3, 0.1))));
    expect(fusion.weight).toBeGreaterThan(0);
    expect(fusion.acousticAccuracy).toBe(0.5);
    expect(fusion.fusedAccuracy).toBe(1);
  });

  it('is not thrown off by two copies of one recording, whose distance is nothing', () => {
    const trained = (isA: boolean) => (isA ? distances(0.1, 3) : distances(3, 0.1));
    const copies: FusionTrial[] = [0, 7e-7].map((distance) => ({
      phraseId: A,
      acoustic: distances(distance, 20),
      trained: trained(true),
    }));
    const fusion = chooseFusion([...doubtful(trained), ...copies]);
    expect(fusion.scale).toBeCloseTo(chooseFusion(doubtful(trained)).scale, 9);
    for (const distance of fuse(distances(0, 20), trained(true), fusion).values())
      expect(distance).not.toBeNaN();
  });

  it('ignores one that guesses, and one that is wrong', () => {
    const guessing = chooseFusion(
      doubtful((_, index) => (index % 3 === 0 ? distances(0.1, 3) : distances(3, 0.1))),
    );
    expect(guessing.fusedAccuracy).toBeGreaterThanOrEqual(guessing.acousticAccuracy);
    expect(chooseFusion(doubtful((isA) => (isA ? distances(3, 0.1) : distances(0.1, 3)))).weight).toBe(0);
  });

  it.each([
    [1, 0, false],
    [4, 0, false],
    [5, 0, true],
    [7, 1, false],
  ])(
    'with %i takes put right and %i put wrong, says whether that is more than chance: %s',
    (mended, spoilt, isHeard) => {
      // What templates name right by a hair, and wrong by one; the trained scorer turns some of it round.
      const trial = (isRight: boolean, isTurned: boolean): FusionTrial => ({
        phraseId: A,
        acoustic: isRight ? distances(20, 21) : distances(21, 20),
        trained: isRight === isTurned ? distances(3, 0.1) : distances(0.1, 3),
      });
      const trials = [
        ...Array.from({ length: mended }, () => trial(false, true)),
        ...Array.from({ length: spoilt }, () => trial(true, true)),
        ...Array.from({ length: 10 }, () => trial(true, false)),
      ];
      expect(chooseFusion(trials).weight > 0).toBe(isHeard);
    },
  );

  it('leaves templates alone where they know everything already', () => {
    const trials: FusionTrial[] = [
      { phraseId: A, acoustic: distances(10, 60), trained: distances(0.1, 3) },
      { phraseId: B, acoustic: distances(60, 10), trained: distances(3, 0.1) },
    ];
    expect(chooseFusion(trials).weight).toBe(0);
  });

  it('has weight 0 without a trained scorer and without trials', () => {
    expect(chooseFusion([{ phraseId: A, acoustic: distances(20, 21), trained: undefined }]).weight).toBe(0);
    expect(chooseFusion([])).toMatchObject({ weight: 0, acousticAccuracy: 0, fusedAccuracy: 0 });
  });
});

describe('fuse', () => {
  it('keeps the distance of the favourite and pushes the others away, up to a limit', () => {
    const fused = fuse(distances(20, 21), distances(0.1, 2), { weight: 0.5, scale: 0.1 });
    expect(fused.get(A)).toBe(20);
    expect(fused.get(B)).toBeCloseTo(21 * Math.exp(0.5 * 0.19), 6);
    const extreme = fuse(distances(20, 21), distances(0.1, 900), { weight: 1, scale: 1 });
    expect(extreme.get(B)).toBeCloseTo(21 * Math.E, 6);
  });

  it('passes template distances through at weight 0', () => {
    const template = distances(20, 21);
    expect(fuse(template, distances(1, 2), { weight: 0, scale: 1 })).toBe(template);
  });
});
