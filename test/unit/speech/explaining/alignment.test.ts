import { describe, expect, it } from 'vitest';
import { align } from '../../../../src/speech/explaining/alignment';
import { comparedFramesOf } from '../../../../src/speech/explaining/compared-frames';
import { matchingFramesOf } from '../../../../src/speech/templates/matching-frames';
import { defaultTimeWarping, TimeWarper } from '../../../../src/speech/templates/time-warping';
import { AH, EE, OO, word } from './explaining-sounds';

const pair = (
  one: ReturnType<typeof word>,
  other: ReturnType<typeof word>,
  options?: Parameters<typeof align>[2],
) => {
  const [first, second] = comparedFramesOf([one, other]);
  if (first === undefined || second === undefined) throw new Error('two utterances give two sequences');
  return align(first, second, options);
};

describe('align', () => {
  it.each([
    ['the same length', word(AH, EE), word(EE, OO)],
    ['a longer first', word(AH, EE, OO), word(AH, OO)],
    ['a longer second', word(AH), word(EE, AH, OO)],
  ])('has the distance of the matcher with %s', (_, one, other) => {
    const { distance, costs } = pair(one, other, defaultTimeWarping);
    const byWarper = new TimeWarper().distance(matchingFramesOf(one), matchingFramesOf(other));
    expect(distance).toBeCloseTo(byWarper, 3);
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(distance, 9);
  });

  it('lays an utterance on itself without a cost', () => {
    const { distance, partners } = pair(word(AH, EE, OO), word(AH, EE, OO));
    expect(distance).toBe(0);
    expect([...partners]).toEqual([...partners.keys()]);
  });

  it('never runs backwards', () => {
    const { partners } = pair(word(AH, EE, OO), word(AH, AH, EE, OO));
    const backwards = partners.filter((partner, frame) => frame > 0 && partner < (partners[frame - 1] ?? 0));
    expect(backwards).toHaveLength(0);
  });

  it('is infinitely far from nothing', () => {
    const nothing = { frameCount: 0, dimensions: 64, data: new Float32Array(), weights: new Float32Array() };
    expect(align(nothing, nothing).distance).toBe(Number.POSITIVE_INFINITY);
  });

  it('compares by what the encoder heard where it heard both, and by templates where it did not', () => {
    const encoded = (frames: readonly (readonly number[])[]) => ({
      ...word(AH),
      embedding: {
        phrase: new Float32Array(96),
        speaker: new Float32Array(64),
        frames: { frameCount: frames.length, dimensions: 2, data: Float32Array.from(frames.flat()) },
      },
    });
    // Louder, but the same direction: the same sound to an encoder.
    const quiet = encoded([
      [1, 0],
      [0, 1],
    ]);
    const loud = encoded([
      [5, 0],
      [0, 7],
    ]);
    expect(pair(quiet, loud).costs).toHaveLength(2);
    expect(pair(quiet, loud).distance).toBe(0);
    expect(pair(quiet, word(AH)).costs.length).toBeGreaterThan(2);
  });
});
