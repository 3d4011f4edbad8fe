import { describe, expect, it } from 'vitest';
import { loadEncoderModel } from '../../../bench/encoder-file';
import { drawBatches } from '../../../src/compute/adapter-batches';
import { createCompute } from '../../../src/compute/compute';
import {
  adaptedEmbedding,
  type EncoderAdapter,
  isSoundAdapter,
  untrainedAdapter,
} from '../../../src/compute/encoder-adapter';
import { seededRandom } from '../../../src/core/random';
import { describeTuning, smallAdapter, smallClips, smallJob } from './adapter-behaviour';
import { encodingOf, furthest, parityClips } from './encoder-behaviour';

describeTuning('cpu', { tolerance: 5e-3 });
describeTuning('wasm', { tolerance: 5e-3 });

describe('an adapter', () => {
  it('that is untrained gives the embeddings of the shipped encoder', async () => {
    const { weights } = await loadEncoderModel();
    const compute = createCompute();
    await compute.loadEncoder(weights);
    const adapter = untrainedAdapter(weights, seededRandom(1));
    for (const { logMel } of parityClips) {
      const { frames, phrase } = await encodingOf(compute, logMel);
      expect(furthest(adaptedEmbedding(adapter, frames, weights.poolingFloor), phrase)).toBeLessThan(1e-6);
    }
  });

  it('trained with the same seed is the same to the last bit', async () => {
    const compute = createCompute();
    await compute.start('wasm');
    const job = { ...smallJob(6), options: { ...smallJob(6).options, dropout: 0.3, clips: 6 } };
    const both = await compute.tune([job, job]);
    if (!both.ok) throw new Error(both.error.kind);
    expect(both.value[0]).toEqual(both.value[1]);
    expect(both.value[0]).not.toEqual(job.initial);
  });

  it.each<[string, Partial<EncoderAdapter>]>([
    ['a part too short', { up: new Float32Array(3) }],
    [
      'a number that is none',
      { down: smallAdapter().down.map((value, index) => (index === 4 ? Number.NaN : value)) },
    ],
    ['an even number of taps', { depthwise: new Float32Array(2 * 3) }],
  ])('with %s is not sound', (_, damage) => {
    expect(isSoundAdapter(smallAdapter())).toBe(true);
    expect(isSoundAdapter({ ...smallAdapter(), ...damage })).toBe(false);
  });
});

describe('drawBatches', () => {
  it('counts nothing for a clip that is the only one of its phrase, and leaves absent phrases out', () => {
    const { frames, labels } = smallClips(2);
    const lone = { frames: [...frames, ...frames.slice(0, 1)], labels: [...labels, 3], phraseCount: 5 };
    const batch = drawBatches(lone, 6, { clips: 64, dropout: 0, seed: 2 })();
    expect(batch.isPresent).toEqual([true, true, true, true, false]);
    const row = Array.from({ length: 7 }, (_, clip) => clip).find((clip) => batch.isOwn[clip * 5 + 3] === 1);
    expect(batch.weight[row ?? 0]).toBe(0);
    expect(batch.weight.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
  });

  it('has the same shape in every step, and shows every phrase in turn', () => {
    const clips = smallClips(4);
    const next = drawBatches(clips, 6, { clips: 8, dropout: 0.2, seed: 2 });
    const seen = new Set<number>();
    for (let step = 0; step < 6; step += 1) {
      const { frames, longest, clipCount, isPresent } = next();
      expect(frames.length).toBe(clipCount * longest * 6);
      expect(clipCount).toBe(8);
      isPresent.forEach((isHere, phrase) => {
        if (isHere) seen.add(phrase);
      });
    }
    expect(seen.size).toBe(3);
  });

  it('takes whole channels from a clip, and makes up for them', () => {
    const clips = smallClips(2);
    const next = drawBatches(clips, 6, { clips: 6, dropout: 0.5, seed: 2 });
    const { frames, longest } = next();
    const first = frames.subarray(0, longest * 6);
    const dropped = Array.from({ length: 6 }, (_, channel) =>
      first.every((value, index) => index % 6 !== channel || value === 0),
    );
    expect(dropped).toContain(true);
    expect(dropped).toContain(false);
    const most = Math.max(...clips.frames.flatMap(({ data }) => [...data]));
    expect(Math.max(...frames)).toBeGreaterThan(most);
  });
});
