import { FRAME_BLOCK, MATCHING_DIMENSIONS, type MatchingFrames } from './matching-frames';

export interface TimeWarpingOptions {
  /** How far the path may stray from the diagonal, as a share of the longer sequence. */
  readonly bandShare: number;
  /** A diagonal step does the work of two straight ones: 2 makes waiting free, 1 makes it dear. */
  readonly diagonalWeight: number;
}

/** Wide, because pauses are left on at both ends; and good matches seldom wait. */
export const defaultTimeWarping: TimeWarpingOptions = { bandShare: 0.6, diagonalWeight: 1.4 };

const LEAST_BAND_FRAMES = 3;

/** How one sequence lies on the other: pair after pair, from the first frames to the last. */
export interface WarpingPath {
  /** Frame of the first and of the second sequence in every pair. */
  readonly one: Uint32Array;
  readonly other: Uint32Array;
  /** What every pair adds to the distance. */
  readonly costs: Float64Array;
  /** Exactly what `TimeWarper.distance` gives. */
  readonly distance: number;
}

/** Steps that lead to a pair: from the pair before in both sequences, in the longer, in the shorter one. */
const DIAGONAL = 0;
const IN_LONGER = 1;
const IN_SHORTER = 2;

/**
 * Dynamic time warping (Sakoe and Chiba, 1978) of squared Euclidean frame distances, each weighted by how
 * much both frames count, inside a band around the diagonal and divided by the weight of all frames, so
 * that short and long words compare. Symmetric. Work space is kept between calls: a distance allocates
 * nothing.
 */
export class TimeWarper {
  #previous = new Float64Array(256);
  #current = new Float64Array(256);
  readonly #options: TimeWarpingOptions;
  #dots = new Float64Array(256 + FRAME_BLOCK);

  constructor(options: TimeWarpingOptions = defaultTimeWarping) {
    this.#options = options;
  }

