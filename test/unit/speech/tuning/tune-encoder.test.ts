import { beforeAll, describe, expect, it } from 'vitest';
import type { PhraseId } from '../../../../src/core/ids';
import { seededRandom } from '../../../../src/core/random';
import { epochMs } from '../../../../src/core/units';
import type { Exemplar } from '../../../../src/speech/recognition/scorer';
import { loadAdapter, saveAdapter } from '../../../../src/speech/tuning/adapter-codec';
import { canTune, tuneEncoder } from '../../../../src/speech/tuning/tune-encoder';
import type { TunedEncoder } from '../../../../src/speech/tuning/tuned-encoder';
import { type Encoding, startEncoding } from '../../../support/encoded-phrases';
import { phraseId, sayPhrase, takeId, teach } from '../../../support/synthetic-phrases';

const PHRASES = [0, 1, 2];
const nearest = (distances: ReadonlyMap<PhraseId, number> | undefined): PhraseId | undefined =>
  [...(distances ?? [])].sort((a, b) => a[1] - b[1])[0]?.[0];

let encoding: Encoding;
let exemplars: Exemplar[];
/** A take of phrase 0 that is labelled phrase 1: seen, it would be learnt by heart. */
let mislabelled: Exemplar;
let tuned: TunedEncoder;

beforeAll(async () => {
  encoding = await startEncoding();
  const [wrong] = await encoding.encodeAll([
    { takeId: takeId(1, 90), phraseId: phraseId(1), features: sayPhrase(0, seededRandom(77)) },
  ]);
  if (wrong === undefined) throw new Error('nothing was encoded');
  mislabelled = wrong;
  exemplars = [...(await encoding.encodeAll(PHRASES.flatMap((phrase) => teach(phrase, 10)))), mislabelled];
  const result = await tuneEncoder(exemplars, encoding.compute, encoding.encoder);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  tuned = result.value;
}, 60_000);

describe('tuneEncoder', () => {
  it('names utterances that it never heard', async () => {
    for (const phrase of PHRASES) {
      const said = await encoding.encode(sayPhrase(phrase, seededRandom(500 + phrase)));
      expect(nearest(tuned.distances(said))).toBe(phraseId(phrase));
    }
  });

  it('brings distances to every phrase for every take, and holds the take out of them', () => {
    for (const { takeId: id } of exemplars) {
      expect([...(tuned.heldOut.get(id)?.keys() ?? [])].sort()).toEqual(PHRASES.map(phraseId));
    }
    expect(nearest(tuned.heldOut.get(mislabelled.takeId))).toBe(phraseId(0));
  });

  it('says nothing about an utterance that was not encoded', () => {
    expect(tuned.distances(sayPhrase(1, seededRandom(3)))).toBeUndefined();
  });

  it('gives the same adapter for the same takes in any order', async () => {
    const again = await tuneEncoder([...exemplars].reverse(), encoding.compute, encoding.encoder);
    if (!again.ok) throw new Error(again.error.kind);
    expect(again.value.adapter).toEqual(tuned.adapter);
    expect(again.value.heldOut).toEqual(new Map([...tuned.heldOut]));
  }, 60_000);

  it('has too little to learn from in few takes, in one phrase, and in takes that were not encoded', async () => {
    const relabelled = exemplars.map((take) => ({ ...take, phraseId: phraseId(0) }));
    const unheard = exemplars.map((take, index) =>
      index > 0 ? take : { ...take, features: sayPhrase(0, seededRandom(1)) },
    );
    expect(canTune(exemplars)).toBe(true);
    for (const takes of [[], exemplars.slice(0, 19), relabelled, unheard]) {
      expect(await tuneEncoder(takes, encoding.compute, encoding.encoder)).toEqual({
        ok: false,
        error: { kind: 'too-little' },
      });
    }
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const tuning = tuneEncoder(exemplars, encoding.compute, encoding.encoder, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    expect(await tuning).toEqual({ ok: false, error: { kind: 'aborted' } });
  });
});

describe('saveAdapter and loadAdapter', () => {
  const saved = () => saveAdapter(tuned, exemplars, encoding.encoder, epochMs(1_700_000_000_000));

  it('bring back one that answers the same, with the same held-out distances', async () => {
    const loaded = loadAdapter(saved(), exemplars, encoding.encoder);
    if (!loaded.ok) throw new Error(loaded.error.kind);
    const said = await encoding.encode(sayPhrase(1, seededRandom(4)));
    expect(loaded.value.distances(said)).toEqual(tuned.distances(said));
    expect(loaded.value.heldOut).toEqual(tuned.heldOut);
  });

  it('refuse every damaged byte of a sample, a short file, another format and a broken description', () => {
    const model = saved();
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
      expect(loadAdapter(broken, exemplars, encoding.encoder)).toEqual({
        ok: false,
        error: { kind: 'corrupt' },
      });
    }
  });

  it('refuse one when a take came, went or changed its phrase, and one for another encoder', () => {
    const model = saved();
    const relabelled = exemplars.map((take, index) =>
      index === 0 ? { ...take, phraseId: phraseId(2) } : take,
    );
    const more = [...exemplars, { ...mislabelled, takeId: takeId(2, 91) }];
    for (const changed of [exemplars.slice(1), more, relabelled]) {
      expect(loadAdapter(model, changed, encoding.encoder)).toEqual({
        ok: false,
        error: { kind: 'outdated' },
      });
    }
    const newer = { ...encoding.encoder, version: '99.0.0' };
    expect(loadAdapter(model, exemplars, newer)).toEqual({ ok: false, error: { kind: 'outdated' } });
  });
});
