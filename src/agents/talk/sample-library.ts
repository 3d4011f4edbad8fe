import * as v from 'valibot';
import { decodeAudioFile } from '../../audio/file-decoding';
import { err, type Result } from '../../core/result';
import type { SampleClip } from '../echo-state';

const SamplesSchema = v.array(
  v.object({
    id: v.string(),
    voice: v.string(),
    phrase: v.string(),
    language: v.string(),
    url: v.pipe(v.string(), v.regex(/^samples\/[\w.-]+$/, 'must lie in samples/')),
    use: v.picklist(['teach', 'say']),
  }),
);

/** The built-in voices. Empty when they cannot be had: a first visit that lost the network. */
export async function loadSamples(url: string): Promise<readonly SampleClip[]> {
  try {
    const response = await fetch(url);
    const parsed = v.safeParse(SamplesSchema, response.ok ? await response.json() : undefined);
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

/** Sound of a built-in voice, 16 kHz mono. */
export async function fetchSample(
  sample: SampleClip,
): Promise<Result<Float32Array, { readonly kind: 'file-unreadable'; readonly name: string }>> {
  try {
    const response = await fetch(sample.url);
    if (!response.ok) return err({ kind: 'file-unreadable', name: sample.phrase });
    return await decodeAudioFile(await response.blob(), sample.phrase);
  } catch {
    // Offline before the samples were cached.
    return err({ kind: 'file-unreadable', name: sample.phrase });
  }
}
