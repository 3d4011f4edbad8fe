import { describe, expect, it } from 'vitest';
import { extractFeatures, MEL_BANDS } from '../../../../src/features/feature-extractor';
import type { UtteranceFeatures } from '../../../../src/features/utterance-features';
import {
  FRAME_BLOCK,
  MATCHING_DIMENSIONS,
  matchingFramesOf,
  poolFrames,
} from '../../../../src/speech/templates/matching-frames';
import { joined, mixed, noise, silence, vowel } from '../../../support/signals';

const word = joined(
  silence(0.2),
  vowel(0.25, 120, [700, 1200], -20),
  vowel(0.25, 110, [300, 2200], -20),
  silence(0.2),
);
const spoken = mixed(word, noise(0.9, -70));

const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 0))), 0);

describe('matchingFramesOf', () => {
  it('does not depend on how loud the word was said', () => {
    const loud = matchingFramesOf(extractFeatures(spoken));
    const quiet = matchingFramesOf(extractFeatures(spoken.map((sample) => sample / 8)));
    expect(farthest(loud.data, quiet.data)).toBeLessThan(1e-2);
    expect(farthest(loud.weights, quiet.weights)).toBeLessThan(1e-3);
  });

  it('does not depend on a microphone that colours every frame alike', () => {
    const features = extractFeatures(noise(0.6, -20));
    const coloured: UtteranceFeatures = {
      ...features,
      logMel: {
        ...features.logMel,
        // A gentle slope; too little for any band to fall below the floor.
        data: features.logMel.data.map((value, index) => value + 0.01 * (index % MEL_BANDS)),
      },
    };
    expect(farthest(matchingFramesOf(features).data, matchingFramesOf(coloured).data)).toBeLessThan(1e-3);
  });

  it('counts speech more than the silence around it, and silence still a little', () => {
    const { weights, frameCount } = matchingFramesOf(extractFeatures(spoken));
    expect(frameCount).toBe(44);
    expect(weights[2]).toBeLessThan(0.3);
    expect(weights[2]).toBeGreaterThanOrEqual(0.2);
    expect(weights[20]).toBeGreaterThan(0.8);
  });

  it('hears the same in a noisy room with the shallow view more than with the deep one', () => {
    const quiet = matchingFramesOf(extractFeatures(spoken));
    const noisy = matchingFramesOf(extractFeatures(mixed(word, noise(0.9, -38))));
    const change = (from: number, to: number): number => {
      let sum = 0;
      for (let frame = 0; frame < quiet.frameCount; frame += 1) {
        for (let column = from; column < to; column += 1) {
          const index = frame * MATCHING_DIMENSIONS + column;
          sum += ((quiet.data[index] ?? 0) - (noisy.data[index] ?? 0)) ** 2;
        }
      }
      return sum / (to - from);
    };
    expect(change(32, 47)).toBeLessThan(0.8 * change(1, 16));
  });

  it('pads with zeros so that frames can be read in blocks', () => {
    const { data, frameCount, squares } = matchingFramesOf(extractFeatures(spoken));
    expect(data.length).toBe((frameCount + FRAME_BLOCK - 1) * MATCHING_DIMENSIONS);
    expect(data.subarray(frameCount * MATCHING_DIMENSIONS).every((value) => value === 0)).toBe(true);
    const first = data.subarray(0, MATCHING_DIMENSIONS).reduce((sum, value) => sum + value * value, 0);
    expect(squares[0]).toBeCloseTo(first, 3);
  });

  it('survives what is too short to be a word', () => {
    expect(matchingFramesOf(extractFeatures(silence(0.01))).frameCount).toBe(0);
    expect(matchingFramesOf(extractFeatures(silence(0.025))).frameCount).toBe(1);
    expect(matchingFramesOf(extractFeatures(silence(0.3))).data.every(Number.isFinite)).toBe(true);
  });
});

describe('poolFrames', () => {
  it('averages groups of frames and leaves off what fills no group', () => {
    const frameCount = 7;
    const data = new Float32Array((frameCount + FRAME_BLOCK - 1) * MATCHING_DIMENSIONS);
    for (let frame = 0; frame < frameCount; frame += 1) data[frame * MATCHING_DIMENSIONS] = frame;
    const pooled = poolFrames({ frameCount, data, weights: Float32Array.of(1, 1, 1, 0.4, 0.5, 0.6, 1) }, 3);
    expect(pooled.frameCount).toBe(2);
    expect([pooled.data[0], pooled.data[MATCHING_DIMENSIONS]]).toEqual([1, 4]);
    expect(pooled.weights[1]).toBeCloseTo(0.5, 6);
    expect(pooled.squares[1]).toBe(16);
  });
});
