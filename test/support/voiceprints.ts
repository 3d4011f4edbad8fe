import type { PhraseId, TakeId } from '../../src/core/ids';
import { type Random, seededRandom } from '../../src/core/random';
import { epochMs } from '../../src/core/units';
import type { UtteranceEmbedding } from '../../src/features/utterance-features';
import { unitOf, VOICEPRINT_DIMENSIONS } from '../../src/speech/voice/cohort';
import type { VoiceTake } from '../../src/speech/voice/voice-profile';

/** Made-up voices with known answers: a direction for every speaker, and noise around it for every utterance. */

export const gaussian = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function voice(seed: number): Float32Array {
  const random = seededRandom(seed);
  return unit(Float64Array.from({ length: VOICEPRINT_DIMENSIONS }, () => gaussian(random)));
}

/** @param spread length of the noise next to that of the voice */
export function uttered(speaker: Float32Array, spread: number, random: Random): Float32Array {
  const scale = spread / Math.sqrt(VOICEPRINT_DIMENSIONS);
  return unit(Float64Array.from(speaker, (value) => value + scale * gaussian(random)));
}

/** On the way from one voice to another: 0 the one, 1 the other. */
export const between = (one: Float32Array, other: Float32Array, share: number): Float32Array =>
  unit(Float64Array.from(one, (value, index) => (1 - share) * value + share * (other[index] as number)));

export const cohortRows = (count: number): Float32Array[] =>
  Array.from({ length: count }, (_, index) => voice(10_000 + index));

export const embeddingOf = (speaker: Float32Array): UtteranceEmbedding => ({
  phrase: new Float32Array(96),
  speaker,
  frames: { frameCount: 0, dimensions: 96, data: new Float32Array() },
});

/** Ids that are in the order of their numbers. */
export const idOf = <T extends TakeId | PhraseId>(number: number): T =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}` as T;

const DAY_MS = 86_400_000;

/** Takes of four phrases, over two days. */
export function takesOf(speaker: Float32Array, count: number, spread: number, seed = 1): VoiceTake[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => ({
    takeId: idOf<TakeId>(index),
    phraseId: idOf<PhraseId>(1_000 + (index % 4)),
    recordedAt: epochMs(1_700_000_000_000 + (index % 2) * DAY_MS + index * 1_000),
    voiceprint: uttered(speaker, spread, random),
  }));
}

function unit(vector: Float64Array): Float32Array {
  const result = unitOf(vector);
  if (result === undefined) throw new RangeError('a voice of zeros');
  return result;
}
