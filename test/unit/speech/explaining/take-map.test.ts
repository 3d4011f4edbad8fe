import { describe, expect, it } from 'vitest';
import { newId, type PhraseId } from '../../../../src/core/ids';
import { mapTakes } from '../../../../src/speech/explaining/take-map';
import { stripsOf } from '../../../../src/speech/explaining/take-strips';
import type { Exemplar } from '../../../../src/speech/recognition/scorer';
import { AH, EE, learnt, OO, wordAt } from './explaining-sounds';

type Vowels = readonly (readonly number[])[];

/** Recordings of one phrase at slightly different pitches. */
const phrase = (phraseId: PhraseId, ...words: readonly Vowels[]): Exemplar[] =>
  words.map((vowels, index) => learnt(phraseId, wordAt(116 + 4 * index, ...vowels)).exemplar);

const [tea, light, door] = [newId<PhraseId>(), newId<PhraseId>(), newId<PhraseId>()];
const even = (phraseId: PhraseId, ...vowels: Vowels) => phrase(phraseId, vowels, vowels, vowels);

describe('mapTakes', () => {
  it('keeps recordings of a phrase together and other phrases apart', async () => {
    const { takes, clashes, phrases } = await mapTakes([
      ...even(tea, AH, EE),
      ...even(light, OO, OO, EE),
      ...even(door, EE, AH, OO, AH),
    ]);
    const centres = [tea, light, door].map((id) => {
      const own = takes.filter(({ phraseId }) => phraseId === id);
      return { x: own.reduce((sum, { x }) => sum + x / 3, 0), y: own.reduce((sum, { y }) => sum + y / 3, 0) };
    });
    for (const [index, { x, y }] of takes.entries()) {
      const distances = centres.map((centre) => Math.hypot(centre.x - x, centre.y - y));
      expect(distances.indexOf(Math.min(...distances))).toBe(Math.floor(index / 3));
    }
    expect(takes.filter(({ outlier }) => outlier !== undefined)).toEqual([]);
    expect(clashes).toEqual([]);
    for (const { consistency } of phrases) expect(consistency).toBeGreaterThan(0.9);
  });

  it('fits into its frame and is the same every time', async () => {
    const examples = [...even(tea, AH, EE), ...even(light, OO, OO, EE)];
    const map = await mapTakes(examples);
    expect(Math.min(...map.takes.map(({ x }) => x))).toBe(0);
    expect(Math.max(...map.takes.map(({ x }) => x))).toBe(1);
    expect(Math.max(...map.takes.map(({ y }) => y))).toBeCloseTo(map.height, 9);
    expect(await mapTakes(examples)).toEqual(map);
  });

  it('finds a recording that sounds like another phrase', async () => {
    const stray = phrase(tea, [OO, OO, EE]);
    const { takes } = await mapTakes([...even(tea, AH, EE), ...stray, ...even(light, OO, OO, EE)]);
    const outliers = takes.filter(({ outlier }) => outlier !== undefined);
    expect(outliers).toMatchObject([
      { takeId: stray[0]?.takeId, outlier: { kind: 'like-another', phraseId: light } },
    ]);
  });

  it('finds a recording that sounds like no phrase', async () => {
    const odd = phrase(tea, [EE, OO, AH, EE, AH]);
    const { takes, phrases } = await mapTakes([...even(tea, AH, EE), ...odd, ...even(light, OO, OO, EE, OO)]);
    expect(takes.find(({ takeId }) => takeId === odd[0]?.takeId)?.outlier).toBeDefined();
    expect(phrases[0]?.consistency).toBeLessThan(phrases[1]?.consistency ?? 0);
  });

  it('finds two phrases taught with the same word', async () => {
    const { clashes } = await mapTakes([
      ...even(tea, AH, EE),
      ...even(light, AH, EE),
      ...even(door, OO, EE, OO),
    ]);
    expect(clashes.map(({ phraseIds }) => phraseIds)).toEqual([[tea, light]]);
  });

  it('finds them with one recording each', async () => {
    const one = phrase(tea, [AH, EE]);
    const { clashes } = await mapTakes([...one, ...phrase(light, [AH, EE])]);
    expect(clashes).toHaveLength(1);
    expect((await mapTakes([...one, ...phrase(door, [OO, OO, EE, OO])])).clashes).toEqual([]);
  });

  it('has a place for nothing, one recording and one phrase', async () => {
    expect(await mapTakes([])).toEqual({ takes: [], phrases: [], clashes: [], height: 0 });
    const [one] = phrase(tea, [AH, EE]);
    if (one === undefined) throw new Error('no recording was made');
    expect(await mapTakes([one])).toMatchObject({
      takes: [{ takeId: one.takeId, x: 0.5, y: 0, outlier: undefined }],
      phrases: [{ phraseId: tea, takeCount: 1, consistency: undefined }],
      height: 0,
    });
    const { phrases, takes } = await mapTakes(even(tea, AH, EE));
    expect(phrases[0]?.consistency).toBeGreaterThan(0.75);
    expect(takes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });

  it('goes by the encoder where it heard every recording', async () => {
    const encoded = (phraseId: PhraseId, phraseEmbedding: readonly number[]): Exemplar => {
      const { exemplar } = learnt(phraseId, wordAt(120, AH));
      const frames = { frameCount: 0, dimensions: 2, data: new Float32Array() };
      const embedding = { phrase: Float32Array.from(phraseEmbedding), speaker: new Float32Array(), frames };
      return { ...exemplar, features: { ...exemplar.features, embedding } };
    };
    // The same sound to templates; the encoder tells them apart.
    const { clashes, takes } = await mapTakes([
      encoded(tea, [1, 0]),
      encoded(tea, [0.99, 0.14]),
      encoded(light, [0, 1]),
      encoded(light, [0.14, 0.99]),
    ]);
    expect(clashes).toEqual([]);
    expect(Math.abs((takes[0]?.x ?? 0) - (takes[2]?.x ?? 0))).toBeGreaterThan(0.7);
  });
});

describe('stripsOf', () => {
  it('lays all recordings of a phrase on one time', () => {
    const strips = stripsOf([...phrase(tea, [AH, EE], [AH, AH, EE], [AH, EE])]);
    expect(new Set(strips.map(({ strip }) => strip.columnCount)).size).toBe(1);
    expect(strips[0]?.strip.columnCount).toBeLessThanOrEqual(120);
    expect(strips).toHaveLength(3);
  });

  it('has none for no recording', () => {
    expect(stripsOf([])).toEqual([]);
  });
});
