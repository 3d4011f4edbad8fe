import { defaultTimeWarping, type TimeWarpingOptions } from '../templates/time-warping';
import type { ComparedFrames } from './compared-frames';

/** How one utterance lies on another, and what every moment of it costs. */
export interface Alignment {
  /** The sum of `costs`; `Infinity` when either has no frames. */
  readonly distance: number;
  /** What each frame of the first adds to the distance. */
  readonly costs: Float64Array;
  /** For each frame of the first the frame of the second beside it; a mean where it lies on several. */
  readonly partners: Float32Array;
}

/**
 * Narrower than for matching, where other words may vanish in a pause: that costs little time and decides well, but
 * what is looked at should lie beside what it is compared with.
 */
export const shownWarping: TimeWarpingOptions = { ...defaultTimeWarping, bandShare: 0.3 };

const LEAST_BAND_FRAMES = 3;

/** Steps that lead to a pair of frames. */
const DIAGONAL = 0;
const FROM_FIRST = 1;
const FROM_SECOND = 2;

/**
 * The dynamic time warping of `TimeWarper` with its path kept: with the same options it has the same distance.
 * Frames may have any number of dimensions. Remembers every step, so it is for a handful of pairs, not for matching.
 */
export function align(
  first: ComparedFrames,
  second: ComparedFrames,
  options: TimeWarpingOptions = shownWarping,
): Alignment {
  const rows = first.frameCount;
  const columns = second.frameCount;
  const costs = new Float64Array(rows);
  const partners = new Float32Array(rows);
  if (rows === 0 || columns === 0) return { distance: Number.POSITIVE_INFINITY, costs, partners };

  const { locals, steps } = walk(first, second, options);
  const total = 0.5 * (sum(first.weights) + sum(second.weights));
  const visits = new Uint32Array(rows);
  let distance = 0;
  let row = rows - 1;
  let column = columns - 1;
  while (row >= 0 && column >= 0) {
    const cell = row * columns + column;
    const step = steps[cell] as number;
    const weight = step === DIAGONAL ? options.diagonalWeight : 1;
    const cost = (weight * (locals[cell] as number)) / total;
    costs[row] = (costs[row] as number) + cost;
    partners[row] = (partners[row] as number) + column;
    visits[row] = (visits[row] as number) + 1;
    distance += cost;
    if (step !== FROM_SECOND) row -= 1;
    if (step !== FROM_FIRST) column -= 1;
  }
  for (let frame = 0; frame < rows; frame += 1) {
    partners[frame] = (partners[frame] as number) / Math.max(1, visits[frame] as number);
  }
  return { distance, costs, partners };
}

/** Cost of every pair of frames inside the band, and the step by which the cheapest path comes to it. */
function walk(
  first: ComparedFrames,
  second: ComparedFrames,
  { bandShare, diagonalWeight }: TimeWarpingOptions,
): { locals: Float64Array; steps: Uint8Array } {
  const rows = first.frameCount;
  const columns = second.frameCount;
  const locals = new Float64Array(rows * columns);
  const steps = new Uint8Array(rows * columns);
  const reached = new Float64Array((rows + 1) * (columns + 1)).fill(Number.POSITIVE_INFINITY);
  reached[0] = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (!isInBand(row, column, rows, columns, bandShare)) continue;
      const local = pairCost(first, row, second, column);
      const corner = row * (columns + 1) + column;
      const diagonal = (reached[corner] as number) + diagonalWeight * local;
      const fromFirst = (reached[corner + 1] as number) + local;
      const fromSecond = (reached[corner + columns + 1] as number) + local;
      const best = Math.min(diagonal, fromFirst, fromSecond);
      const cell = row * columns + column;
      locals[cell] = local;
      steps[cell] = best === diagonal ? DIAGONAL : best === fromFirst ? FROM_FIRST : FROM_SECOND;
      reached[corner + columns + 2] = best;
    }
  }
  return { locals, steps };
}

/** The band lies along the longer of the two, so that it is the same either way round. */
function isInBand(row: number, column: number, rows: number, columns: number, share: number): boolean {
  const [along, across, length, width] =
    rows >= columns ? [row, column, rows, columns] : [column, row, columns, rows];
  const centre = ((along + 0.5) * width) / length - 0.5;
  return Math.abs(across - centre) <= Math.max(LEAST_BAND_FRAMES, share * length);
}

function pairCost(first: ComparedFrames, row: number, second: ComparedFrames, column: number): number {
  const { dimensions } = first;
  let squares = 0;
  for (let index = 0; index < dimensions; index += 1) {
    const difference =
      (first.data[row * dimensions + index] as number) - (second.data[column * dimensions + index] as number);
    squares += difference * difference;
  }
  return 0.25 * ((first.weights[row] as number) + (second.weights[column] as number)) * squares;
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
