import { assert } from '../core/assert';
import { type EncoderWeights, type Frames, stemTaps } from './encoder-weights';

/** What one step of the stem sees, a row each: its convolution is then a matrix product. */
export interface StemInput {
  readonly rowCount: number;
  /** `[rowCount, taps · bands]` */
  readonly rows: Float32Array;
}

/**
 * Floors, centres and scales a log-mel clip and lays its frames out for the stem, half a kernel of zeros
 * before the first and after the last.
 *
 * @param logMel natural log, `[frames, bands]`
 * @returns `undefined` for no frames at all, and for energies that are not finite
 */
export function stemInput(weights: EncoderWeights, logMel: Frames): StemInput | undefined {
  const { bands, range, scale } = weights.input;
  assert(logMel.dimensions === bands, 'log-mel fits the encoder', logMel.dimensions);
  const values = logMel.data.subarray(0, logMel.frameCount * bands);
  if (values.length === 0) return undefined;
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > loudest) loudest = value;
  const floor = loudest - range;
  let sum = 0;
  for (const value of values) sum += Math.max(value, floor);
  if (!Number.isFinite(sum)) return undefined;
  const mean = sum / values.length;

  const taps = stemTaps(weights);
  const padding = Math.floor(taps / 2) * bands;
  const padded = new Float32Array(values.length + 2 * padding);
  values.forEach((value, index) => {
    padded[padding + index] = (Math.max(value, floor) - mean) / scale;
  });
  const rowCount = Math.floor((logMel.frameCount - 1) / weights.stem.stride) + 1;
  const rows = new Float32Array(rowCount * taps * bands);
  for (let row = 0; row < rowCount; row += 1) {
    const from = row * weights.stem.stride * bands;
    rows.set(padded.subarray(from, from + taps * bands), row * taps * bands);
  }
  return { rowCount, rows };
}
