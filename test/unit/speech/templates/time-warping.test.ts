import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import {
  FRAME_BLOCK,
  MATCHING_DIMENSIONS,
  type MatchingFrames,
  poolFrames,
} from '../../../../src/speech/templates/matching-frames';
import { TimeWarper } from '../../../../src/speech/templates/time-warping';

/** Frames that take their numbers from `value`, all with the same weight. */
function framesOf(
  frameCount: number,
  value: (frame: number, column: number) => number,
  weight = 1,
): MatchingFrames {
  const data = new Float32Array((frameCount + FRAME_BLOCK - 1) * MATCHING_DIMENSIONS);
  for (let frame = 0; frame < frameCount; frame += 1) {
    for (let column = 0; column < MATCHING_DIMENSIONS; column += 1) {
      data[frame * MATCHING_DIMENSIONS + column] = value(frame, column);
    }
  }
  return poolFrames({ frameCount, data, weights: new Float32Array(frameCount).fill(weight) }, 1);
}

const randomFrames = (frameCount: number, seed: number): MatchingFrames => {
  const random = seededRandom(seed);
  return framesOf(frameCount, () => random() * 2 - 1);
};

const glide = (frameCount: number, turn = 0): MatchingFrames =>
  framesOf(frameCount, (frame, column) => Math.sin(column + turn + (5 * frame) / frameCount));

/** The definition, without band, blocks or short cuts. */
function distanceByDefinition(a: MatchingFrames, b: MatchingFrames, diagonalWeight: number): number {
  const cost = Array.from({ length: a.frameCount + 1 }, () =>
    new Array<number>(b.frameCount + 1).fill(Number.POSITIVE_INFINITY),
  );
  const at = (row: number, column: number): number => cost[row]?.[column] ?? Number.POSITIVE_INFINITY;
  (cost[0] as number[])[0] = 0;
  for (let row = 1; row <= a.frameCount; row += 1) {
    for (let column = 1; column <= b.frameCount; column += 1) {
      let squares = 0;
      for (let index = 0; index < MATCHING_DIMENSIONS; index += 1) {
        const one = a.data[(row - 1) * MATCHING_DIMENSIONS + index] ?? 0;
        const other = b.data[(column - 1) * MATCHING_DIMENSIONS + index] ?? 0;
        squares += (one - other) ** 2;
      }
      const local = (squares * ((a.weights[row - 1] ?? 0) + (b.weights[column - 1] ?? 0))) / 2;
      (cost[row] as number[])[column] = Math.min(
        at(row - 1, column - 1) + diagonalWeight * local,
        at(row - 1, column) + local,
        at(row, column - 1) + local,
      );
    }
  }
  const total = [...a.weights, ...b.weights].reduce((sum, weight) => sum + weight, 0);
  return at(a.frameCount, b.frameCount) / total;
}

describe('TimeWarper', () => {
  it('agrees with the definition of dynamic time warping when the band is wide open', () => {
    const warper = new TimeWarper({ bandShare: 2, diagonalWeight: 1.4 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 17 }),
        fc.integer(),
        (m, n, seed) => {
          const a = randomFrames(m, seed);
          const b = randomFrames(n, seed + 1);
          expect(warper.distance(a, b)).toBeCloseTo(distanceByDefinition(a, b, 1.4), 3);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the same to the last bit either way round', () => {
    const warper = new TimeWarper();
    for (const [m, n] of [
      [12, 31],
      [40, 40],
      [53, 50],
    ] as const) {
      const a = randomFrames(m, 1);
      const b = randomFrames(n, 2);
      expect(warper.distance(a, b)).toBe(warper.distance(b, a));
    }
  });

  it('finds the same word said slower near, and another word far', () => {
    const warper = new TimeWarper();
    expect(warper.distance(glide(30), glide(30))).toBeCloseTo(0, 4);
    expect(warper.distance(glide(30), glide(48))).toBeLessThan(
      0.2 * warper.distance(glide(30), glide(48, 1.5)),
    );
  });

  it('does not change its mind after longer sequences went through it', () => {
    const warper = new TimeWarper();
    const before = warper.distance(glide(20), glide(25, 1));
    warper.distance(glide(400), glide(390));
    expect(warper.distance(glide(20), glide(25, 1))).toBe(before);
  });

  it('lets silent frames count for less', () => {
    const warper = new TimeWarper();
    const noisyEnd = (weight: number): MatchingFrames => {
      const frames = framesOf(30, (frame, column) => Math.sin(column + (frame > 19 ? 2 : frame / 6)));
      frames.weights.fill(weight, 20);
      return frames;
    };
    const clean = (weight: number): MatchingFrames => {
      const frames = framesOf(30, (frame, column) => Math.sin(column + (frame > 19 ? 0 : frame / 6)));
      frames.weights.fill(weight, 20);
      return frames;
    };
    expect(warper.distance(noisyEnd(0.2), clean(0.2))).toBeLessThan(
      0.6 * warper.distance(noisyEnd(1), clean(1)),
    );
  });

  it('gives up above the limit and only there', () => {
    const warper = new TimeWarper();
    const a = randomFrames(30, 1);
    const b = randomFrames(33, 2);
    const distance = warper.distance(a, b);
    expect(warper.distance(a, b, distance * 1.01)).toBe(distance);
    expect(warper.distance(a, b, distance * 0.5)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is infinitely far from nothing', () => {
    expect(
      new TimeWarper().distance(
        glide(10),
        framesOf(0, () => 0),
      ),
    ).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('TimeWarper.path', () => {
  const warper = new TimeWarper();

  it('has exactly the distance of the distance-only path, either way round, and costs that add up to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(1_000),
        (m, n, seed) => {
          const [one, other] = [randomFrames(m, seed), randomFrames(n, seed + 1)];
          const distance = warper.distance(one, other);
          const path = warper.path(one, other);
          expect(path?.distance).toBe(distance);
          expect(path?.costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(distance, 9);
          const back = warper.path(other, one);
          expect(back?.distance).toBe(distance);
          if (m === n) return;
          expect([...(back?.one ?? [])]).toEqual([...(path?.other ?? [])]);
        },
      ),
    );
  });

  it('leads from the first frames to the last, a step at a time, never back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(1_000),
        (m, n, seed) => {
          const path = warper.path(randomFrames(m, seed), randomFrames(n, seed + 1));
          const [one, other] = [[...(path?.one ?? [])], [...(path?.other ?? [])]];
          expect([one[0], other[0], one.at(-1), other.at(-1)]).toEqual([0, 0, m - 1, n - 1]);
          for (let pair = 1; pair < one.length; pair += 1) {
            const steps = [
              (one[pair] ?? 0) - (one[pair - 1] ?? 0),
              (other[pair] ?? 0) - (other[pair - 1] ?? 0),
            ];
            expect([
              [0, 1],
              [1, 0],
              [1, 1],
            ]).toContainEqual(steps);
          }
        },
      ),
    );
  });

  it('lies on the diagonal for the same sequence, and does not exist for an empty one', () => {
    const path = warper.path(glide(20), glide(20));
    expect([...(path?.one ?? [])]).toEqual([...(path?.other ?? [])]);
    expect(path?.distance).toBeCloseTo(0, 5);
    expect(
      warper.path(
        glide(20),
        framesOf(0, () => 0),
      ),
    ).toBeUndefined();
  });
});
