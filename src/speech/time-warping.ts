import { assert } from '../core/assert';
import type { FrameSequence } from '../features/utterance-features';

/** How far the warping path may stray from the diagonal, as a share of the longer sequence. */
const BAND_SHARE = 0.2;
/** The same in frames, for very short sequences. */
const LEAST_BAND_FRAMES = 6;

/**
 * Dynamic time warping (Sakoe and Chiba, 1978): the mean distance between two frame sequences along the
 * best alignment, with the path held inside a band around the diagonal. Symmetric steps: a diagonal step
 * counts twice, so the normaliser is the sum of both lengths for every path and distances of long and
 * short words compare. Work space is kept between calls: a distance allocates nothing.
 */
export class TimeWarper {
  #previous = new Float64Array(256);
  #current = new Float64Array(256);

  /**
   * @param abandonAbove gives up, with `Infinity`, once the mean distance cannot stay below this
   * @returns mean Euclidean frame distance; `Infinity` when either sequence is empty
   */
  distance(a: FrameSequence, b: FrameSequence, abandonAbove = Number.POSITIVE_INFINITY): number {
    assert(a.dimensions === b.dimensions, 'sequences of the same kind', a.dimensions);
    const rows = a.frameCount;
    const columns = b.frameCount;
    if (rows === 0 || columns === 0) return Number.POSITIVE_INFINITY;
    if (columns + 2 > this.#previous.length) {
      this.#previous = new Float64Array(2 * columns + 2);
      this.#current = new Float64Array(2 * columns + 2);
    }
    const dimensions = a.dimensions;
    const dataA = a.data;
    const dataB = b.data;
    const slope = columns / rows;
    const band = Math.max(LEAST_BAND_FRAMES, BAND_SHARE * Math.max(rows, columns), slope);
    const limit = abandonAbove * (rows + columns);
    let previous = this.#previous;
    let current = this.#current;
    previous.fill(Number.POSITIVE_INFINITY, 0, columns + 2);
    current.fill(Number.POSITIVE_INFINITY, 0, columns + 2);
    previous[0] = 0;
    for (let row = 0; row < rows; row += 1) {
      const centre = (row + 0.5) * slope - 0.5;
      const first = Math.max(0, Math.ceil(centre - band));
      const last = Math.min(columns - 1, Math.floor(centre + band));
      const offsetA = row * dimensions;
      let left = Number.POSITIVE_INFINITY;
      let best = Number.POSITIVE_INFINITY;
      current[first] = Number.POSITIVE_INFINITY;
      for (let column = first; column <= last; column += 1) {
        const offsetB = column * dimensions;
        let squares = 0;
        for (let index = 0; index < dimensions; index += 1) {
          const difference = (dataA[offsetA + index] as number) - (dataB[offsetB + index] as number);
          squares += difference * difference;
        }
        const local = Math.sqrt(squares);
        const diagonal = (previous[column] as number) + 2 * local;
        const above = (previous[column + 1] as number) + local;
        left += local;
        if (diagonal < left) left = diagonal;
        if (above < left) left = above;
        current[column + 1] = left;
        if (left < best) best = left;
      }
      if (last + 2 <= columns) current[last + 2] = Number.POSITIVE_INFINITY;
      if (best > limit) return Number.POSITIVE_INFINITY;
      [previous, current] = [current, previous];
    }
    return (previous[columns] as number) / (rows + columns);
  }
}
