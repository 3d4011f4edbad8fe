import type { PhraseId } from '../../core/ids';
import type { Ears } from './acoustic-scorer';
import type { CalibrationTrial } from './calibration-trial';
import { BUDGET_LIMITS, type FalseTriggerBudget } from './false-trigger-budget';
import { logOf, othersThan } from './others';
import { SCORE_PRIORS, type ScorePrior } from './score-prior';
import { type Twins, twinsOf } from './twins';

export interface Verdict {
  /** Distance where acceptance ends, for this utterance. */
  readonly threshold: number;
  /** Chance in [0, 1] that the phrase was said. */
  readonly confidence: number;
  /** Whether another phrase, or a misfire, is about as near. */
  readonly isTooClose: boolean;
}

export interface CalibrationOptions {
  readonly ears?: Ears;
  readonly budget?: FalseTriggerBudget;
}

export interface Calibration {
  /** Share of this person's own utterances, said like the recordings, that is expected to be refused. */
  readonly missShare: number;
  /** Distance where acceptance ends for an utterance that is typically far from all other phrases. */
  thresholdOf(phraseId: PhraseId): number;
  /**
   * @param misfire distance to the nearest recording of which the person said that it is not this phrase
   */
  judge(phraseId: PhraseId, distances: ReadonlyMap<PhraseId, number>, misfire?: number): Verdict;
}

const TOO_CLOSE_CHANCE = 0.7;
/** Margins beyond this say nothing more; it keeps the replay of a misfire finite. */
const MOST_MARGIN = 2;

/** Log distances that a score is made of. */
interface Levels {
  readonly own: number;
  readonly nearestGap: number;
  readonly averageGap: number;
}

/**
 * Thresholds and confidence from the person's own recordings alone. The score of a phrase weighs its
 * distance against three things at once: how far its own takes are when left out, how far the utterance
 * is from the other phrases on average (a hoarse or noisy one is far from all), and how far the runner-up
 * is. Leaving out whole phrases shows how unknown words of this voice score; the threshold is where the
 * asked share of these would get in. Works from one take of one phrase on, by shrinking towards all
 * phrases together, and these towards a prior.
 */
export function calibrate(
  phraseIds: readonly PhraseId[],
  trials: readonly CalibrationTrial[],
  { ears = 'templates', budget = 'day' }: CalibrationOptions = {},
): Calibration {
  const prior = SCORE_PRIORS[ears];
  const twins = twinsOf(trials);
  const ownByPhrase = new Map<PhraseId, number[]>();
  const nearest: number[] = [];
  const average: number[] = [];
  for (const { phraseId, distances } of trials) {
    const others: number[] = [];
    for (const [other, distance] of distances) {
      if (other === phraseId) {
        ownByPhrase.set(phraseId, [...(ownByPhrase.get(phraseId) ?? []), logOf(distance)]);
      } else if (!twins.areTwins(phraseId, other)) {
        others.push(logOf(distance));
      }
    }
    if (others.length === 0) continue;
    nearest.push(Math.min(...others));
    average.push(mean(others));
  }
  const ownPrior = nearest.length > 0 ? mean(nearest) - prior.nearestGap : prior.own;
  const person = shrunkMean([...ownByPhrase.values()].flat(), ownPrior, prior.personWeight);
  const nearestGap = nearest.length > 0 ? mean(nearest) - person : prior.nearestGap;
  const averageGap = average.length > 0 ? mean(average) - person : prior.averageGap;
  const levelsOf = (phraseId: PhraseId): Levels => ({
    own: shrunkMean(ownByPhrase.get(phraseId) ?? [], person, prior.phraseWeight),
    nearestGap,
    averageGap,
  });
  const levels = new Map(phraseIds.map((phraseId) => [phraseId, levelsOf(phraseId)]));
  const limit = acceptanceLimit(
    phraseIds.length,
    unknownScores(trials, levels, { prior, twins }),
    prior,
    budget,
  );

  return {
    missShare: missShareAt(limit, ownScores(trials, levels, { prior, twins }), prior),
    thresholdOf(phraseId) {
      const { own } = levels.get(phraseId) ?? levelsOf(phraseId);
      return thresholdAt(own, own + averageGap, own + nearestGap, limit);
    },
    judge(phraseId, distances, misfire) {
      const ofPhrase = levels.get(phraseId) ?? levelsOf(phraseId);
      const { distance, rival, others, nearest } = surroundings(phraseId, distances, {
        levels: ofPhrase,
        prior,
        twins,
        misfire,
      });
      const excess = scoreAt(ofPhrase.own, others, distance, rival) - limit;
      const margin = clampMargin(nearest - distance);
      const chanceNearest = logistic((margin - prior.evenMargin) / prior.marginSlope);
      return {
        threshold: thresholdAt(ofPhrase.own, others, rival, limit),
        confidence: logistic(prior.scoreSlope * excess) * chanceNearest,
        isTooClose: chanceNearest < TOO_CLOSE_CHANCE,
      };
    },
  };
}

function scoreAt(own: number, others: number, distance: number, rival: number): number {
  return (own + others + clampMargin(rival - distance)) / 2 - distance;
}

/** The distance at which `scoreAt` is just `limit`. */
function thresholdAt(own: number, others: number, rival: number, limit: number): number {
  return Math.exp(((own + others + rival) / 2 - limit) / 1.5);
}

/**
 * Log distances around a phrase: to it, to its nearest rival, and to the other phrases on average. Twins count as neither,
 * for what was said may well be the one or the other; only `nearest` knows of them.
 */
