import type { PhraseId, TakeId } from '../../src/core/ids';
import { shuffled } from '../../src/core/random';
import { epochMs } from '../../src/core/units';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import { Cohort } from '../../src/speech/voice/cohort';
import { VoiceProfile } from '../../src/speech/voice/voice-profile';
import type { TidyRow } from '../report';
import { FrameDistance } from './mfcc-dtw';
import { type HeardClip, randomOf, type SpeakerClips } from './speaker-clips';
import { equalErrorRate } from './statistics';

/** What a verifier made of one person's clips: a score for any other clip, higher is more likely theirs. */
type Verify = (features: UtteranceFeatures) => number;

export interface Verifier {
  readonly name: string;
  enrol(clips: readonly HeardClip[]): Verify;
}

/** Utterances that count together, as the app accumulates evidence. */
const RUN_LENGTH = 3;

/** The app's voice profile: shipped speaker embeddings, scores normalised against the shipped cohort. */
export function appVerifier(strangers: readonly Float32Array[]): Verifier {
  const cohort = new Cohort(strangers);
  return {
    name: 'app',
    enrol(clips) {
      const profile = new VoiceProfile(cohort);
      for (const { clip, features } of clips) {
        const voiceprint = features?.embedding?.speaker;
        if (voiceprint === undefined) continue;
        const [takeId, phraseId] = [clip.path as TakeId, clip.word as PhraseId];
        profile.enrol({ takeId, phraseId, recordedAt: epochMs(0), voiceprint });
      }
      return ({ embedding }) => (embedding && profile.scoreOf(embedding.speaker)) ?? Number.NEGATIVE_INFINITY;
    },
  };
}

/** The baseline for phrases, asked who speaks: how near the nearest enrolled clip is. */
export function mfccDtwVerifier(): Verifier {
  const distance = new FrameDistance();
  return {
    name: 'mfcc-dtw',
    enrol: (clips) => (features) =>
      -Math.min(
        ...clips.flatMap((clip) => (clip.features ? [distance.between(features, clip.features)] : [])),
      ),
  };
}

interface Split {
  readonly speaker: string;
  readonly enrolled: readonly HeardClip[];
  readonly tested: readonly HeardClip[];
}

/** Enrols the first session and tests the others; where a set knows no sessions, enrols every other take. */
function splitOf({ speaker, clips }: SpeakerClips): Split {
  const heard = clips.filter(({ features }) => features !== undefined);
  const sessions = [...new Set(heard.map(({ clip }) => clip.session))].sort();
  const isEnrolled = ({ clip }: HeardClip): boolean =>
    sessions.length > 1 ? clip.session === sessions[0] : clip.take % 2 === 0;
  const tested = heard.filter((each) => !isEnrolled(each));
  return {
    speaker,
    enrolled: heard.filter(isEnrolled),
    tested: shuffled(tested, randomOf(speaker, 0, RUN_LENGTH)),
  };
}

/**
 * verification: everybody's other clips against everybody's profile, one by one and in runs of three that count
 * together. The error rate is that of one threshold for all people.
 */
export function runVerification(
  set: string,
  speakers: readonly SpeakerClips[],
  verifier: Verifier,
): TidyRow[] {
  const splits = speakers
    .map(splitOf)
    .filter(({ enrolled, tested }) => enrolled.length > 0 && tested.length > 0);
  if (splits.length < 2) return [];
  const single = { right: [] as number[], wrong: [] as number[] };
  const runs = { right: [] as number[], wrong: [] as number[] };
  for (const profile of splits) {
    const verify = verifier.enrol(profile.enrolled);
    for (const { speaker, tested } of splits) {
      const scores = tested.flatMap(({ features }) => (features === undefined ? [] : [verify(features)]));
      const kind = speaker === profile.speaker ? 'right' : 'wrong';
      single[kind].push(...scores);
      for (let at = 0; at + RUN_LENGTH <= scores.length; at += RUN_LENGTH) {
        const run = scores.slice(at, at + RUN_LENGTH);
        runs[kind].push(run.reduce((sum, score) => sum + score, 0) / RUN_LENGTH);
      }
    }
  }
  const row = {
    bench: 'speech',
    set,
    scorer: verifier.name,
    protocol: 'verification',
    metric: 'equalErrorRate',
  };
  return [
    { ...row, clips: 1, value: equalErrorRate(single) },
    ...(runs.right.length > 0 ? [{ ...row, clips: RUN_LENGTH, value: equalErrorRate(runs) }] : []),
  ];
}
