import type { PhraseId, TakeId } from '../../core/ids';
import type { MatchingFrames } from '../templates/matching-frames';

/** A take as far as its sounds are concerned. */
export interface PronouncedTake {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  /** `TemplateMatcher.viewOf(features).fine`: frames of 20 ms. */
  readonly frames: MatchingFrames;
}

/** Distance of two takes by dynamic time warping; symmetric. */
export type TakeDistance = (a: PronouncedTake, b: PronouncedTake) => number;

/** In the one order that does not depend on what happened. */
export const inOrder = (takes: readonly PronouncedTake[]): readonly PronouncedTake[] =>
  [...takes].sort((a, b) => (a.takeId < b.takeId ? -1 : 1));

/**
 * The take nearest to all others: the most typical one that was really said. A mean of takes of different length would be
 * nobody's pronunciation.
 *
 * @returns `undefined` for no takes
 */
export function medoidOf(
  takes: readonly PronouncedTake[],
  distance: TakeDistance,
): PronouncedTake | undefined {
  let best: { take: PronouncedTake; sum: number } | undefined;
  for (const take of inOrder(takes)) {
    let sum = 0;
    for (const other of inOrder(takes)) if (other !== take) sum += distance(take, other);
    if (best === undefined || sum < best.sum) best = { take, sum };
  }
  return best?.take;
}