function surroundings(
  phraseId: PhraseId,
  distances: ReadonlyMap<PhraseId, number>,
  {
    levels,
    prior,
    twins,
    misfire,
  }: {
    readonly levels: Levels;
    readonly prior: ScorePrior;
    readonly twins: Twins;
    readonly misfire?: number | undefined;
  },
): { distance: number; rival: number; others: number; nearest: number } {
  const distance = logOf(distances.get(phraseId) ?? Number.POSITIVE_INFINITY);
  const around = othersThan(phraseId, distances, twins);
  const sum = prior.averageWeight * (levels.own + levels.averageGap) + around.sum;
  const typical = around.count === 0 ? levels.own + levels.nearestGap : around.rival;
  const rival = misfire === undefined ? typical : Math.min(typical, logOf(misfire));
  return {
    distance,
    rival,
    others: sum / (prior.averageWeight + around.count),
    nearest: Math.min(rival, around.twin),
  };
}

/** Scores that unknown words would get: every recording, with its own phrase left out as a whole. */
function unknownScores(
  trials: readonly CalibrationTrial[],
  levels: ReadonlyMap<PhraseId, Levels>,
  { prior, twins }: { readonly prior: ScorePrior; readonly twins: Twins },
): number[] {
  const scores: number[] = [];
  for (const { phraseId, distances } of trials) {
    const others = new Map(
      [...distances].filter(([other]) => other !== phraseId && !twins.areTwins(phraseId, other)),
    );
    const [nearest] = [...others].sort((a, b) => a[1] - b[1]);
    const ofNearest = nearest && levels.get(nearest[0]);
    if (nearest === undefined || ofNearest === undefined) continue;
    const {
      distance,
      rival,
      others: average,
    } = surroundings(nearest[0], others, { levels: ofNearest, prior, twins });
    scores.push(scoreAt(ofNearest.own, average, distance, rival));
  }
  return scores;
}

/** Scores of recordings of the right phrase, left out; none where a phrase has one recording only. */
function ownScores(
  trials: readonly CalibrationTrial[],
  levels: ReadonlyMap<PhraseId, Levels>,
  { prior, twins }: { readonly prior: ScorePrior; readonly twins: Twins },
): number[] {
  return trials.flatMap(({ phraseId, distances }) => {
    const ofPhrase = levels.get(phraseId);
    if (ofPhrase === undefined || !distances.has(phraseId)) return [];
    const { distance, rival, others } = surroundings(phraseId, distances, {
      levels: ofPhrase,
      prior,
      twins,
    });
    return [scoreAt(ofPhrase.own, others, distance, rival)];
  });
}

/**
 * Share of right scores below the limit: each recording stands for a normal distribution as wide as its kind usually
 * is, and a few typical ones stand for those that are not there yet.
 */
function missShareAt(limit: number, own: readonly number[], prior: ScorePrior): number {
  const width = prior.rightSpread / 2;
  const missed = own.reduce((sum, score) => sum + normalShareBelow((limit - score) / width), 0);
  const typical = normalShareBelow((limit - prior.right) / prior.rightSpread);
  return (missed + prior.rightWeight * typical) / (own.length + prior.rightWeight);
}

/**
 * The score that a budget allows unknown sounds to exceed: the person's own other words, of which leaving out whole
 * phrases tells, and other people's talk, which scores lower by what is usual. Takes of a phrase are no independent
 * samples.
 */
function acceptanceLimit(
  phraseCount: number,
  unknown: readonly number[],
  prior: ScorePrior,
  budget: FalseTriggerBudget,
): number {
  const expected = phraseCount < 2 ? prior.unknownAlone : prior.unknown;
  const count = unknown.length === 0 ? 0 : phraseCount;
  const { centre, variance } =
    unknown.length === 0 ? { centre: expected, variance: 0 } : robustMoments(unknown, prior.leastSpread);
  const total = count + prior.unknownWeight;
  const shrunk = (count * centre + prior.unknownWeight * expected) / total;
  const spread = (count * variance + prior.unknownWeight * prior.unknownSpread ** 2) / total;
  const { ownWordsDeviations, runningDeviations } = BUDGET_LIMITS[budget];
  return Math.max(
    shrunk + ownWordsDeviations * Math.sqrt(spread),
    shrunk + prior.runningOffset + runningDeviations * prior.runningSpread,
  );
}

/**
 * Mean and variance with the far ones drawn in: where two phrases were taught with the same word, leaving
 * one out leaves the other, and its takes would pass for unknown words that score like known ones.
 */
function robustMoments(values: readonly number[], leastSpread: number): { centre: number; variance: number } {
  const middle = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  const reach = 2 * Math.max(leastSpread, deviation);
  const drawnIn = values.map((value) => Math.max(middle - reach, Math.min(middle + reach, value)));
  const centre = mean(drawnIn);
  return { centre, variance: mean(drawnIn.map((value) => (value - centre) ** 2)) };
}

/** Share of a standard normal distribution below `value`; Page's logistic approximation, off by 0.0002 at most. */
function normalShareBelow(value: number): number {
  return logistic(1.5976 * value + 0.070565992 * value ** 3);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

const clampMargin = (margin: number): number => Math.max(-MOST_MARGIN, Math.min(MOST_MARGIN, margin));
const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function shrunkMean(values: readonly number[], prior: number, weight: number): number {
  return (values.reduce((sum, value) => sum + value, 0) + weight * prior) / (values.length + weight);
}
