import { assert } from '../core/assert';
import type { FrameSequence, UtteranceFeatures } from '../features/utterance-features';
import { templateViewOf } from './template-view';

/** An utterance laid out in phonetic time, ready to be pooled. */
export interface HeadView {
  readonly frames: FrameSequence;
  /** Where every frame begins in phonetic time, and where the last one ends: `frameCount + 1` values. */
  readonly position: Float64Array;
}

/** Moves the outer borders of the pooled stretch, as shares of its length. Positive is later. */
export interface Jitter {
  readonly start: number;
  readonly end: number;
}

const SEGMENTS = 5;
/** How far a segment reaches into its neighbours, as a share of its length. */
const OVERLAP = 0.5;
/** How much of a frame's length in phonetic time is up to spectral change; the rest is the same for all. */
const CHANGE_SHARE = 0.7;
/** Natural log of energy: frames this far below the loudest take no phonetic time at all. */
const DYNAMIC_RANGE = 12;
const CEPSTRA = 13;
const VIEW_DIMENSIONS = 2 * CEPSTRA;

/** Mean and deviation of each cepstrum and derivative in each segment, and the log of the duration. */
export const HEAD_FEATURE_COUNT = SEGMENTS * VIEW_DIMENSIONS * 2 + 1;

function loudnessOf({ frameCount, dimensions, data }: FrameSequence): Float64Array {
  const loudness = new Float64Array(frameCount);
  for (let frame = 0; frame < frameCount; frame += 1) {
    let energy = 0;
    for (let band = 0; band < dimensions; band += 1) energy += Math.exp(data[frame * dimensions + band] ?? 0);
    loudness[frame] = Math.log(energy);
  }
  const loudest = loudness.reduce((most, level) => Math.max(most, level), Number.NEGATIVE_INFINITY);
  const softest = loudness.reduce((least, level) => Math.min(least, level), Number.POSITIVE_INFINITY);
  const floor = Math.max(softest, loudest - DYNAMIC_RANGE);
  const range = Math.max(loudest - floor, 1e-6);
  return loudness.map((level) => Math.max(0, level - floor) / range);
}

function changeOf({ frameCount, dimensions, data }: FrameSequence): Float64Array {
  const change = new Float64Array(frameCount);
  let total = 0;
  for (let frame = 0; frame < frameCount; frame += 1) {
    let sum = 0;
    for (let order = CEPSTRA; order < dimensions; order += 1)
      sum += (data[frame * dimensions + order] ?? 0) ** 2;
    change[frame] = Math.sqrt(sum);
    total += Math.sqrt(sum);
  }
  const mean = Math.max(total / frameCount, 1e-6);
  return change.map((value) => value / mean);
}

/**
 * Lays an utterance out in phonetic time: a clock that stands still in silence, runs slowly through held
 * sounds and fast where the spectrum changes. Equal segments of it hold the same sounds however slowly
 * they were said, and whatever silence was left on. Depends on this utterance alone.
 */
export function headViewOf(features: UtteranceFeatures): HeadView {
  assert(features.logMel.frameCount > 0, 'an utterance has frames');
  const frames = templateViewOf(features);
  const loudness = loudnessOf(features.logMel);
  const change = changeOf(frames);
  const position = new Float64Array(frames.frameCount + 1);
  for (let frame = 0; frame < frames.frameCount; frame += 1) {
    const length = (loudness[frame] ?? 0) * (1 - CHANGE_SHARE + CHANGE_SHARE * (change[frame] ?? 0));
    position[frame + 1] = (position[frame] ?? 0) + length;
  }
  return { frames, position };
}

/** Mean and deviation of every dimension between two points of phonetic time, into `row` at `offset`. */
function poolSegment(
  { frames, position }: HeadView,
  from: number,
  to: number,
  row: Float64Array,
  offset: number,
): void {
  const { frameCount, dimensions, data } = frames;
  let total = 0;
  for (let frame = 0; frame < frameCount; frame += 1) {
    const weight = Math.min(position[frame + 1] ?? 0, to) - Math.max(position[frame] ?? 0, from);
    if (weight <= 0) continue;
    total += weight;
    for (let order = 0; order < dimensions; order += 1) {
      const value = data[frame * dimensions + order] ?? 0;
      const mean = offset + order;
      row[mean] = (row[mean] ?? 0) + weight * value;
      row[mean + dimensions] = (row[mean + dimensions] ?? 0) + weight * value * value;
    }
  }
  if (total === 0) return;
  for (let mean = offset; mean < offset + dimensions; mean += 1) {
    const average = (row[mean] ?? 0) / total;
    const variance = (row[mean + dimensions] ?? 0) / total - average * average;
    row[mean] = average;
    row[mean + dimensions] = Math.sqrt(Math.max(0, variance));
  }
}

/** Pools an utterance of any length into `HEAD_FEATURE_COUNT` numbers, not yet standardised. */
export function poolHeadFeatures(view: HeadView, jitter: Jitter = { start: 0, end: 0 }): Float64Array {
  const row = new Float64Array(HEAD_FEATURE_COUNT);
  const { frames, position } = view;
  const whole = position[frames.frameCount] ?? 0;
  const start = whole * jitter.start;
  const length = (whole * (1 + jitter.end) - start) / SEGMENTS;
  for (let segment = 0; segment < SEGMENTS; segment += 1) {
    const from = start + (segment - OVERLAP) * length;
    const to = start + (segment + 1 + OVERLAP) * length;
    poolSegment(view, from, to, row, segment * 2 * VIEW_DIMENSIONS);
  }
  row[HEAD_FEATURE_COUNT - 1] = Math.log(frames.frameCount);
  return row;
}
