import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhraseId, TakeId } from '../../../../src/core/ids';
import { seededRandom, shuffled } from '../../../../src/core/random';
import type { PronouncedTake, TakeDistance } from '../../../../src/speech/pronunciation/phrase-medoid';
import { medoidOf } from '../../../../src/speech/pronunciation/phrase-medoid';
import { splitVariants } from '../../../../src/speech/pronunciation/variants';
import { gaussian, idOf } from '../../../support/voiceprints';

/** Takes as points in a space of made-up sounds, far enough from each other in every direction. */
class Points {
  readonly takes: PronouncedTake[] = [];
  readonly #places = new Map<TakeId, readonly number[]>();
  readonly #random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  add(count: number, centre: number): this {
    for (let n = 0; n < count; n += 1) {
      const takeId = idOf<TakeId>(this.takes.length);
      this.#places.set(
        takeId,
        Array.from({ length: 12 }, (_, axis) => (axis < 3 ? centre : 0) + gaussian(this.#random)),
      );
      const nothing = new Float32Array();
      this.takes.push({
        takeId,
        phraseId: idOf<PhraseId>(1),
        frames: { frameCount: 0, data: nothing, weights: nothing, squares: nothing },
      });
    }
    return this;
  }

  /** Squared, as the distances of time warping are. */
  readonly distance: TakeDistance = (a, b) => {
    const [one = [], other = []] = [this.#places.get(a.takeId), this.#places.get(b.takeId)];
    return one.reduce((sum, value, axis) => sum + (value - (other[axis] ?? 0)) ** 2, 0);
  };
}

const sizesOf = (points: Points) =>
  splitVariants(points.takes, points.distance).variants.map(({ takes }) => takes.length);

describe('splitVariants', () => {
  it('finds one way of saying it where the takes are one cloud, however many they are', () => {
    let splits = 0;
    for (let seed = 1; seed <= 40; seed += 1)
      for (const count of [1, 2, 4, 6, 8])
        if (sizesOf(new Points(seed).add(count, 0)).length > 1) splits += 1;
    expect(splits).toBeLessThanOrEqual(4);
  });

  it('finds two ways, and three, where they lie clearly apart', () => {
    for (const seed of [1, 2, 3]) {
      expect(sizesOf(new Points(seed).add(4, 0).add(3, 6))).toEqual([4, 3]);
      expect(sizesOf(new Points(seed).add(3, 0).add(3, 8).add(2, -8))).toEqual([3, 3, 2]);
    }
  });

  it('takes one take by itself for odd, not for another way of saying it', () => {
    const points = new Points(5).add(5, 0).add(1, 9);
    const { variants, oddTake } = splitVariants(points.takes, points.distance);
    expect(oddTake).toBe(idOf<TakeId>(5));
    expect(variants).toHaveLength(1);
    expect(variants[0]?.takes).not.toContain(oddTake);
  });

  it('seldom finds an odd take in one cloud', () => {
    let odd = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const points = new Points(seed).add(6, 0);
      if (splitVariants(points.takes, points.distance).oddTake !== undefined) odd += 1;
    }
    expect(odd).toBeLessThanOrEqual(3);
  });

  it('does not depend on the order of the takes', () => {
    const points = new Points(3).add(4, 0).add(3, 5).add(1, 12);
    const expected = splitVariants(points.takes, points.distance);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(splitVariants(shuffled(points.takes, seededRandom(seed)), points.distance)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('knows no way of saying what has no takes', () => {
    expect(splitVariants([], () => 0)).toEqual({ variants: [], oddTake: undefined });
    expect(medoidOf([], () => 0)).toBeUndefined();
  });
});
