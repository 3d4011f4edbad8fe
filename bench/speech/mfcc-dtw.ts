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
  readonly #rows: Float64Array[] = [];

  between(a: UtteranceFeatures, b: UtteranceFeatures): number {
    const rows = a.mfcc.frameCount;
    const columns = b.mfcc.frameCount;
    const { dimensions } = a.mfcc;
    if (rows === 0 || columns === 0) return Number.POSITIVE_INFINITY;
    const dataA = this.#centredOf(a);
    const dataB = this.#centredOf(b);
    const slope = columns / rows;
    const band = Math.max(LEAST_BAND_FRAMES, slope, BAND_SHARE * Math.max(rows, columns));
    let previous = this.#cleared(0, columns);
    previous[0] = 0;
    for (let row = 0; row < rows; row += 1) {
      const current = this.#cleared(1 + (row % 2), columns);
      const centre = (row + 0.5) * slope - 0.5;
      const last = Math.min(columns - 1, Math.floor(centre + band));
      for (let column = Math.max(0, Math.ceil(centre - band)); column <= last; column += 1) {
        const local = euclidean(dataA, row * dimensions, dataB, column * dimensions, dimensions);
        const diagonal = (previous[column] as number) + 2 * local;
        const above = (previous[column + 1] as number) + local;
        const left = (current[column] as number) + local;
        current[column + 1] = Math.min(diagonal, above, left);
      }
      previous = current;
    }
    return (previous[columns] as number) / (rows + columns);
  }

  /** One of three rows of the matrix, used over and over: a row a frame would keep the collector busy. */
  #cleared(index: number, columns: number): Float64Array {
    let row = this.#rows[index];
    if (row === undefined || row.length <= columns) {
      row = new Float64Array(columns + 1);
      this.#rows[index] = row;
    }
    return row.fill(Number.POSITIVE_INFINITY, 0, columns + 1);
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

/** Two sums side by side: one addition need not wait for the other. `dimensions` is even. */
function euclidean(
  a: Float32Array,
  fromA: number,
  b: Float32Array,
  fromB: number,
  dimensions: number,
): number {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < dimensions; index += 2) {
    const first = (a[fromA + index] as number) - (b[fromB + index] as number);
    const second = (a[fromA + index + 1] as number) - (b[fromB + index + 1] as number);
    even += first * first;
    odd += second * second;
  }
  return Math.sqrt(even + odd);
}
