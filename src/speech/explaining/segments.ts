import type { FrameSequence } from '../../features/utterance-features';
import { COMPARED_FRAME_MS } from './compared-frames';
import { FRAME_MS } from './spectrogram';

/** A stretch of an utterance that sounds much the same, in compared frames; `to` is the first one after it. */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

const LEAST_SEGMENTS = 5;
const MOST_SEGMENTS = 8;
/** A speech sound with the way into it lasts about this long. */
const TYPICAL_MS = 150;
/** Shorter stretches cannot be pointed at. */
const LEAST_FRAMES = 3;
const GROUP = COMPARED_FRAME_MS / FRAME_MS;
/** Energies this far below the loudest band, in natural log, are the room. */
const HEARD_RANGE = 9;

/**
 * Cuts an utterance where its sound changes most: of all ways to cut it into five to eight stretches, the one
 * whose frames lie closest to the mean of their stretch (Bellman, 1961, by dynamic programming). Depends on
 * nothing but the utterance.
 *
 * @param frameCount how many compared frames there are
 */
export function segmentsOf(logMel: FrameSequence, frameCount: number): readonly Segment[] {
  if (frameCount === 0) return [];
  const wanted = Math.round((frameCount * COMPARED_FRAME_MS) / TYPICAL_MS);
  const fitting = Math.max(1, Math.floor(frameCount / LEAST_FRAMES));
  const count = Math.min(fitting, Math.max(LEAST_SEGMENTS, Math.min(MOST_SEGMENTS, wanted)));
  const spread = spreadOf(pooled(logMel, frameCount), frameCount, logMel.dimensions);
  return cheapestCuts(frameCount, count, spread);
}

/** Log energies above the room, averaged over the frames that one compared frame covers. */
function pooled(
  { data, dimensions, frameCount: sourceCount }: FrameSequence,
  frameCount: number,
): Float64Array {
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of data) if (value > loudest) loudest = value;
  const floor = loudest - HEARD_RANGE;
  const frames = new Float64Array(frameCount * dimensions);
  for (let frame = 0; frame < frameCount; frame += 1) {
    for (let member = 0; member < GROUP; member += 1) {
      const source = Math.min(sourceCount - 1, frame * GROUP + member);
      for (let band = 0; band < dimensions; band += 1) {
        const level = Math.max(floor, data[source * dimensions + band] as number);
        frames[frame * dimensions + band] = (frames[frame * dimensions + band] as number) + level / GROUP;
      }
    }
  }
  return frames;
}

/** Sum of squared distances of the frames `from` to `to` from their mean, by running sums. */
function spreadOf(
  frames: Float64Array,
  frameCount: number,
  dimensions: number,
): (from: number, to: number) => number {
  const sums = new Float64Array((frameCount + 1) * dimensions);
  const squares = new Float64Array(frameCount + 1);
  for (let frame = 0; frame < frameCount; frame += 1) {
    let square = 0;
    for (let index = 0; index < dimensions; index += 1) {
      const value = frames[frame * dimensions + index] as number;
      sums[(frame + 1) * dimensions + index] = (sums[frame * dimensions + index] as number) + value;
      square += value * value;
    }
    squares[frame + 1] = (squares[frame] as number) + square;
  }
  return (from, to) => {
    let ofMean = 0;
    for (let index = 0; index < dimensions; index += 1) {
      const sum = (sums[to * dimensions + index] as number) - (sums[from * dimensions + index] as number);
      ofMean += sum * sum;
    }
    return (squares[to] as number) - (squares[from] as number) - ofMean / (to - from);
  };
}

function cheapestCuts(
  frameCount: number,
  count: number,
  spread: (from: number, to: number) => number,
): readonly Segment[] {
  const least = Math.min(LEAST_FRAMES, Math.floor(frameCount / count));
  // `costs[to]` of the segments so far, the last of which ends before `to`.
  let costs = Float64Array.from({ length: frameCount + 1 }, (_, to) =>
    to < least ? Number.POSITIVE_INFINITY : spread(0, to),
  );
  const cuts: Uint32Array[] = [];
  for (let segment = 1; segment < count; segment += 1) {
    const next = new Float64Array(frameCount + 1).fill(Number.POSITIVE_INFINITY);
    const cut = new Uint32Array(frameCount + 1);
    for (let to = (segment + 1) * least; to <= frameCount; to += 1) {
      for (let from = segment * least; from <= to - least; from += 1) {
        const cost = (costs[from] as number) + spread(from, to);
        if (cost < (next[to] as number)) {
          next[to] = cost;
          cut[to] = from;
        }
      }
    }
    costs = next;
    cuts.push(cut);
  }
  const segments: Segment[] = [];
  let to = frameCount;
  for (const cut of cuts.reverse()) {
    const from = cut[to] as number;
    segments.unshift({ from, to });
    to = from;
  }
  return [{ from: 0, to }, ...segments];
}
