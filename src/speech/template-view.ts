import { CosineTransform } from '../features/cosine-transform';
import { writeDeltas } from '../features/deltas';
import { CEPSTRA, MEL_BANDS } from '../features/feature-extractor';
import type { FrameSequence, UtteranceFeatures } from '../features/utterance-features';

/** Energies this far below the loudest band of the utterance count as silence, in natural log units. */
const DYNAMIC_RANGE = 12;

const cosine = new CosineTransform(MEL_BANDS, CEPSTRA);

/**
 * What templates compare: cepstra and their derivatives with everything taken out that says more about
 * the microphone than about the word. Depends on this utterance alone, so forgetting stays exact.
 */
export function templateViewOf(features: UtteranceFeatures): FrameSequence {
  const { frameCount, data } = features.logMel;
  const dimensions = 2 * CEPSTRA;
  const view = new Float32Array(frameCount * dimensions);
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of data) if (value > loudest) loudest = value;
  const floored = new Float64Array(MEL_BANDS);
  const means = new Float64Array(CEPSTRA);
  for (let frame = 0; frame < frameCount; frame += 1) {
    for (let band = 0; band < MEL_BANDS; band += 1) {
      floored[band] = Math.max(data[frame * MEL_BANDS + band] as number, loudest - DYNAMIC_RANGE);
    }
    cosine.apply(floored, 0, view, frame * dimensions);
    for (let order = 0; order < CEPSTRA; order += 1) {
      means[order] = (means[order] as number) + (view[frame * dimensions + order] as number) / frameCount;
    }
  }
  for (let frame = 0; frame < frameCount; frame += 1) {
    for (let order = 0; order < CEPSTRA; order += 1) {
      const index = frame * dimensions + order;
      view[index] = (view[index] as number) - (means[order] as number);
    }
  }
  writeDeltas(view, dimensions, { from: 0, count: CEPSTRA, to: CEPSTRA });
  return { frameCount, dimensions, data: view };
}
