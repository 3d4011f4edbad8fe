import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { HEAD_FEATURE_COUNT, poolHeadFeatures } from '../../../../src/speech/head/head-features';
import { headViewOf } from '../../../../src/speech/head/head-view';
import { type Saying, sayPhrase } from './head-synthetic';

const pooled = (phrase: number, saying: Saying): Float64Array =>
  poolHeadFeatures(headViewOf(sayPhrase(phrase, seededRandom(3), saying)));

const USUAL = { tempo: 1, gain: 0.5, paddingMs: 200 };

/** Euclidean distance of all features but the duration. */
function apart(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.subarray(0, -1).map((value, index) => value - (b[index] ?? 0)));
}

describe('poolHeadFeatures', () => {
  it('gives the same count of finite numbers for any length', () => {
    for (const tempo of [0.2, 1, 5]) {
      const row = pooled(0, { ...USUAL, tempo });
      expect(row).toHaveLength(HEAD_FEATURE_COUNT);
      expect(row.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([
    ['slower', { ...USUAL, tempo: 1.6 }],
    ['more quietly', { ...USUAL, gain: 0.1 }],
    ['with more silence left on', { ...USUAL, paddingMs: 350 }],
  ])('hardly changes when the phrase is said %s', (_, saying) => {
    const usual = pooled(0, USUAL);
    expect(apart(usual, pooled(0, saying))).toBeLessThan(apart(usual, pooled(1, USUAL)) / 2);
  });

  it('is finite for digital silence and for a single frame', () => {
    const silence = { frameCount: 1, dimensions: 40, data: new Float32Array(40).fill(Math.log(1e-10)) };
    const mfcc = { frameCount: 1, dimensions: 26, data: new Float32Array(26) };
    expect(poolHeadFeatures(headViewOf({ logMel: silence, mfcc })).every(Number.isFinite)).toBe(true);
  });

  it('moves with its borders', () => {
    const view = headViewOf(sayPhrase(0, seededRandom(3), USUAL));
    expect(apart(poolHeadFeatures(view), poolHeadFeatures(view, { start: 0.2, end: 0 }))).toBeGreaterThan(1);
  });
});
