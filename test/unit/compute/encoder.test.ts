import { describe, expect, it } from 'vitest';
import { loadEncoderModel } from '../../../bench/encoder-file';
import { createCompute } from '../../../src/compute/compute';
import { clipOf, describeEncoder, encodingOf, furthest, parityClips } from './encoder-behaviour';

const weightsOf = async () => (await loadEncoderModel()).weights;

describeEncoder('cpu', weightsOf, { cycles: 1_000, tolerance: 1e-4 });
describeEncoder('wasm', weightsOf, { cycles: 1_000, tolerance: 1e-4 });

describe('encode', () => {
  it('says so when no encoder was loaded', async () => {
    expect(await createCompute().encode(clipOf(4))).toEqual({ ok: false, error: { kind: 'no-encoder' } });
  });

  it('starts on a backend by itself', async () => {
    const compute = createCompute();
    await compute.loadEncoder(await weightsOf());
    expect((await encodingOf(compute, clipOf(4))).frames.frameCount).toBe(2);
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'wasm' });
  });

  it.each([
    ['no frames', { frameCount: 0, dimensions: 40, data: new Float32Array(0) }],
    ['a number that is none', { ...clipOf(2), data: clipOf(2).data.fill(Number.NaN, 7, 8) }],
    ['infinite energy', { ...clipOf(2), data: clipOf(2).data.fill(Number.POSITIVE_INFINITY, 7, 8) }],
  ])('has nothing to encode in %s, and blames no backend', async (_, logMel) => {
    const compute = createCompute();
    await compute.loadEncoder(await weightsOf());
    expect(await compute.encode(logMel)).toEqual({ ok: false, error: { kind: 'nothing-to-encode' } });
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'wasm' });
  });

  it('is aborted before it begins', async () => {
    const compute = createCompute();
    await compute.loadEncoder(await weightsOf());
    const aborted = { ok: false, error: { kind: 'aborted' } };
    expect(await compute.encode(clipOf(4), AbortSignal.abort())).toEqual(aborted);
  });

  it('takes new weights in place of the old ones', async () => {
    const compute = createCompute();
    const weights = await weightsOf();
    await compute.loadEncoder({ ...weights, phrase: { ...weights.phrase, bias: weights.speaker.bias } });
    expect((await encodingOf(compute, clipOf(4))).phrase).toHaveLength(64);
    await compute.loadEncoder(weights);
    expect((await encodingOf(compute, clipOf(4))).phrase).toHaveLength(96);
  });

  it.each([
    ['range', { range: 6 }],
    ['scale', { scale: 3.01 }],
  ])('depends on the %s of the input as the exported net does', async (_, change) => {
    const [clip] = parityClips;
    if (clip === undefined) throw new Error('the fixture is empty');
    const compute = createCompute();
    const weights = await weightsOf();
    await compute.loadEncoder({ ...weights, input: { ...weights.input, ...change } });
    expect(furthest((await encodingOf(compute, clip.logMel)).phrase, clip.phrase)).toBeGreaterThan(1e-4);
  });
});
