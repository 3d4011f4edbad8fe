import type { PhraseId, TakeId } from '../../src/core/ids';
import { type Random, seededRandom } from '../../src/core/random';
import { extractFeatures } from '../../src/features/feature-extractor';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import type { Exemplar } from '../../src/speech/recognition/scorer';

const RATE_HZ = 16_000;

/** The n-th id of its kind: a UUID, the same in every run. */
const idOf = (kind: string, index: number): string =>
  `00000000-0000-4000-${kind}-${index.toString(16).padStart(12, '0')}`;
export const phraseId = (phrase: number): PhraseId => idOf('8000', phrase) as PhraseId;
export const takeId = (phrase: number, take: number): TakeId => idOf('9000', phrase * 100 + take) as TakeId;

export interface Saying {
  /** 1 is the usual pace; 2 takes twice as long. */
  readonly tempo?: number;
  readonly gain?: number;
  /** Silence left on before and after. */
  readonly paddingMs?: number;
}

/** Three "vowels" a phrase, each two formants over a pitch, gliding into one another, with a little noise. */
export function sayPhrase(phrase: number, random: Random, saying: Saying = {}): UtteranceFeatures {
  const {
    tempo = 0.85 + 0.3 * random(),
    gain = 0.3 + 0.4 * random(),
    paddingMs = 100 + 200 * random(),
  } = saying;
  const formants = seededRandom(phrase + 1);
  const vowels = Array.from({ length: 3 }, () => [250 + 600 * formants(), 900 + 1_800 * formants()] as const);
  const voiced = Math.round(0.45 * tempo * RATE_HZ);
  const padding = Math.round((paddingMs / 1_000) * RATE_HZ);
  const samples = new Float32Array(voiced + 2 * padding);
  const phases = new Float64Array(40);
  for (let index = 0; index < samples.length; index += 1) {
    const at = index - padding;
    samples[index] = 0.002 * (random() - 0.5);
    if (at < 0 || at >= voiced) continue;
    const place = (at / voiced) * (vowels.length - 1);
    const from = vowels[Math.floor(place)] ?? vowels[0];
    const to = vowels[Math.floor(place) + 1] ?? from;
    let sum = 0;
    for (let harmonic = 1; harmonic < 30; harmonic += 1) {
      const frequency = 120 * harmonic;
      phases[harmonic] = (phases[harmonic] ?? 0) + (2 * Math.PI * frequency) / RATE_HZ;
      let amplitude = 0;
      for (const [formant, start] of (from ?? [500, 1_500]).entries()) {
        const centre = start + ((to?.[formant] ?? start) - start) * (place % 1);
        amplitude += 1 / (1 + ((frequency - centre) / 90) ** 2);
      }
      sum += amplitude * Math.sin(phases[harmonic] ?? 0);
    }
    samples[index] = (samples[index] ?? 0) + gain * 0.2 * sum * Math.sin((Math.PI * at) / voiced);
  }
  return extractFeatures(samples);
}

export function teach(phrase: number, takes: number, seed = 1): Exemplar[] {
  const random = seededRandom(seed * 1_000 + phrase);
  return Array.from({ length: takes }, (_, take) => ({
    takeId: takeId(phrase, take),
    phraseId: phraseId(phrase),
    features: sayPhrase(phrase, random),
  }));
}
