import type { MatchingFrames } from '../templates/matching-frames';
import type { TimeWarper } from '../templates/time-warping';

/** Parts of a phrase that are looked at one by one. */
export const SEGMENT_COUNT = 6;

/** How one utterance of a phrase lies on the phrase's most typical take. Plain figures: no voice can be made from them. */
export interface MedoidAlignment {
  /** How fast it was said next to the medoid: 2 is twice as fast. */
  readonly rate: number;
  /** Mean distance to the medoid within each of the `SEGMENT_COUNT` parts, from the beginning to the end. */
  readonly segmentCosts: readonly number[];
}

/** Frames that weigh less than this belong to the silence around the phrase; the loudest frame weighs 1. */
const SPEECH_WEIGHT = 0.45;
const LEAST_SPEECH_FRAMES = 2 * SEGMENT_COUNT;

/**
 * Parts of equal weight between the first and the last frame of speech of a medoid: they follow its sounds, not its silences.
 *
 * @returns the part of each frame, -1 outside; `undefined` where there is too little speech for parts
 */
export function segmentsOf({ weights, frameCount }: MatchingFrames): Int8Array | undefined {
  const first = weights.findIndex((weight) => weight >= SPEECH_WEIGHT);
  const last = weights.findLastIndex((weight) => weight >= SPEECH_WEIGHT);
  if (first < 0 || last - first + 1 < LEAST_SPEECH_FRAMES) return undefined;
  const segments = new Int8Array(frameCount).fill(-1);
  const total = weights.subarray(first, last + 1).reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (let frame = first; frame <= last; frame += 1) {
    const weight = weights[frame] as number;
    segments[frame] = Math.min(SEGMENT_COUNT - 1, Math.floor(((sum + weight / 2) / total) * SEGMENT_COUNT));
    sum += weight;
  }
  return segments;
}

/** `undefined` where either has too little speech to be aligned part by part. */
export function alignWithMedoid(
  medoid: MatchingFrames,
  utterance: MatchingFrames,
  warper: TimeWarper,
): MedoidAlignment | undefined {
  const segments = segmentsOf(medoid);
  const path = segments && warper.path(medoid, utterance);
  if (segments === undefined || path === undefined) return undefined;
  const total = 0.5 * (sumOf(medoid.weights) + sumOf(utterance.weights));
  const costs = new Float64Array(SEGMENT_COUNT);
  const weights = new Float64Array(SEGMENT_COUNT);
  for (const [frame, segment] of segments.entries())
    if (segment >= 0) weights[segment] = (weights[segment] as number) + (medoid.weights[frame] as number);
  let firstPair = -1;
  let lastPair = -1;
  for (const [pair, frame] of path.one.entries()) {
    const segment = segments[frame] as number;
    if (segment < 0) continue;
    if (firstPair < 0) firstPair = pair;
    lastPair = pair;
    costs[segment] = (costs[segment] as number) + (path.costs[pair] as number) * total;
  }
  const medoidFrames = (path.one[lastPair] as number) - (path.one[firstPair] as number) + 1;
  const utteranceFrames = (path.other[lastPair] as number) - (path.other[firstPair] as number) + 1;
  return {
    rate: medoidFrames / utteranceFrames,
    segmentCosts: Array.from(costs, (cost, segment) => cost / Math.max(1e-6, weights[segment] as number)),
  };
}

function sumOf(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
