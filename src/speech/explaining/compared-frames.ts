import type { FrameSequence, UtteranceFeatures } from '../../features/utterance-features';
import { MATCHING_DIMENSIONS, matchingFramesOf } from '../templates/matching-frames';

/** An utterance as it is compared moment by moment. Row-major, a frame every 20 ms. */
export interface ComparedFrames {
  readonly frameCount: number;
  readonly dimensions: number;
  readonly data: Float32Array;
  /** How much a frame counts, above 0 and up to 1: speech more than the silence around it. */
  readonly weights: Float32Array;
}

export const COMPARED_FRAME_MS = 20;

/**
 * What the encoder hears where it heard all of them, what templates compare otherwise: recordings are only
 * compared by what all of them have.
 */
export function comparedFramesOf(utterances: readonly UtteranceFeatures[]): readonly ComparedFrames[] {
  const encoded = utterances.map(({ embedding }) => embedding?.frames);
  return utterances.map((features, index) => {
    const { frameCount, data, weights } = matchingFramesOf(features);
    const heard = encoded.includes(undefined) ? undefined : encoded[index];
    if (heard === undefined) return { frameCount, dimensions: MATCHING_DIMENSIONS, data, weights };
    return { ...heard, data: ofUnitLength(heard), weights: stretched(weights, heard.frameCount) };
  });
}

/** Frames of length 1: what was said, without how clearly. */
function ofUnitLength({ frameCount, dimensions, data }: FrameSequence): Float32Array {
  const unit = new Float32Array(data.length);
  for (let frame = 0; frame < frameCount; frame += 1) {
    const start = frame * dimensions;
    let squares = 0;
    for (let index = start; index < start + dimensions; index += 1) squares += (data[index] as number) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let index = start; index < start + dimensions; index += 1) {
      unit[index] = (data[index] as number) * scale;
    }
  }
  return unit;
}

/** Both have a frame every 20 ms, but not always the same number of them at the end. */
function stretched(weights: Float32Array, frameCount: number): Float32Array {
  const last = Math.max(0, weights.length - 1);
  return Float32Array.from({ length: frameCount }, (_, frame) => weights[Math.min(frame, last)] ?? 1);
}
