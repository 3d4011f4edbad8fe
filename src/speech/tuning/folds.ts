import { type Random, shuffled } from '../../core/random';

const MOST_FOLDS = 5;

/**
 * The takes of every phrase dealt out over the folds, so that a fold holds as few of one phrase as can be.
 *
 * @param phrases the phrase of every take, counted from 0
 * @returns the fold of every take, and how many folds there are: at most five
 */
export function dealFolds(
  phrases: readonly number[],
  random: Random,
): { readonly foldOf: readonly number[]; readonly foldCount: number } {
  const takesOf = new Map<number, number[]>();
  phrases.forEach((phrase, take) => {
    takesOf.set(phrase, [...(takesOf.get(phrase) ?? []), take]);
  });
  const mostTakes = Math.max(0, ...[...takesOf.values()].map((takes) => takes.length));
  const foldCount = Math.min(MOST_FOLDS, mostTakes);
  const foldOf = new Array<number>(phrases.length).fill(0);
  for (const takes of takesOf.values()) {
    shuffled(takes, random).forEach((take, turn) => {
      foldOf[take] = turn % foldCount;
    });
  }
  return { foldOf, foldCount };
}
