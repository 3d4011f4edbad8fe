import { type HeadView, VIEW_DIMENSIONS } from './head-view';

/** Moves the outer borders of the pooled stretch, as shares of its length. Positive is later. */
export interface Jitter {
  readonly start: number;
  readonly end: number;
}

const SEGMENTS = 5;
/** How far a segment reaches into its neighbours, as a share of its length. */
const OVERLAP = 0.5;
/** Mean and deviation of each cepstrum and derivative in each segment, and the log of the duration. */
export const HEAD_FEATURE_COUNT = SEGMENTS * VIEW_DIMENSIONS * 2 + 1;

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
