import * as v from 'valibot';
import type { SampleClip } from './echo-state';

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
