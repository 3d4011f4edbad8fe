import { judgeQuality } from '../../audio/quality';
import { trimToSpeech } from '../../audio/speech-span';
import type { Utterance } from '../../audio/utterance';
import { waveformOf } from '../../audio/waveform';
import { SAMPLE_RATE_HZ } from '../../core/units';
import { extractFeatures } from '../../features/feature-extractor';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Quality } from '../../learning/records';

/** Adds an embedding where the encoder is at hand, and gives the features back as they are where it is not. */
export type EncodeFeatures = (features: UtteranceFeatures) => Promise<UtteranceFeatures>;

/** One utterance, ready to be matched, learnt or stored. */
export interface Clip {
  /** 16 kHz mono in [-1, 1], silence trimmed to the padding that matching wants. */
  readonly samples: Float32Array;
  readonly durationMs: number;
  readonly waveform: number[];
  readonly quality: Quality;
  readonly features: UtteranceFeatures;
}

/**
 * The one path from sound to features: microphone, file, sample, stored recording and benchmark all take it.
 * `undefined` when there is no speech in it.
 */
export function prepareClip(utterance: Utterance): Clip | undefined {
  const samples = trimToSpeech(utterance.samples);
  if (samples === undefined) return undefined;
  return {
    samples,
    durationMs: Math.round((samples.length / SAMPLE_RATE_HZ) * 1000),
    waveform: waveformOf(samples),
    quality: judgeQuality(utterance),
    features: extractFeatures(samples),
  };
}

/** The same, with what the encoder makes of it where there is one. */
export async function encodedClip(utterance: Utterance, encode: EncodeFeatures): Promise<Clip | undefined> {
  const clip = prepareClip(utterance);
  return clip && { ...clip, features: await encode(clip.features) };
}
