import { newId, type PhraseId, type TakeId, type UtteranceId } from '../../../../src/core/ids';
import { extractFeatures } from '../../../../src/features/feature-extractor';
import type { UtteranceFeatures } from '../../../../src/features/utterance-features';
import type { Interaction, Take } from '../../../../src/learning/records';
import type { Decision } from '../../../../src/speech/recognition/phrase-recogniser';
import type { LearntTake } from '../../../../src/speech/teaching/take-library';
import { joined, silence, vowel } from '../../../support/signals';

/** Sounds with a known make-up, and the rows around them. */

export const AH: readonly number[] = [730, 1_090, 2_440];
export const EE: readonly number[] = [270, 2_290, 3_010];
export const OO: readonly number[] = [300, 870, 2_240];

/** Vowels of 200 ms one after another, between pauses of 100 ms. */
export const word = (...vowels: readonly (readonly number[])[]): UtteranceFeatures => wordAt(120, ...vowels);

export function wordAt(pitchHz: number, ...vowels: readonly (readonly number[])[]): UtteranceFeatures {
  const sounds = vowels.map((formants) => vowel(0.2, pitchHz, formants, -20));
  return extractFeatures(joined(silence(0.1), ...sounds, silence(0.1)));
}

export function learnt(
  phraseId: PhraseId,
  features: UtteranceFeatures,
  change: Partial<Take> = {},
): LearntTake {
  const id = newId<TakeId>();
  const take: Take = {
    id,
    phraseId,
    role: 'example',
    source: 'microphone',
    recordedAt: 1,
    durationMs: 800,
    waveform: [],
    quality: { flaws: [], peakDb: -20, signalToNoiseDb: 40 },
    ...change,
  };
  return { take, exemplar: { takeId: id, phraseId, features } };
}

export const decision = (outcome: Decision['outcome'], ...nearestFirst: readonly PhraseId[]): Decision => ({
  outcome,
  scorers: ['template'],
  candidates: nearestFirst.map((phraseId, index) => ({
    phraseId,
    confidence: 0.9 / (index + 1),
    distance: 20 * (index + 1),
    threshold: 30,
  })),
});

export function heard(recognition: Decision): Interaction {
  return {
    id: newId<UtteranceId>(),
    heardAt: 1,
    durationMs: 800,
    waveform: [],
    quality: { flaws: [], peakDb: -20, signalToNoiseDb: 40 },
    recognition: { ...recognition, decisionMs: 1 },
    action: { kind: 'not-run' },
  };
}
