import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLACDecoder } from '@wasm-audio-decoders/flac';

export interface VoiceClip {
  readonly path: string;
  readonly set: string;
  readonly speaker: string;
  readonly word: string;
  readonly take: number;
}

/** Real recorded voices where they are at hand, the project's own synthetic ones otherwise. */
const REAL = '../shared/data/voices';
const OWN = 'test/fixtures/voices/voices';

export const areVoicesReal = existsSync(join(REAL, 'manifest.tsv'));
const root = areVoicesReal ? REAL : OWN;

export function listClips(): readonly VoiceClip[] {
  const [, ...lines] = readFileSync(join(root, 'manifest.tsv'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [path = '', set = '', speaker = '', word = '', take = ''] = line.split('\t');
    return { path, set, speaker, word, take: Number(take) };
  });
}

/** One speaker of a set of commands. */
export function speakerClips(set: string, speaker: string): readonly VoiceClip[] {
  return listClips().filter((clip) => clip.set === set && clip.speaker === speaker);
}

export const clipPath = (clip: VoiceClip): string => join(root, clip.path);

/** 16 kHz mono in [-1, 1]. */
export async function decodeClip(clip: VoiceClip): Promise<Float32Array> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const decoded = await decoder.decodeFile(new Uint8Array(readFileSync(clipPath(clip))));
  decoder.free();
  const samples = decoded.channelData[0];
  if (samples === undefined) throw new Error(`no sound in ${clip.path}`);
  return samples;
}