  /**
   * @param abandonAbove gives up, with `Infinity`, once the distance cannot stay below this
   * @returns at least 0; `Infinity` when either sequence is empty
   */
  distance(one: MatchingFrames, other: MatchingFrames, abandonAbove = Number.POSITIVE_INFINITY): number {
    // The longer one always comes first, so that the result is the same to the last bit either way round.
    const a = one.frameCount >= other.frameCount ? one : other;
    const b = a === one ? other : one;
    const rows = a.frameCount;
    const columns = b.frameCount;
    if (rows === 0 || columns === 0) return Number.POSITIVE_INFINITY;
    if (columns + 2 > this.#previous.length) {
      this.#previous = new Float64Array(2 * columns + 2);
      this.#current = new Float64Array(2 * columns + 2);
      this.#dots = new Float64Array(2 * columns + 2 + FRAME_BLOCK);
    }
    const dots = this.#dots;
    const dataA = a.data;
    const dataB = b.data;
    const weightsB = b.weights;
    const squaresB = b.squares;
    const slope = columns / rows;
    const band = Math.max(LEAST_BAND_FRAMES, this.#options.bandShare * rows);
    const total = 0.5 * (sum(a.weights) + sum(b.weights));
    const { diagonalWeight } = this.#options;
    const limit = abandonAbove * total;
    let previous = this.#previous;
    let current = this.#current;
    previous.fill(Number.POSITIVE_INFINITY, 0, columns + 2);
    current.fill(Number.POSITIVE_INFINITY, 0, columns + 2);
    previous[0] = 0;
    for (let row = 0; row < rows; row += 1) {
      const centre = (row + 0.5) * slope - 0.5;
      const first = Math.max(0, Math.ceil(centre - band));
      const last = Math.min(columns - 1, Math.floor(centre + band));
      const weightA = a.weights[row] as number;
      const squaresA = a.squares[row] as number;
      let left = Number.POSITIVE_INFINITY;
      let best = Number.POSITIVE_INFINITY;
      current[first] = Number.POSITIVE_INFINITY;
      writeDots(dataA, row * MATCHING_DIMENSIONS, dataB, first, last, dots);
      for (let column = first; column <= last; column += 1) {
        const squares = squaresA + (squaresB[column] as number) - 2 * (dots[column] as number);
        const local = squares > 0 ? 0.25 * (weightA + (weightsB[column] as number)) * squares : 0;
        const diagonal = (previous[column] as number) + diagonalWeight * local;
        const above = (previous[column + 1] as number) + local;
        left += local;
        if (diagonal < left) left = diagonal;
        if (above < left) left = above;
        current[column + 1] = left;
        if (left < best) best = left;
      }
      if (best > limit) return Number.POSITIVE_INFINITY;
      const swapped = previous;
      previous = current;
      current = swapped;
    }
    return (previous[columns] as number) / total;
  }

  /**
   * The alignment behind `distance`. Remembers every step, so it allocates and is several times slower: for a handful of
   * pairs, not for matching.
   *
   * @returns `undefined` when either sequence is empty
   */
  path(one: MatchingFrames, other: MatchingFrames): WarpingPath | undefined {
    const isSwapped = one.frameCount < other.frameCount;
    const a = isSwapped ? other : one;
    const b = isSwapped ? one : other;
    const rows = a.frameCount;
    const columns = b.frameCount;
    if (columns === 0) return undefined;
    const { steps, locals, reached } = this.#remember(a, b);
    const total = 0.5 * (sum(a.weights) + sum(b.weights));
    const pairs: { row: number; column: number; cost: number }[] = [];
    let row = rows - 1;
    let column = columns - 1;
    while (row >= 0 && column >= 0) {
      const step = steps[row * columns + column] as number;
      const weight = step === DIAGONAL ? this.#options.diagonalWeight : 1;
      pairs.push({ row, column, cost: (weight * (locals[row * columns + column] as number)) / total });
      if (step !== IN_SHORTER) row -= 1;
      if (step !== IN_LONGER) column -= 1;
    }
    pairs.reverse();
    const longer = Uint32Array.from(pairs, (pair) => pair.row);
    const shorter = Uint32Array.from(pairs, (pair) => pair.column);
    return {
      one: isSwapped ? shorter : longer,
      other: isSwapped ? longer : shorter,
      costs: Float64Array.from(pairs, ({ cost }) => cost),
      distance: reached / total,
    };
  }

  /** The recursion of `distance`, with every local cost and step kept, row by row. */
  #remember(
    a: MatchingFrames,
    b: MatchingFrames,
  ): { readonly steps: Uint8Array; readonly locals: Float64Array; readonly reached: number } {
    const rows = a.frameCount;
    const columns = b.frameCount;
    const { bandShare, diagonalWeight } = this.#options;
    const slope = columns / rows;
    const band = Math.max(LEAST_BAND_FRAMES, bandShare * rows);
    const steps = new Uint8Array(rows * columns);
    const locals = new Float64Array(rows * columns);
    const dots = new Float64Array(columns + FRAME_BLOCK);
    let previous = new Float64Array(columns + 2).fill(Number.POSITIVE_INFINITY);
    let current = previous.slice();
    previous[0] = 0;
    for (let row = 0; row < rows; row += 1) {
      const centre = (row + 0.5) * slope - 0.5;
      const first = Math.max(0, Math.ceil(centre - band));
      const last = Math.min(columns - 1, Math.floor(centre + band));
      current.fill(Number.POSITIVE_INFINITY);
      writeDots(a.data, row * MATCHING_DIMENSIONS, b.data, first, last, dots);
      for (let column = first; column <= last; column += 1) {
        const squares =
          (a.squares[row] as number) + (b.squares[column] as number) - 2 * (dots[column] as number);
        const weight = (a.weights[row] as number) + (b.weights[column] as number);
        const local = squares > 0 ? 0.25 * weight * squares : 0;
        let best = (current[column] as number) + local;
        let step = IN_SHORTER;
        const diagonal = (previous[column] as number) + diagonalWeight * local;
        const above = (previous[column + 1] as number) + local;
        if (diagonal < best) [best, step] = [diagonal, DIAGONAL];
        if (above < best) [best, step] = [above, IN_LONGER];
        const cell = row * columns + column;
        locals[cell] = local;
        steps[cell] = step;
        current[column + 1] = best;
      }
      [previous, current] = [current, previous];
    }
    return { steps, locals, reached: previous[columns] as number };
  }
}

/**
 * Dot products of one frame with the frames `first` to `last`, four at a time: each number of the one
 * frame is then loaded once for four products, which is twice as fast. May write up to three more.
 */
function writeDots(
  one: Float32Array,
  offset: number,
  others: Float32Array,
  first: number,
  last: number,
  dots: Float64Array,
): void {
  // A local copy: an imported constant is looked up again in every round unless a bundler inlined it.
  const dimensions = MATCHING_DIMENSIONS;
  for (let column = first; column <= last; column += FRAME_BLOCK) {
    const offset0 = column * dimensions;
    const offset1 = offset0 + dimensions;
    const offset2 = offset1 + dimensions;
    const offset3 = offset2 + dimensions;
    let dot0 = 0;
    let dot1 = 0;
    let dot2 = 0;
    let dot3 = 0;
    for (let index = 0; index < dimensions; index += 1) {
      const value = one[offset + index] as number;
      dot0 += value * (others[offset0 + index] as number);
      dot1 += value * (others[offset1 + index] as number);
      dot2 += value * (others[offset2 + index] as number);
      dot3 += value * (others[offset3 + index] as number);
    }
    dots[column] = dot0;
    dots[column + 1] = dot1;
    dots[column + 2] = dot2;
    dots[column + 3] = dot3;
  }
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
