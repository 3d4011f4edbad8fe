import { logistic, meanOf, varianceOf } from './robust-statistics';

/** Normalised scores that a voice is calibrated on: its own takes, held out, and strangers. */
export interface VoiceTrials {
  /** Takes of the person against a profile that never heard them, nor their sitting where there are several. */
  readonly own: readonly number[];
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

/** Until there are own takes enough to tell, their scores are taken to spread as the normalisation spreads strangers'. */
const PRIOR_VARIANCE = 1;
const PRIOR_TAKES = 4;
/** Own takes count against this many that score like strangers: two takes prove less than twenty. */
const DOUBT_TAKES = 1;
/** Utterances of one sitting share as much: three of them say less than three times as much as one. */
const SHARED_WITHIN_SITTING = 0.5;
/**
 * The strangers that matter are those most alike: a family, or people on one kind of microphone. How much they differ among
 * each other, a wider circle tells. Chosen by log loss over recordings of 47 people (decision 11).
 */
const NEAREST_STRANGERS = 0.25;
const NEARER_STRANGERS = 0.5;
/** No number of utterances proves who speaks: at most 98 in 100. */
const MOST_LOG_ODDS = Math.log(0.98 / 0.02);

/**
 * Two normal distributions of one width, of the person's own held-out scores and of the strangers nearest to them.
 * Everything comes from enrolment and the cohort; where takes are few, it stays undecided.
 */
export function calibrateVoice({ own, strangers }: VoiceTrials): VoiceCalibration {
  const strangerScore = meanOf(nearestOf(strangers, NEAREST_STRANGERS));
  const ownShare = own.length / (own.length + DOUBT_TAKES);
  const ownScore = strangerScore + ownShare * (meanOf(own) - strangerScore);
  const ownVariance =
    (own.length * varianceOf(own) + PRIOR_TAKES * PRIOR_VARIANCE) / (own.length + PRIOR_TAKES);
  const variance = 0.5 * (ownVariance + varianceOf(nearestOf(strangers, NEARER_STRANGERS)));
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

function nearestOf(scores: readonly number[], share: number): number[] {
  const count = Math.max(1, Math.ceil(share * scores.length));
  return [...scores].sort((a, b) => b - a).slice(0, count);
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
