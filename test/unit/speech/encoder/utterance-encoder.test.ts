import { describe, expect, it } from 'vitest';
import { encoderManifest, readEncoderBytes } from '../../../../bench/encoder-file';
import { createCompute } from '../../../../src/compute/compute';
import { err, ok } from '../../../../src/core/result';
import { extractFeatures } from '../../../../src/features/feature-extractor';
import { fetchEncoder } from '../../../../src/speech/encoder/fetch-encoder';
import {
  type EncoderStatus,
  UtteranceEncoder,
  type UtteranceEncoderOptions,
} from '../../../../src/speech/encoder/utterance-encoder';
import { silence, vowel } from '../../../support/signals';

function started(options: Partial<UtteranceEncoderOptions> = {}) {
  const statuses: EncoderStatus[] = [];
  const encoder = new UtteranceEncoder({
    compute: createCompute(),
    manifest: encoderManifest,
    fetchWeights: async () => ok(readEncoderBytes()),
    onStatus: (status) => statuses.push(status),
    ...options,
  });
  return { encoder, statuses };
}

const said = extractFeatures(vowel(0.6, 120, [600, 1_200], -20));
const nothing = extractFeatures(new Float32Array(10));

describe('UtteranceEncoder', () => {
  it('tells that it loads, then that it is ready, and of which version', async () => {
    const { encoder, statuses } = started();
    expect(encoder.status).toEqual({ kind: 'loading' });
    const status = await encoder.load();
    expect(status).toEqual({ kind: 'ready', version: encoder.model?.version });
    expect(statuses).toEqual([{ kind: 'loading' }, status]);
  });

  it('adds an embedding and leaves the rest alone', async () => {
    const { encoder } = started();
    const { embedding, ...rest } = await encoder.encode(said);
    expect(rest).toEqual(said);
    expect(embedding?.phrase).toHaveLength(96);
    expect(embedding?.speaker).toHaveLength(64);
    expect(embedding?.frames).toMatchObject({
      frameCount: Math.ceil(said.logMel.frameCount / 2),
      dimensions: 128,
    });
    expect(embedding?.frames.data.every((value) => value >= 0)).toBe(true);
  });

  it('gives the same answer for the same sound, whatever was encoded in between', async () => {
    const { encoder } = started();
    const first = await encoder.encode(said);
    await encoder.encode(extractFeatures(vowel(0.3, 200, [400, 2_000], -20)));
    expect(await encoder.encode(said)).toEqual(first);
  });

  it('returns what it was given where there are no frames', async () => {
    const { encoder } = started();
    expect(await encoder.encode(nothing)).toBe(nothing);
    expect(encoder.status.kind).toBe('ready');
  });

  it('survives digital silence', async () => {
    const { encoder } = started();
    await encoder.encode(extractFeatures(silence(0.5)));
    expect(encoder.status.kind).toBe('ready');
  });

  it('returns what it was given when aborted', async () => {
    const { encoder } = started();
    await encoder.load();
    expect(await encoder.encode(said, AbortSignal.abort())).toBe(said);
    expect(encoder.status.kind).toBe('ready');
  });

  it('fetches once, however often it is asked to load', async () => {
    let fetches = 0;
    const { encoder } = started({
      fetchWeights: async () => {
        fetches += 1;
        return ok(readEncoderBytes());
      },
    });
    await Promise.all([encoder.load(), encoder.load(), encoder.encode(said)]);
    await encoder.load();
    expect(fetches).toBe(1);
  });

  it('is unavailable while the file cannot be reached, and loads when asked again', async () => {
    let isReachable = false;
    const { encoder } = started({
      fetchWeights: async () =>
        isReachable ? ok(readEncoderBytes()) : err({ kind: 'unreachable', detail: 'offline' }),
    });
    expect(await encoder.load()).toEqual({ kind: 'unavailable', reason: 'unreachable', detail: 'offline' });
    expect(await encoder.encode(said)).toBe(said);
    isReachable = true;
    expect(await encoder.load()).toMatchObject({ kind: 'ready' });
    expect((await encoder.encode(said)).embedding).toBeDefined();
  });

  it('is unavailable with damaged weights', async () => {
    const damaged = readEncoderBytes();
    damaged[0] = (damaged[0] ?? 0) ^ 1;
    const { encoder } = started({ fetchWeights: async () => ok(damaged) });
    expect(await encoder.load()).toMatchObject({ kind: 'unavailable', reason: 'damaged' });
    expect(await encoder.encode(said)).toBe(said);
  });

  it('is unavailable while no backend works, and ready as soon as one does', async () => {
    const compute = createCompute();
    let isBroken = true;
    const noBackend = err({ kind: 'no-backend' as const, detail: 'every backend failed' });
    const { encoder, statuses } = started({
      compute: {
        loadEncoder: async (weights) => {
          const loaded = await compute.loadEncoder(weights);
          return isBroken ? noBackend : loaded;
        },
        encode: (logMel, signal) => (isBroken ? Promise.resolve(noBackend) : compute.encode(logMel, signal)),
      },
    });
    expect(await encoder.load()).toMatchObject({ kind: 'unavailable', reason: 'no-backend' });
    expect(await encoder.encode(said)).toBe(said);
    isBroken = false;
    expect((await encoder.encode(said)).embedding).toBeDefined();
    expect(statuses.at(-1)).toMatchObject({ kind: 'ready' });
  });
});

describe('fetchEncoder', () => {
  it('answers with an error where nothing answers', async () => {
    expect(await fetchEncoder('http://127.0.0.1:9/encoder.bin')).toMatchObject({
      ok: false,
      error: { kind: 'unreachable' },
    });
  });
});
