import { beforeAll, describe, expect, it } from 'vitest';
import { createCompute } from '../../../../src/compute/compute';
import type { Compute } from '../../../../src/compute/compute-contract';
import type { PhraseId } from '../../../../src/core/ids';
import { seededRandom } from '../../../../src/core/random';
import { epochMs } from '../../../../src/core/units';
import { loadHead, saveHead } from '../../../../src/speech/head/head-codec';
import { type PhraseHead, trainPhraseHead } from '../../../../src/speech/head/phrase-head';
import type { Exemplar } from '../../../../src/speech/recognition/scorer';
import { phraseId, sayPhrase, takeId, teach } from './head-synthetic';

const nearest = (distances: ReadonlyMap<PhraseId, number>): PhraseId | undefined =>
  [...distances].sort((a, b) => a[1] - b[1])[0]?.[0];

const exemplars = [...teach(0, 3), ...teach(1, 3), ...teach(2, 2)];
let compute: Compute;

beforeAll(async () => {
  compute = createCompute();
  await compute.start('wasm');
});

async function trained(takes: readonly Exemplar[]): Promise<PhraseHead> {
  const result = await trainPhraseHead(takes, compute);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('trainPhraseHead', () => {
  it('names takes that it never saw', async () => {
    const head = await trained(exemplars);
    for (const phrase of [0, 1, 2]) {
      for (let seed = 50; seed < 55; seed += 1) {
        expect(nearest(head.distances(sayPhrase(phrase, seededRandom(seed))))).toBe(phraseId(phrase));
      }
    }
  });

  it('gives every phrase a distance that is not negative, and brings one for every left-out take', async () => {
    const head = await trained(exemplars);
    const all = [head.distances(sayPhrase(1, seededRandom(3))), ...head.heldOut.values()];
    for (const distances of all) {
      expect([...distances.keys()].sort()).toEqual([0, 1, 2].map(phraseId));
      for (const distance of distances.values()) expect(distance).toBeGreaterThanOrEqual(0);
    }
    expect(new Set(head.heldOut.keys())).toEqual(new Set(exemplars.map((exemplar) => exemplar.takeId)));
  });

  it('holds a take out of what it says about that take', async () => {
    // A take of phrase 0 that is labelled phrase 1: seen, it would be learnt by heart.
    const mislabelled = {
      takeId: takeId(1, 9),
      phraseId: phraseId(1),
      features: sayPhrase(0, seededRandom(77)),
    };
    const head = await trained([...teach(0, 4), ...teach(1, 4), mislabelled]);
    expect(nearest(head.heldOut.get(mislabelled.takeId) ?? new Map())).toBe(phraseId(0));
  });

  it('knows a phrase with one take, and held that take out of it altogether', async () => {
    const head = await trained([...exemplars, ...teach(3, 1)]);
    expect(nearest(head.distances(sayPhrase(3, seededRandom(60))))).toBe(phraseId(3));
    expect([...(head.heldOut.get(takeId(3, 0)) ?? new Map()).keys()].sort()).toEqual([0, 1, 2].map(phraseId));
  });

  it('is the same head for the same takes in any order', async () => {
    const [first, second] = [await trained(exemplars), await trained([...exemplars].reverse())];
    const features = sayPhrase(2, seededRandom(8));
    for (const [id, distance] of first.distances(features)) {
      expect(second.distances(features).get(id)).toBeCloseTo(distance, 4);
    }
  });

  it.each([
    ['no takes', []],
    ['one phrase', teach(0, 5)],
    ['one take a phrase', [...teach(0, 1), ...teach(1, 1), ...teach(2, 1)]],
    ['two takes of one phrase only', [...teach(0, 2), ...teach(1, 1)]],
  ])('has too little to learn from with %s', async (_, takes) => {
    expect(await trainPhraseHead(takes, compute)).toEqual({ ok: false, error: { kind: 'too-little' } });
  });

  it('leaves empty recordings aside', async () => {
    const empty = { frameCount: 0, dimensions: 40, data: new Float32Array(0) };
    const nothing = {
      takeId: takeId(0, 50),
      phraseId: phraseId(0),
      features: { logMel: empty, mfcc: { ...empty, dimensions: 26 } },
    };
    const head = await trained([...exemplars, nothing]);
    expect(head.heldOut.has(nothing.takeId)).toBe(false);
    expect(head.distances(nothing.features).size).toBe(0);
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const training = trainPhraseHead(exemplars, compute, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    expect(await training).toEqual({ ok: false, error: { kind: 'aborted' } });
  });
});

describe('saveHead and loadHead', () => {
  it('bring back a head that answers the same, with the same held-out distances', async () => {
    const head = await trained(exemplars);
    const loaded = loadHead(saveHead(head, epochMs(1_700_000_000_000)), exemplars);
    if (!loaded.ok) throw new Error(loaded.error.kind);
    const features = sayPhrase(1, seededRandom(4));
    expect(loaded.value.distances(features)).toEqual(head.distances(features));
    expect(loaded.value.heldOut).toEqual(head.heldOut);
  });

  it('refuse every damaged byte of a sample, a short file, another format and a broken description', async () => {
    const model = saveHead(await trained(exemplars), epochMs(0));
    const damaged = Array.from({ length: 40 }, (_, index) => {
      const weights = Uint8Array.from(model.weights);
      const at = Math.floor((index / 40) * weights.length);
      weights[at] = (weights[at] ?? 0) ^ (1 << (index % 8));
      return { ...model, weights };
    });
    const others = [
      { ...model, weights: model.weights.subarray(4) },
      { ...model, format: model.format + 1 },
      { ...model, id: 'another-model' },
      { ...model, description: model.description.slice(1) },
      { ...model, description: '{}' },
    ];
    for (const broken of [...damaged, ...others]) {
      expect(loadHead(broken, exemplars)).toEqual({ ok: false, error: { kind: 'corrupt' } });
    }
  });

  it('refuse a head when a take came, went or changed its phrase', async () => {
    const model = saveHead(await trained(exemplars), epochMs(0));
    const relabelled = exemplars.map((take, index) =>
      index === 0 ? { ...take, phraseId: phraseId(2) } : take,
    );
    for (const changed of [exemplars.slice(1), [...exemplars, ...teach(3, 1)], relabelled]) {
      expect(loadHead(model, changed)).toEqual({ ok: false, error: { kind: 'takes-changed' } });
    }
  });
});
