import { type Random, seededRandom, shuffled } from '../../src/core/random';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import { prepareClip } from '../../src/speech/listening/clip';
import type { VoiceClip, Voices } from '../voices';

/** A clip after the app's own path from sound to features; `undefined` where the app hears no speech. */
export interface HeardClip {
  readonly clip: VoiceClip;
  readonly samples: Float32Array;
  readonly features: UtteranceFeatures | undefined;
}

export interface SpeakerClips {
  readonly speaker: string;
  readonly words: readonly string[];
  readonly clips: readonly HeardClip[];
}

export interface Draw {
  readonly enrolled: readonly HeardClip[];
  readonly tested: readonly HeardClip[];
}

/** From 16 kHz sound to features, the way the app does it. */
export type Hear = (samples: Float32Array) => Promise<UtteranceFeatures | undefined>;

/** Without the encoder. */
export const hearPlainly: Hear = async (samples) => prepareClip({ samples, endedBy: 'whole' })?.features;

/** All clips of a set by speaker, in the order of their names. */
export async function speakersOf(
  voices: Voices,
  set: string,
  most: number,
  hear: Hear = hearPlainly,
): Promise<SpeakerClips[]> {
  const ofSet = voices.clips.filter((clip) => clip.set === set);
  const names = [...new Set(ofSet.map(({ speaker }) => speaker))].sort().slice(0, most);
  const speakers: SpeakerClips[] = [];
  for (const speaker of names) {
    const clips: HeardClip[] = [];
    for (const clip of ofSet.filter((each) => each.speaker === speaker)) {
      const samples = await voices.soundOf(clip);
      clips.push({ clip, samples, features: await hear(samples) });
    }
    const words = [...new Set(clips.map(({ clip: { word } }) => word))].sort();
    speakers.push({ speaker, words, clips });
  }
  return speakers;
}

/**
 * `k` takes of each word to enrol, all others to test. Takes in which the app hears nothing would be
 * recorded again when teaching, so they are never enrolled; they are tested, and count as wrong.
 * A word with no more than `k` usable takes is taught but not tested.
 */
export function drawTakes(speaker: SpeakerClips, words: readonly string[], k: number, random: Random): Draw {
  const enrolled = new Set<HeardClip>();
  const tested: HeardClip[] = [];
  for (const word of words) {
    const takes = speaker.clips.filter(({ clip }) => clip.word === word);
    const usable = shuffled(
      takes.filter(({ features }) => features !== undefined),
      random,
    );
    for (const clip of usable.slice(0, k)) enrolled.add(clip);
    if (usable.length > k) tested.push(...takes.filter((take) => !enrolled.has(take)));
  }
  return { enrolled: [...enrolled], tested };
}

/** The same numbers for the same speaker, draw and k, whatever else is run. */
export function randomOf(speaker: string, draw: number, k: number): Random {
  let seed = 17 * draw + k;
  for (const character of speaker) seed = Math.imul(seed, 31) + character.charCodeAt(0);
  return seededRandom(seed);
}
