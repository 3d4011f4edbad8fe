import { memory, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AdapterBatch, type AdapterClips, drawBatches } from '../../../src/compute/adapter-batches';
import { ADAPTER_PARTS, partsOf } from '../../../src/compute/adapter-parts';
import { type AdapterJob, adapterGradients, uploadAdapter } from '../../../src/compute/adapter-trainer';
import type { BackendName } from '../../../src/compute/backend-memory';
import { createCompute } from '../../../src/compute/compute';
import type { Compute, ComputeOptions } from '../../../src/compute/compute-contract';
import { adaptedEmbedding, type EncoderAdapter } from '../../../src/compute/encoder-adapter';
import type { Frames } from '../../../src/compute/encoder-weights';
import { onBackend } from '../../../src/compute/open-backend';
import { sampledNormal, seededRandom } from '../../../src/core/random';

const CHANNELS = 6;
const WIDTH = 3;
const FLOOR = 1e-2;
const PHRASES = 3;

const normals = (count: number, deviation: number, random: () => number): Float32Array =>
  Float32Array.from({ length: count }, () => deviation * sampledNormal(random));

/** Small, and none of it zero, so that every part has a gradient. */
export function smallAdapter(): EncoderAdapter {
  const random = seededRandom(3);
  return {
    channels: CHANNELS,
    width: WIDTH,
    down: normals(CHANNELS * WIDTH, 0.4, random),
    downBias: normals(WIDTH, 0.2, random),
    depthwise: normals(3 * WIDTH, 0.5, random),
    up: normals(WIDTH * CHANNELS, 0.4, random),
    head: { kernel: normals(2 * CHANNELS * 5, 0.5, random), bias: normals(5, 0.1, random) },
  };
}

/** Clips of three phrases, three to seven frames long; each phrase moves along channels of its own, in noise. */
export function smallClips(takes = 3): AdapterClips {
  const random = seededRandom(8);
  const labels = Array.from({ length: PHRASES * takes }, (_, clip) => clip % PHRASES);
  const frames = labels.map((phrase): Frames => {
    const frameCount = 3 + Math.floor(5 * random());
    const data = Float32Array.from({ length: frameCount * CHANNELS }, (_, index) => {
      const channel = index % CHANNELS;
      const isLoud = channel % PHRASES === phrase && index < (frameCount * CHANNELS) / 2;
      return Math.max(0, (isLoud ? 0.6 : 0.3) + 0.4 * sampledNormal(random));
    });
    return { frameCount, dimensions: CHANNELS, data };
  });
  return { frames, labels, phraseCount: PHRASES };
}

export const smallJob = (steps: number): AdapterJob => ({
  initial: smallAdapter(),
  clips: smallClips(),
  poolingFloor: FLOOR,
  options: { steps, learningRate: 0.02, keep: 1e-3, dropout: 0, clips: 64, seed: 4 },
});

/** Cross-entropy of a batch, in double precision but for the embeddings; prototypes as `anchors` make them. */
function lossOf(
  adapter: EncoderAdapter,
  clips: AdapterClips,
  batch: AdapterBatch,
  anchors: EncoderAdapter,
): number {
  const embedded = (by: EncoderAdapter): Float32Array[] =>
    clips.frames.map((frames) => adaptedEmbedding(by, frames, FLOOR));
  const still = embedded(anchors);
  let loss = 0;
  for (const [clip, embedding] of embedded(adapter).entries()) {
    const cosines = Array.from({ length: PHRASES }, (_, phrase) => {
      const others = still.filter((_, other) => other !== clip && clips.labels[other] === phrase);
      const sum = embedding.map((_, at) => others.reduce((total, other) => total + (other[at] ?? 0), 0));
      return sum.reduce((total, value, at) => total + value * (embedding[at] ?? 0), 0) / Math.hypot(...sum);
    });
    const total = cosines.reduce((sum, cosine) => sum + Math.exp(20 * cosine), 0);
    loss += (Math.log(total) - 20 * (cosines[clips.labels[clip] ?? 0] ?? 0)) / batch.clipCount;
  }
  return loss;
}

