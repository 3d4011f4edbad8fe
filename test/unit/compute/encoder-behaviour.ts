import { getKernel, memory, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '../../../src/compute/backend-memory';
import { createCompute } from '../../../src/compute/compute';
import type { Compute, ComputeOptions } from '../../../src/compute/compute-contract';
import type { EncoderWeights, Encoding, Frames } from '../../../src/compute/encoder-weights';
import parity from '../../fixtures/encoder/parity.json';
import { smallJob } from './backend-behaviour';

const BANDS = 40;

/** Made-up clips and what the exported net made of them in double precision, by `models/training`. */
export const parityClips = parity.clips.map(({ frames, logMel, phrase, speaker, lastFrame }) => ({
  logMel: { frameCount: frames, dimensions: BANDS, data: Float32Array.from(logMel) } satisfies Frames,
  phrase,
  speaker,
  lastFrame,
}));

/** The first `frameCount` frames of a clip. */
export function clipOf(frameCount: number): Frames {
  const longest = parityClips.at(-1)?.logMel;
  if (longest === undefined || longest.frameCount < frameCount) throw new Error('the fixture is too short');
  return { frameCount, dimensions: BANDS, data: longest.data.slice(0, frameCount * BANDS) };
}

export async function encodingOf(compute: Compute, logMel: Frames): Promise<Encoding> {
  const encoded = await compute.encode(logMel);
  if (!encoded.ok) throw new Error(JSON.stringify(encoded.error));
  return encoded.value;
}

/** Largest absolute difference. */
export function furthest(values: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Math.max(...Array.from(values, (value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
}

/** Makes a backend read back zeros without an error, as WebGL does after it lost its device. */
function silence(backendName: BackendName): () => void {
  const concat = getKernel('Concat', backendName);
  const zeros = getKernel('ZerosLike', backendName);
  unregisterKernel('Concat', backendName);
  registerKernel({
    kernelName: 'Concat',
    backendName,
    kernelFunc: (args) => {
      const x = concat.kernelFunc(args) as TensorInfo;
      return zeros.kernelFunc({ inputs: { x }, backend: args.backend, attrs: {} });
    },
  });
  return () => {
    unregisterKernel('Concat', backendName);
    registerKernel(concat);
  };
}

export interface EncoderBehaviourOptions extends ComputeOptions {
  readonly cycles: number;
  /** Of each number of an embedding; those are at most 1. */
  readonly tolerance: number;
}

/** What the encoder has to do alike on every backend. `cycles` is smaller where graphics are rendered in software. */
export function describeEncoder(
  backend: BackendName,
  weightsOf: () => Promise<EncoderWeights>,
  options: EncoderBehaviourOptions,
): void {
  describe(`encoder on ${backend}`, () => {
    let compute: Compute;

    beforeAll(async () => {
      compute = createCompute({ ...options, limitMs: 20_000 });
      await compute.start(backend);
      expect(await compute.loadEncoder(await weightsOf())).toEqual({ ok: true, value: undefined });
    }, 60_000);

    it('runs where it was asked to', () => {
      expect(compute.status).toMatchObject({ kind: 'ready', backend });
    });

    it.each(parityClips)('agrees with the exported net on $logMel.frameCount frames', async (clip) => {
      const { phrase, speaker, frames } = await encodingOf(compute, clip.logMel);
      expect(furthest(phrase, clip.phrase)).toBeLessThan(options.tolerance);
      expect(furthest(speaker, clip.speaker)).toBeLessThan(options.tolerance);
      expect(frames.frameCount).toBe(Math.ceil(clip.logMel.frameCount / 2));
      const last = frames.data.subarray(-frames.dimensions);
      const largest = Math.max(1, ...clip.lastFrame);
      expect(furthest(last, clip.lastFrame) / largest).toBeLessThan(options.tolerance);
    });

    it('encodes a single frame', async () => {
      const { phrase, speaker, frames } = await encodingOf(compute, clipOf(1));
      expect(Math.hypot(...phrase)).toBeCloseTo(1, 4);
      expect(Math.hypot(...speaker)).toBeCloseTo(1, 4);
      expect(frames).toMatchObject({ frameCount: 1, dimensions: parityClips[0]?.lastFrame.length });
    });

    it('leaves no tensor behind', async () => {
      await encodingOf(compute, clipOf(4));
      const before = memory().numTensors;
      for (let cycle = 0; cycle < options.cycles; cycle += 1) await encodingOf(compute, clipOf(4));
      expect(memory().numTensors).toBe(before);
    }, 60_000);

    it('answers in the middle of training on the same backend', async () => {
      const controller = new AbortController();
      let isTraining = true;
      const training = compute.train([smallJob(1_000_000)], controller.signal).finally(() => {
        isTraining = false;
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      const [clip] = parityClips;
      if (clip === undefined) throw new Error('the fixture is empty');
      const { phrase } = await encodingOf(compute, clip.logMel);
      expect(isTraining).toBe(true);
      expect(furthest(phrase, clip.phrase)).toBeLessThan(options.tolerance);
      controller.abort();
      expect(await training).toEqual({ ok: false, error: { kind: 'aborted' } });
    }, 120_000);

    it('gives up a long training with the backend, and answers before it is done on another one', async () => {
      const [clip] = parityClips;
      if (clip === undefined) throw new Error('the fixture is empty');
      const controller = new AbortController();
      let isTraining = true;
      const training = compute.train([smallJob(1_000_000)], controller.signal).finally(() => {
        isTraining = false;
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      const restore = silence(backend);
      try {
        const { phrase } = await encodingOf(compute, clip.logMel);
        expect(isTraining).toBe(true);
        expect(furthest(phrase, clip.phrase)).toBeLessThan(options.tolerance);
        expect(compute.status).toMatchObject({ kind: 'ready' });
        expect(compute.status).not.toMatchObject({ backend });
      } finally {
        restore();
        controller.abort();
      }
      expect(await training).toEqual({ ok: false, error: { kind: 'aborted' } });
      await compute.start(backend);
    }, 120_000);

    it('is dropped for another backend when it answers zeros, and taken again when it is well', async () => {
      const [clip] = parityClips;
      if (clip === undefined) throw new Error('the fixture is empty');
      const restore = silence(backend);
      try {
        const { phrase } = await encodingOf(compute, clip.logMel);
        expect(furthest(phrase, clip.phrase)).toBeLessThan(options.tolerance);
        expect(compute.status).toMatchObject({ kind: 'ready' });
        expect(compute.status).not.toMatchObject({ backend });
      } finally {
        restore();
      }
      await compute.start(backend);
      const { phrase } = await encodingOf(compute, clip.logMel);
      expect(furthest(phrase, clip.phrase)).toBeLessThan(options.tolerance);
      expect(compute.status).toMatchObject({ kind: 'ready', backend });
    }, 120_000);
  });
}
