import { existsSync } from 'node:fs';
import { type VoiceClip, Voices } from '../../bench/voices';

export type { VoiceClip };

/** Real recorded voices where they are at hand, the project's own synthetic ones otherwise. */
const REAL = '../shared/data/voices';
const OWN = 'test/fixtures/voices';

export const areVoicesReal = existsSync(`${REAL}/manifest.tsv`);
const voices = new Voices(areVoicesReal ? REAL : OWN);

export const listClips = (): readonly VoiceClip[] => voices.clips;

/** One speaker of a set of commands. */
export function speakerClips(set: string, speaker: string): readonly VoiceClip[] {
  return voices.clips.filter((clip) => clip.set === set && clip.speaker === speaker);
}

export const clipPath = (clip: VoiceClip): string => voices.fileOf(clip);

/** 16 kHz mono in [-1, 1]. The same array every time: do not change it. */
export const decodeClip = (clip: VoiceClip): Promise<Float32Array> => voices.soundOf(clip);
