import { logistic, meanOf, varianceOf } from './robust-statistics';

/** Normalised scores that a voice is calibrated on: its own takes, held out, and strangers. */
export interface VoiceTrials {
  /** Takes of the person against a profile that never heard them. */
  readonly own: readonly number[];
  /** Whether the profile never heard anything of the same sitting either. */
  readonly isAcrossSittings: boolean;
  readonly strangers: readonly number[];
}

export interface VoiceCalibration {
  /** Expected score of the person, and of strangers who sound alike. */
  readonly ownScore: number;
  readonly strangerScore: number;
  /**
   * Log odds that it was this person and not a stranger, both being as likely beforehand.
   *
   * @param score mean normalised score of `count` utterances of one sitting
   */
  logOdds(score: number, count: number): number;
}

/** Scores of strangers who sound alike spread by 1: the normalisation sees to it. Stands in for this many takes. */
const PRIOR_VARIANCE = 1;
const PRIOR_WEIGHT = 4;
/** Own takes count against this many that score like strangers: two takes prove less than twenty. */
const DOUBT_TAKES = 1;
/** Of one sitting all takes share room, microphone and mood; another day keeps about this much of the lead. */
const ONE_SITTING_KEEPS = 0.75;
/** Utterances of one sitting share as much: three of them say less than three times as much as one. */
const SHARED_WITHIN_SITTING = 0.5;
/** The strangers that matter are those most alike. */
const NEAREST_STRANGERS = 0.25;
/** No number of utterances proves who speaks: at most 98 in 100. */
const MOST_LOG_ODDS = Math.log(0.98 / 0.02);

/**
 * Two normal distributions of one width, of the person's own held-out scores and of the strangers nearest to them.
 * Everything comes from enrolment and the cohort; where takes are few, it stays undecided.
 */
export function calibrateVoice({ own, isAcrossSittings, strangers }: VoiceTrials): VoiceCalibration {
  const nearest = [...strangers]
    .sort((a, b) => b - a)
    .slice(0, Math.max(1, Math.ceil(NEAREST_STRANGERS * strangers.length)));
  const strangerScore = meanOf(nearest);
  const keeps = (isAcrossSittings ? 1 : ONE_SITTING_KEEPS) * (own.length / (own.length + DOUBT_TAKES));
  const ownScore = strangerScore + keeps * (meanOf(own) - strangerScore);
  const variance =
    (own.length * varianceOf(own) + nearest.length * varianceOf(strangers) + PRIOR_WEIGHT * PRIOR_VARIANCE) /
    (own.length + nearest.length + PRIOR_WEIGHT);
  const slope = Math.max(0, ownScore - strangerScore) / variance;
  const middle = (ownScore + strangerScore) / 2;
  return {
    ownScore,
    strangerScore,
    logOdds(score, count) {
      const shrinks = SHARED_WITHIN_SITTING + (1 - SHARED_WITHIN_SITTING) / Math.max(1, count);
      const odds = (slope * (score - middle)) / shrinks;
      return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, odds));
    },
  };
}

/** How a probability that it was this person is told. Never a reason to open or to lock anything. */
export type VoiceBand = 'sounds-like-you' | 'not-sure' | 'sounds-like-somebody-else';

/** Nine in ten is sure enough to greet somebody by name. */
const SURE = 0.9;

export function bandOf(probability: number): VoiceBand {
  if (probability >= SURE) return 'sounds-like-you';
  return probability <= 1 - SURE ? 'sounds-like-somebody-else' : 'not-sure';
}

export const probabilityOf = (logOdds: number): number => logistic(logOdds);
