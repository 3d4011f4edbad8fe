import type { PhraseId } from '../core/ids';

/** One recording that teaches, with its distances as if it had never been enrolled. */
export interface CalibrationTrial {
  readonly phraseId: PhraseId;
  readonly distances: ReadonlyMap<PhraseId, number>;
}

/** A recording of which the person said that it is not this phrase. */
export interface CounterTrial {
  readonly notPhraseId: PhraseId;
  readonly distances: ReadonlyMap<PhraseId, number>;
}

/**
 * How distances of one voice spread, in natural logs: distances are positive and their noise
 * multiplies. The prior stands in for recordings that are not there yet.
 */
const PRIOR = {
  /** Log distance to the own phrase when nothing at all is known. */
  own: 1.5,
  /** How much farther the nearest wrong phrase is. */
  gap: 0.35,
  ownSpread: 0.14,
  otherSpread: 0.14,
  /** How many recordings the prior counts for. */
  weight: 2,
} as const;

/** A threshold never lets in more than this share of the gap to the closest counter-example. */
const COUNTER_EXAMPLE_MARGIN = 0.03;

/** Unknown words of the same voice may be taken for a phrase this often. */
export const ASKED_FALSE_ACCEPT_SHARE = 0.05;

export interface Calibration {
  /** Distance where acceptance ends. */
  thresholdOf(phraseId: PhraseId): number;
  /** Chance in [0, 1] that the nearest phrase was said, from its distance and the runner-up's. */
  confidenceOf(phraseId: PhraseId, distance: number, runnerUp: number | undefined): number;
}

/**
 * Where acceptance ends for every phrase, from the person's own recordings alone: how far a take is from
 * its phrase when it is left out, how far it is from the nearest other phrase, and how far the misfires
 * were. Works from one take on, by shrinking towards all phrases together and these towards a prior.
 */
export function calibrate(
  phraseIds: readonly PhraseId[],
  trials: readonly CalibrationTrial[],
  counters: readonly CounterTrial[],
): Calibration {
  const own = new Map<PhraseId, number[]>();
  const others: number[] = [];
  for (const { phraseId, distances } of trials) {
    let nearestOther = Number.POSITIVE_INFINITY;
    for (const [other, distance] of distances) {
      if (other === phraseId) own.set(phraseId, [...(own.get(phraseId) ?? []), Math.log(distance)]);
      else if (distance < nearestOther) nearestOther = distance;
    }
    if (Number.isFinite(nearestOther)) others.push(Math.log(nearestOther));
  }
  const allOwn = [...own.values()].flat();
  const priorOther = PRIOR.own + PRIOR.gap;
  const otherMean = shrunkMean(others, priorOther, PRIOR.weight);
  const ownPrior = others.length > 0 ? otherMean - PRIOR.gap : PRIOR.own;
  const ownMean = shrunkMean(allOwn, ownPrior, PRIOR.weight);
  const thresholds = new Map<PhraseId, number>();
  for (const phraseId of phraseIds) {
    const phraseMean = shrunkMean(own.get(phraseId) ?? [], ownMean, 2 * PRIOR.weight);
    let threshold = Math.max(phraseMean + PRIOR.ownSpread, (phraseMean + otherMean) / 2);
    for (const counter of counters) {
      const distance = counter.distances.get(phraseId);
      if (counter.notPhraseId !== phraseId || distance === undefined) continue;
      threshold = Math.min(threshold, Math.log(distance) - COUNTER_EXAMPLE_MARGIN);
    }
    thresholds.set(phraseId, Math.exp(threshold));
  }
  const thresholdOf = (phraseId: PhraseId): number => thresholds.get(phraseId) ?? 0;
  return {
    thresholdOf,
    confidenceOf(phraseId, distance, runnerUp) {
      if (!(distance > 0)) return Number.isNaN(distance) ? 0 : 1;
      const inside = Math.log(thresholdOf(phraseId) / distance) / PRIOR.otherSpread;
      const margin = runnerUp === undefined ? 1 : Math.log(runnerUp / distance) / PRIOR.otherSpread;
      return 1 / ((1 + Math.exp(-2 * inside)) * (1 + Math.exp(-4 * margin)));
    },
  };
}

function shrunkMean(values: readonly number[], prior: number, weight: number): number {
  return (values.reduce((sum, value) => sum + value, 0) + weight * prior) / (values.length + weight);
}
