import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { SampleClip } from '../../../src/agents/echo-state';
import { judgeQuality } from '../../../src/audio/quality';
import { SAMPLE_RATE_HZ } from '../../../src/core/units';

const PUBLIC = join(import.meta.dirname, '..', '..', '..', 'public');

const ClipsSchema = v.array(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
    voice: v.pipe(v.string(), v.minLength(1)),
    phrase: v.pipe(v.string(), v.minLength(1)),
    language: v.picklist(['en', 'zh-CN']),
    url: v.pipe(v.string(), v.regex(/^samples\/[a-z0-9-]+\.flac$/)),
    use: v.picklist(['teach', 'say']),
  }),
);

const clips: readonly SampleClip[] = v.parse(
  ClipsSchema,
  JSON.parse(readFileSync(join(PUBLIC, 'samples', 'samples.json'), 'utf8')),
);

async function decode(url: string): Promise<{ samples: Float32Array; sampleRateHz: number }> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = await decoder.decodeFile(readFileSync(join(PUBLIC, url)));
  decoder.free();
  expect(channelData).toHaveLength(1);
  return { samples: channelData[0] ?? new Float32Array(), sampleRateHz: sampleRate };
}

describe('the built-in sample voices', () => {
  it('list exactly the files that are there, each once', () => {
    const files = readdirSync(join(PUBLIC, 'samples')).filter((name) => name.endsWith('.flac'));
    expect(clips.map(({ url }) => url).sort()).toEqual(files.map((name) => `samples/${name}`).sort());
    expect(new Set(clips.map(({ id }) => id)).size).toBe(clips.length);
  });

  it('teach every phrase with three takes, and say each at least once', () => {
    const phrases = new Set(clips.map(({ voice, phrase }) => `${voice}: ${phrase}`));
    expect(phrases.size).toBe(6);
    for (const name of phrases) {
      const own = clips.filter(({ voice, phrase }) => `${voice}: ${phrase}` === name);
      expect(own.filter(({ use }) => use === 'teach')).toHaveLength(3);
      expect(own.filter(({ use }) => use === 'say').length).toBeGreaterThanOrEqual(1);
    }
  });

  it('are recordings nobody would have to repeat: 16 kHz mono without a flaw', async () => {
    for (const { id, url } of clips) {
      const { samples, sampleRateHz } = await decode(url);
      const { flaws } = judgeQuality({ samples, endedBy: 'whole' });
      expect({ id, sampleRateHz, flaws }).toEqual({ id, sampleRateHz: SAMPLE_RATE_HZ, flaws: [] });
    }
  });
});
