import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Exemplar } from '../recognition/scorer';
import { logistic } from '../voice/robust-statistics';
import type { RecordingCondition } from './recording-condition';

/** A take as if it had never been enrolled: how near the rest of its phrase is, and how near the others are. */
export interface TakeEvidence {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  /** To every other take of its phrase, in any order. */
  readonly ownDistances: readonly number[];
  /** To every other phrase, as the recogniser gives them; positive. */
  readonly rivals: ReadonlyMap<PhraseId, number>;
  /** How it was recorded, as far as that is known. */
  readonly condition?: RecordingCondition;
}

/** Weight of the second-nearest take and its cap, as in `TemplateScorer`. */
const SECOND_NEAREST_WEIGHT = 0.3;
const SECOND_NEAREST_CAP = 1.5;
/** Log distance over which a margin turns from a guess into a certainty: a miss by a hair is half an error. */
const MARGIN_SLOPE = 0.08;

/**
 * @param leftOut distances of a take to all phrases with that take left out: `TemplateScorer.distances(features, takeId)`
 * @param distance between two takes: `TemplateMatcher.fine` of their views
 */
export function gatherTakeEvidence(
  exemplars: readonly Exemplar[],
  leftOut: (exemplar: Exemplar) => ReadonlyMap<PhraseId, number>,
  distance: (a: UtteranceFeatures, b: UtteranceFeatures) => number,
): TakeEvidence[] {
  return exemplars.map((exemplar) => {
    const { takeId, phraseId, features } = exemplar;
    const siblings = exemplars.filter((other) => other.phraseId === phraseId && other !== exemplar);
    const rivals = new Map(leftOut(exemplar));
    rivals.delete(phraseId);
    return {
      takeId,
      phraseId,
      ownDistances: siblings.map((sibling) => distance(features, sibling.features)),
      rivals,
    };
  });
}

/** Of the phrase that is nearest besides its own; `undefined` where there is no other. */
export function nearestRivalOf({
  rivals,
}: TakeEvidence): { readonly phraseId: PhraseId; readonly distance: number } | undefined {
  let nearest: { phraseId: PhraseId; distance: number } | undefined;
  for (const [phraseId, distance] of rivals)
    if (Number.isFinite(distance) && (nearest === undefined || distance < nearest.distance))
      nearest = { phraseId, distance };
  return nearest;
}

/** Chance that the nearer of two is the wrong one, by how much nearer in natural log it is. */
export const errorAtMargin = (margin: number, slope = MARGIN_SLOPE): number => logistic(-margin / slope);

/**
 * How likely a take is named wrong by its own phrase's other takes, had there been only `count` of them: the mean over all
 * choices of `count`, in closed form. 0 when there is no other phrase.
 *
 * @param count 1 to `ownDistances.length`
 * @param slope log distance over which a margin turns from a guess into a certainty
 */
export function errorWith(take: TakeEvidence, count: number, slope = MARGIN_SLOPE): number {
  const rival = nearestRivalOf(take);
  if (rival === undefined) return 0;
  const own = [...take.ownDistances].sort((a, b) => a - b);
  const ways = choose(own.length, count);
  let error = 0;
  for (const [first, nearest] of own.entries()) {
    if (count === 1) {
      error += errorAtMargin(Math.log(rival.distance / nearest), slope) / ways;
      continue;
    }
    for (const [second, next] of own.entries()) {
      // The rest of the chosen ones are any of those farther away than the nearest two.
      const share = second <= first ? 0 : choose(own.length - 1 - second, count - 2) / ways;
      if (share === 0) continue;
      const capped = Math.min(next, SECOND_NEAREST_CAP * nearest);
      const distance = (1 - SECOND_NEAREST_WEIGHT) * nearest + SECOND_NEAREST_WEIGHT * capped;
      error += share * errorAtMargin(Math.log(rival.distance / distance), slope);
    }
  }
  return error;
}

function choose(of: number, count: number): number {
  if (count < 0 || count > of) return 0;
  let ways = 1;
  for (let index = 0; index < count; index += 1) ways *= (of - index) / (index + 1);
  return ways;
}

/** How this person's errors fall with the number of takes: `errorAtOne * takes ** -exponent`. */
export interface ErrorCurve {
  readonly errorAtOne: number;
  readonly exponent: number;
}

/** Errors of one take, and how fast they fall, over public recordings of 35 people: half with twice the takes. */
const PRIOR = { errorAtOne: 0.07, exponent: 1 } as const;
/** The prior counts for as many takes. */
const PRIOR_TAKES = 6;
const EXPONENT_RANGE = [0.3, 2] as const;

/** From the person's own takes, each left out, with one, two, … of their siblings; shrunk towards the prior. */
export function errorCurveOf(takes: readonly TakeEvidence[]): ErrorCurve {
  // Sums over pairs of neighbouring counts, starting with what the prior would have added.
  let slopes = PRIOR_TAKES * PRIOR.exponent;
  let weights: number = PRIOR_TAKES;
  for (let count = 1; takes.some(({ ownDistances }) => ownDistances.length > count); count += 1) {
    const both = takes.filter(({ ownDistances }) => ownDistances.length > count);
    const before = sumOf(both.map((take) => errorWith(take, count)));
    const after = sumOf(both.map((take) => errorWith(take, count + 1)));
    // Few errors say little about how fast they become fewer.
    const weight = before / PRIOR.errorAtOne;
    if (!(before > 0 && after > 0)) continue;
    slopes += (weight * Math.log(before / after)) / Math.log((count + 1) / count);
    weights += weight;
  }
  const exponent = Math.max(EXPONENT_RANGE[0], Math.min(EXPONENT_RANGE[1], slopes / weights));
  const known = takes.filter(({ ownDistances }) => ownDistances.length > 0);
  const atOne = known.map((take) => errorWith(take, 1));
  return {
    errorAtOne: (sumOf(atOne) + PRIOR_TAKES * PRIOR.errorAtOne) / (atOne.length + PRIOR_TAKES),
    exponent,
  };
}

export const errorOnCurve = ({ errorAtOne, exponent }: ErrorCurve, takes: number): number =>
  errorAtOne * takes ** -exponent;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
