import type { UtteranceFeatures } from '../../src/features/utterance-features';

const BAND_SHARE = 0.2;
const LEAST_BAND_FRAMES = 5;

/**
 * The baseline that every template recogniser is measured against (Rhasspy Raven, node-personal-wakeword):
 * 13 mean-normalised MFCC and their derivatives, Euclidean frame distance, symmetric time warping in a
 * Sakoe-Chiba band. Shares nothing with the app but the MFCC.
 */
export class FrameDistance {
  readonly #centred = new WeakMap<UtteranceFeatures, Float32Array>();

  between(a: UtteranceFeatures, b: UtteranceFeatures): number {
    const rows = a.mfcc.frameCount;
    const columns = b.mfcc.frameCount;
    const { dimensions } = a.mfcc;
    if (rows === 0 || columns === 0) return Number.POSITIVE_INFINITY;
    const dataA = this.#centredOf(a);
    const dataB = this.#centredOf(b);
    const slope = columns / rows;
    const band = Math.max(LEAST_BAND_FRAMES, slope, BAND_SHARE * Math.max(rows, columns));
    let previous = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    previous[0] = 0;
    for (let row = 0; row < rows; row += 1) {
      const current = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
      const centre = (row + 0.5) * slope - 0.5;
      const last = Math.min(columns - 1, Math.floor(centre + band));
      for (let column = Math.max(0, Math.ceil(centre - band)); column <= last; column += 1) {
        let squares = 0;
        for (let index = 0; index < dimensions; index += 1) {
          squares +=
            ((dataA[row * dimensions + index] as number) - (dataB[column * dimensions + index] as number)) **
            2;
        }
        const local = Math.sqrt(squares);
        current[column + 1] = Math.min(
          (previous[column] as number) + 2 * local,
          (previous[column + 1] as number) + local,
          (current[column] as number) + local,
        );
      }
      previous = current;
    }
    return (previous[columns] as number) / (rows + columns);
  }

  #centredOf(features: UtteranceFeatures): Float32Array {
    const known = this.#centred.get(features);
    if (known !== undefined) return known;
    const { frameCount, dimensions, data } = features.mfcc;
    const centred = data.slice();
    for (let column = 0; column < dimensions; column += 1) {
      let mean = 0;
      for (let frame = 0; frame < frameCount; frame += 1) mean += data[frame * dimensions + column] as number;
      mean /= frameCount;
      for (let frame = 0; frame < frameCount; frame += 1) {
        centred[frame * dimensions + column] = (data[frame * dimensions + column] as number) - mean;
      }
    }
    this.#centred.set(features, centred);
    return centred;
  }
}
