import type { UserId } from '../../core/ids';
import type { EpochMs } from '../../core/units';
import type { UtteranceFeatures } from '../../features/utterance-features';
import { bandOf, probabilityOf, type VoiceBand } from './voice-calibration';
import type { VoiceEvidence } from './voice-evidence';
import type { VoiceProfile } from './voice-profile';

/** Why nothing can be said about who spoke. */
export type VoiceUnavailable =
  /** The encoder did not run on this utterance. */
  'no-voiceprint' | 'too-few-takes' | 'no-cohort';

/** Whether it was this person. It personalises; it never grants or refuses anything. */
export type VoiceVerdict =
  | {
      readonly kind: 'judged';
      /** Of this utterance alone, in standard deviations of strangers who sound alike. */
      readonly utteranceScore: number;
      /** Mean of the last utterances, and how many they are. */
      readonly score: number;
      readonly count: number;
      /** That it was this person and no stranger, both being as likely beforehand; 0.02 to 0.98. */
      readonly probability: number;
      readonly band: VoiceBand;
    }
  | { readonly kind: 'unavailable'; readonly reason: VoiceUnavailable };

/**
 * Judges who spoke an utterance, together with the last ones, and remembers it in `evidence`.
 *
 * @param at when it was heard
 */
export function verifyVoice(
  profile: VoiceProfile,
  evidence: VoiceEvidence,
  features: Pick<UtteranceFeatures, 'embedding'>,
  at: EpochMs,
): VoiceVerdict {
  const voiceprint = features.embedding?.speaker;
  if (voiceprint === undefined) return { kind: 'unavailable', reason: 'no-voiceprint' };
  const { state } = profile;
  if (state.kind !== 'ready') return { kind: 'unavailable', reason: state.kind };
  const utteranceScore = profile.scoreOf(voiceprint);
  if (utteranceScore === undefined) return { kind: 'unavailable', reason: 'no-cohort' };
  evidence.add(utteranceScore, at);
  const { score, count } = evidence.at(at) ?? { score: utteranceScore, count: 1 };
  const probability = probabilityOf(state.calibration.logOdds(score, count));
  return { kind: 'judged', utteranceScore, score, count, probability, band: bandOf(probability) };
}

/** One of the people on this device. */
export interface KnownVoice {
  readonly userId: UserId;
  readonly profile: VoiceProfile;
  readonly evidence: VoiceEvidence;
}

export interface SpeakerGuess {
  readonly userId: UserId;
  readonly probability: number;
}

export type Identification =
  | {
      readonly kind: 'judged';
      /** Likeliest first; with `somebodyElse` they sum to 1. */
      readonly guesses: readonly SpeakerGuess[];
      /** That it was none of them. */
      readonly somebodyElse: number;
      /** Whoever is likely enough to be named; absent when nobody is. */
      readonly speaker?: UserId;
    }
  | { readonly kind: 'unavailable'; readonly reason: VoiceUnavailable };

/**
 * Who of several people spoke, or none of them: each against strangers, all equally likely beforehand. People whose
 * profile is not ready cannot be named. Each of them has a vault of their own, so somebody has to bring them together.
 */
export function identifySpeaker(
  people: readonly KnownVoice[],
  features: Pick<UtteranceFeatures, 'embedding'>,
  at: EpochMs,
): Identification {
  let reason: VoiceUnavailable = 'too-few-takes';
  const odds: { userId: UserId; odds: number }[] = [];
  for (const { userId, profile, evidence } of people) {
    const verdict = verifyVoice(profile, evidence, features, at);
    if (verdict.kind === 'judged')
      odds.push({ userId, odds: verdict.probability / (1 - verdict.probability) });
    else reason = verdict.reason;
  }
  if (odds.length === 0) return { kind: 'unavailable', reason };
  const total = odds.reduce((sum, each) => sum + each.odds, 1);
  const guesses = odds
    .map((each) => ({ userId: each.userId, probability: each.odds / total }))
    .sort((a, b) => b.probability - a.probability || (a.userId < b.userId ? -1 : 1));
  const [best] = guesses;
  const isNamed = best !== undefined && bandOf(best.probability) === 'sounds-like-you';
  return {
    kind: 'judged',
    guesses,
    somebodyElse: 1 / total,
    ...(isNamed ? { speaker: best.userId } : {}),
  };
}
