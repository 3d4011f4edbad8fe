import { assert } from '../../core/assert';
import { CosineTransform } from '../../features/cosine-transform';
import { writeDeltas } from '../../features/deltas';
import { MEL_BANDS } from '../../features/feature-extractor';
import type { FrameSequence, UtteranceFeatures } from '../../features/utterance-features';

/** An utterance laid out in phonetic time, ready to be pooled. */
export interface HeadView {
  /** Cepstra, then their derivatives: `VIEW_DIMENSIONS` numbers a frame. */
  readonly frames: FrameSequence;
  /** Where every frame begins in phonetic time, and where the last one ends: `frameCount + 1` values. */
  readonly position: Float64Array;
}

const CEPSTRA = 13;
export const VIEW_DIMENSIONS = 2 * CEPSTRA;
/** Natural log of energy: what lies this far below the loudest counts as silence. */
const DYNAMIC_RANGE = 12;
/** How much of a frame's length in phonetic time is up to spectral change; the rest is the same for all. */
const CHANGE_SHARE = 0.7;

const cosine = new CosineTransform(MEL_BANDS, CEPSTRA);

/** Cepstra and derivatives of band energies that are floored relative to the loudest of the utterance. */
function cepstraOf({ frameCount, data }: FrameSequence): FrameSequence {
  const floor = data.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) - DYNAMIC_RANGE;
  const floored = data.map((value) => Math.max(value, floor));
  const cepstra = new Float32Array(frameCount * VIEW_DIMENSIONS);
  for (let frame = 0; frame < frameCount; frame += 1) {
    cosine.apply(floored, frame * MEL_BANDS, cepstra, frame * VIEW_DIMENSIONS);
  }
  writeDeltas(cepstra, VIEW_DIMENSIONS, { from: 0, count: CEPSTRA, to: CEPSTRA });
  return { frameCount, dimensions: VIEW_DIMENSIONS, data: cepstra };
}

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

/** Takes the average sound out, weighted by phonetic time so that silence has no say in it. */
function centred({ frameCount, dimensions, data }: FrameSequence, position: Float64Array): FrameSequence {
  const whole = Math.max(position[frameCount] ?? 0, 1e-6);
  const centredData = Float32Array.from(data);
  for (let order = 0; order < CEPSTRA; order += 1) {
    let sum = 0;
    for (let frame = 0; frame < frameCount; frame += 1) {
      const length = (position[frame + 1] ?? 0) - (position[frame] ?? 0);
      sum += length * (data[frame * dimensions + order] ?? 0);
    }
    for (let at = order; at < centredData.length; at += dimensions) {
      centredData[at] = (centredData[at] ?? 0) - sum / whole;
    }
  }
  return { frameCount, dimensions, data: centredData };
}

/**
 * Lays an utterance out in phonetic time: a clock that stands still in silence, runs slowly through held
 * sounds and fast where the spectrum changes. Equal segments of it hold the same sounds however slowly
 * they were said, and whatever silence was left on. Depends on this utterance alone.
 */
export function headViewOf(features: UtteranceFeatures): HeadView {
  assert(features.logMel.frameCount > 0, 'an utterance has frames');
  assert(features.logMel.dimensions === MEL_BANDS, 'one band count everywhere', features.logMel.dimensions);
  const frames = cepstraOf(features.logMel);
  const loudness = loudnessOf(features.logMel);
  const change = changeOf(frames);
  const position = new Float64Array(frames.frameCount + 1);
  for (let frame = 0; frame < frames.frameCount; frame += 1) {
    const length = (loudness[frame] ?? 0) * (1 - CHANGE_SHARE + CHANGE_SHARE * (change[frame] ?? 0));
    position[frame + 1] = (position[frame] ?? 0) + length;
  }
  return { frames: centred(frames, position), position };
}