/** One batch of all clips, in their own order: frames are laid out as `lossOf` reads them. */
function wholeBatch(clips: AdapterClips): AdapterBatch {
  return drawBatches(clips, CHANNELS, { clips: clips.labels.length, dropout: 0, seed: 1 })();
}

function moved(
  adapter: EncoderAdapter,
  part: (typeof ADAPTER_PARTS)[number],
  index: number,
  by: number,
): EncoderAdapter {
  const parts = { ...partsOf(adapter) };
  parts[part] = parts[part].map((value, at) => (at === index ? value + by : value));
  const { kernel, bias, ...block } = parts;
  return { ...adapter, ...block, head: { kernel, bias } };
}

/** Share of clips nearest to their own phrase's prototype, which is made without them. */
export function shareRight(adapter: EncoderAdapter, clips: AdapterClips): number {
  const embedded = clips.frames.map((frames) => adaptedEmbedding(adapter, frames, FLOOR));
  const right = embedded.filter((embedding, clip) => {
    const cosines = Array.from({ length: PHRASES }, (_, phrase) => {
      const others = embedded.filter((_, other) => other !== clip && clips.labels[other] === phrase);
      const sum = embedding.map((_, at) => others.reduce((total, other) => total + (other[at] ?? 0), 0));
      return sum.reduce((total, value, at) => total + value * (embedding[at] ?? 0), 0) / Math.hypot(...sum);
    });
    return cosines.indexOf(Math.max(...cosines)) === clips.labels[clip];
  });
  return right.length / embedded.length;
}

async function tuned(compute: Compute, job: AdapterJob): Promise<EncoderAdapter> {
  const result = await compute.tune([job]);
  const adapter = result.ok ? result.value[0] : undefined;
  if (adapter === undefined) throw new Error(JSON.stringify(result));
  return adapter;
}

/** What tuning has to do alike on every backend. */
export function describeTuning(
  backend: BackendName,
  options: ComputeOptions & { readonly tolerance: number },
): void {
  describe(`tuning on ${backend}`, () => {
    let compute: Compute;
    beforeAll(async () => {
      compute = createCompute(options);
      await compute.start(backend);
      expect(compute.status).toMatchObject({ kind: 'ready', backend });
    });

    it('follows the slope of the loss, as small steps to either side show it', async () => {
      const clips = smallClips();
      const batch = wholeBatch(clips);
      const adapter = smallAdapter();
      const gradients = onBackend(backend, () =>
        tidy(() =>
          adapterGradients(uploadAdapter(adapter), batch, { channels: CHANNELS, poolingFloor: FLOOR }),
        ),
      );
      for (const part of ADAPTER_PARTS) {
        const slopes = await gradients[part].data();
        for (let index = 0; index < slopes.length; index += Math.ceil(slopes.length / 6)) {
          const step = 2e-3;
          const measured =
            (lossOf(moved(adapter, part, index, step), clips, batch, adapter) -
              lossOf(moved(adapter, part, index, -step), clips, batch, adapter)) /
            (2 * step);
          expect(Math.abs((slopes[index] ?? Number.NaN) - measured)).toBeLessThan(
            options.tolerance * Math.max(1, Math.abs(measured)),
          );
        }
        gradients[part].dispose();
      }
    });

    it('learns to tell phrases apart, and leaves no tensor behind', async () => {
      const { initial, clips } = smallJob(0);
      await tuned(compute, smallJob(1));
      const before = memory().numTensors;
      const adapter = await tuned(compute, smallJob(40));
      expect(memory().numTensors).toBe(before);
      expect(shareRight(adapter, clips)).toBeGreaterThan(shareRight(initial, clips));
    });

    it('stops when aborted', async () => {
      const controller = new AbortController();
      controller.abort();
      expect(await compute.tune([smallJob(5)], controller.signal)).toEqual({
        ok: false,
        error: { kind: 'aborted' },
      });
    });
  });
}
