import { assert } from '../../core/assert';
import { CosineTransform } from '../../features/cosine-transform';
import { writeDeltas } from '../../features/deltas';
import { MEL_BANDS } from '../../features/feature-extractor';
import type { FrameSequence, UtteranceFeatures } from '../../features/utterance-features';

/** An utterance as templates compare it. Row-major; a frame is 20 ms, or longer when pooled. */
export interface MatchingFrames {
  readonly frameCount: number;
  /** `MATCHING_DIMENSIONS` numbers a frame, then up to `FRAME_BLOCK - 1` frames of zeros. */
  readonly data: Float32Array;
  /** How much a frame counts, above 0 and up to 1: speech more than the silence around it. */
  readonly weights: Float32Array;
  /** Squared length of every frame. */
  readonly squares: Float32Array;
}

const CEPSTRA = 16;
/** Two views with derivatives, the second without its zeroth order, padded to a multiple of four. */
export const MATCHING_DIMENSIONS = 64;
/** Frames are compared so many at a time. */
export const FRAME_BLOCK = 4;

export interface MatchingFramesOptions {
  /**
   * How far below the loudest band of the utterance energies still count, in natural log units. The deep
   * view hears soft consonants; the shallow one hears the same in a noisy room as in a quiet one.
   */
  readonly deepRange: number;
  readonly shallowRange: number;
  /** Between mean normalisation alone (0) and full variance normalisation (1). */
  readonly varianceExponent: number;
  /** Derivatives are this much larger than their slope per frame. */
  readonly deltaWeight: number;
  /** Weight of silence, where the loudest frame has 1. */
  readonly leastWeight: number;
}

/** Measured together on all sets of voices; `docs/decisions/0003-template-matching.md` has the table. */
export const defaultMatchingFrames: MatchingFramesOptions = {
  deepRange: 12,
  shallowRange: 7,
  varianceExponent: 0.7,
  deltaWeight: 4,
  leastWeight: 0.2,
};

const DELTA_REACH_FRAMES = 4;
const POOLED_FRAMES = 2;

const cosine = new CosineTransform(MEL_BANDS, CEPSTRA);

/**
 * Cepstra and their derivatives with everything taken out that says more about the microphone, the
 * distance and the room than about the word: mean and most of the variance of each order (Viikki and
 * Laurila, 1998), and everything far below the loudest sound. Two depths of that floor side by side, so
 * that both share one alignment. Depends on this utterance alone, so forgetting stays exact.
 */
export function matchingFramesOf(
  { logMel }: UtteranceFeatures,
  options: MatchingFramesOptions = defaultMatchingFrames,
): MatchingFrames {
  assert(logMel.dimensions === MEL_BANDS, 'one band count everywhere', logMel.dimensions);
  const sourceCount = logMel.frameCount;
  const fine = new Float32Array(sourceCount * MATCHING_DIMENSIONS);
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of logMel.data) if (value > loudest) loudest = value;
  const deepFloor = loudest - options.deepRange;
  const shallowFloor = loudest - options.shallowRange;
  writeView(fine, { offset: 0, firstOrder: 0 }, logMel, deepFloor, options);
  writeView(fine, { offset: 2 * CEPSTRA, firstOrder: 1 }, logMel, shallowFloor, options);
  const weights = frameWeights(logMel, deepFloor, options.leastWeight);
  return poolFrames({ frameCount: sourceCount, data: fine, weights }, POOLED_FRAMES);
}

/** Means over groups of `group` frames; what does not fill a group at the end is left off. */
export function poolFrames(
  { frameCount, data, weights }: Omit<MatchingFrames, 'squares'>,
  group: number,
): MatchingFrames {
  const pooledCount = frameCount < group ? Math.min(1, frameCount) : Math.floor(frameCount / group);
  const pooled = new Float32Array((pooledCount + FRAME_BLOCK - 1) * MATCHING_DIMENSIONS);
  const pooledWeights = new Float32Array(pooledCount);
  const squares = new Float32Array(pooledCount);
  for (let frame = 0; frame < pooledCount; frame += 1) {
    const size = Math.min(group, frameCount);
    let sumOfSquares = 0;
    for (let column = 0; column < MATCHING_DIMENSIONS; column += 1) {
      let sum = 0;
      for (let member = 0; member < size; member += 1) {
        sum += data[(frame * group + member) * MATCHING_DIMENSIONS + column] as number;
      }
      pooled[frame * MATCHING_DIMENSIONS + column] = sum / size;
      sumOfSquares += (sum / size) ** 2;
    }
    let weight = 0;
    for (let member = 0; member < size; member += 1) weight += weights[frame * group + member] as number;
    pooledWeights[frame] = weight / size;
    squares[frame] = sumOfSquares;
  }
  return { frameCount: pooledCount, data: pooled, weights: pooledWeights, squares };
}

/** One floor's cepstra from `firstOrder` on, normalised, followed by their derivatives. */
function writeView(
  target: Float32Array,
  { offset, firstOrder }: { readonly offset: number; readonly firstOrder: number },
  { data: logMel, frameCount }: FrameSequence,
  floor: number,
  { varianceExponent, deltaWeight }: MatchingFramesOptions,
): void {
  const cepstra = new Float64Array(frameCount * CEPSTRA);
  const floored = new Float64Array(MEL_BANDS);
  for (let frame = 0; frame < frameCount; frame += 1) {
    for (let band = 0; band < MEL_BANDS; band += 1) {
      floored[band] = Math.max(logMel[frame * MEL_BANDS + band] as number, floor);
    }
    cosine.apply(floored, 0, cepstra, frame * CEPSTRA);
  }
  const count = CEPSTRA - firstOrder;
  for (let order = firstOrder; order < CEPSTRA; order += 1) {
    let mean = 0;
    for (let frame = 0; frame < frameCount; frame += 1) mean += cepstra[frame * CEPSTRA + order] as number;
    mean /= frameCount;
    let variance = 0;
    for (let frame = 0; frame < frameCount; frame += 1) {
      variance += ((cepstra[frame * CEPSTRA + order] as number) - mean) ** 2;
    }
    const scale = 1 / ((variance / frameCount) ** (varianceExponent / 2) + 1e-3);
    for (let frame = 0; frame < frameCount; frame += 1) {
      target[frame * MATCHING_DIMENSIONS + offset + order - firstOrder] =
        ((cepstra[frame * CEPSTRA + order] as number) - mean) * scale;
    }
  }
  writeDeltas(target, MATCHING_DIMENSIONS, {
    from: offset,
    count,
    to: offset + count,
    reach: DELTA_REACH_FRAMES,
    scale: deltaWeight,
  });
}

function frameWeights(
  { data: logMel, frameCount }: FrameSequence,
  floor: number,
  leastWeight: number,
): Float32Array {
  const levels = new Float32Array(frameCount);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let frame = 0; frame < frameCount; frame += 1) {
    let sum = 0;
    for (let band = 0; band < MEL_BANDS; band += 1) {
      sum += Math.max(logMel[frame * MEL_BANDS + band] as number, floor);
    }
    levels[frame] = sum / MEL_BANDS;
    least = Math.min(least, sum / MEL_BANDS);
    most = Math.max(most, sum / MEL_BANDS);
  }
  const range = Math.max(most - least, 1e-6);
  return levels.map((level) => leastWeight + ((1 - leastWeight) * (level - least)) / range);
}
