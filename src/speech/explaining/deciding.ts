import type { Alignment } from './alignment';
import { COMPARED_FRAME_MS, type ComparedFrames } from './compared-frames';
import type { Segment } from './segments';

export type Part = 'beginning' | 'middle' | 'end';

/** What one stretch of the utterance had to say. Distances add up over the segments to those of the whole. */
export interface SegmentSay {
  readonly fromMs: number;
  readonly toMs: number;
  readonly winnerDistance: number;
  /** To the runner-up; without one, how far the segment may be for the whole to be accepted. */
  readonly otherDistance: number;
  /** Positive where it spoke for the winner. */
  readonly forWinner: number;
  readonly isDeciding: boolean;
  /** `silence` before and after what was said. */
  readonly part: Part | 'silence';
}

/** Segments decide until this share of everything that spoke their way is theirs. */
const DECIDING_SHARE = 0.5;
const MOST_DECIDING = 3;
/** Frames that count less are the silence before and after. */
const SPEECH_WEIGHT = 0.33;

/**
 * How much each segment spoke for the winner, and the fewest that made it so.
 *
 * @param others what each frame costs against the runner-up, or may cost at all
 * @param decided `1` when segments that spoke for the winner decided, `-1` when those against it did
 */
export function sayOf(
  segments: readonly Segment[],
  { weights }: Pick<ComparedFrames, 'weights'>,
  winner: Pick<Alignment, 'costs'>,
  others: Float64Array,
  decided: 1 | -1,
): readonly SegmentSay[] {
  const speech = speechSpan(weights);
  const says = segments.map(({ from, to }) => {
    const winnerDistance = sumOf(winner.costs, from, to);
    const otherDistance = sumOf(others, from, to);
    return {
      fromMs: from * COMPARED_FRAME_MS,
      toMs: to * COMPARED_FRAME_MS,
      winnerDistance,
      otherDistance,
      forWinner: otherDistance - winnerDistance,
      part: partOf({ from, to }, speech),
    };
  });
  // What the other recording has where nothing was said counts, but nobody hears a silence decide.
  const mostDecisive = says
    .filter(({ forWinner, part }) => decided * forWinner > 0 && part !== 'silence')
    .sort((a, b) => decided * (b.forWinner - a.forWinner));
  const enough = DECIDING_SHARE * mostDecisive.reduce((sum, say) => sum + Math.abs(say.forWinner), 0);
  const deciding = new Set<(typeof says)[number]>();
  let told = 0;
  for (const say of mostDecisive) {
    if (told >= enough || deciding.size === MOST_DECIDING) break;
    deciding.add(say);
    told += Math.abs(say.forWinner);
  }
  return says.map((say) => ({ ...say, isDeciding: deciding.has(say) }));
}

/** A distance shared out over frames by how much each counts. */
export function sharedOut(distance: number, weights: Float32Array): Float64Array {
  let total = 0;
  for (const weight of weights) total += weight;
  return Float64Array.from(weights, (weight) => (distance * weight) / total);
}

export function sayOfPart(says: readonly SegmentSay[], part: Part): number {
  return says.reduce((sum, say) => sum + (say.part === part ? say.forWinner : 0), 0);
}

function speechSpan(weights: Float32Array): { readonly first: number; readonly last: number } {
  const isSpeech = (weight: number): boolean => weight >= SPEECH_WEIGHT;
  const first = weights.findIndex(isSpeech);
  return first < 0
    ? { first: 0, last: weights.length }
    : { first, last: weights.findLastIndex(isSpeech) + 1 };
}

function partOf(
  { from, to }: Segment,
  { first, last }: { readonly first: number; readonly last: number },
): Part | 'silence' {
  const spoken = Math.min(to, last) - Math.max(from, first);
  if (2 * spoken < to - from) return 'silence';
  const share = ((from + to) / 2 - first) / (last - first);
  if (share < 1 / 3) return 'beginning';
  return share < 2 / 3 ? 'middle' : 'end';
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += values[index] as number;
  return sum;
}
