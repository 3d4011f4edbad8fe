import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTextTable } from '../../../../bench/intent/text-table-file';
import { IntentModel } from '../../../../src/behaviour/intent/intent-model';
import { solveRidge } from '../../../../src/behaviour/intent/ridge';
import { TextSpace } from '../../../../src/behaviour/intent/text-space';
import { TextTable } from '../../../../src/behaviour/intent/text-table';

const FOLDER = `${import.meta.dirname}/../../../../models/text`;
const table = await readTextTable();
const one = [
  { text: 'make a cup of tea', intent: 'tea' },
  { text: 'turn off the lights', intent: 'lights' },
  { text: 'what will the weather be tomorrow', intent: 'weather' },
  { text: '关灯', intent: 'lights-zh' },
];

describe('IntentModel', () => {
  it('knows a kind of text by one example of it', () => {
    const model = new IntentModel(one, table);
    for (const [text, intent] of [
      ['a cup of tea please', 'tea'],
      ['lights off', 'lights'],
      ['weather for tomorrow', 'weather'],
      ['请把灯关了', 'lights-zh'],
    ])
      expect(model.rank(text ?? '')[0]?.intent).toBe(intent);
  });

  it('brings texts together that share no word, by the table', () => {
    const [best] = new IntentModel(one, table).rank('is it going to rain');
    expect(best?.intent).toBe('weather');
  });

  it('is surer of an example than of a text that is like none', () => {
    const model = new IntentModel(one, table);
    const taught = model.rank('turn off the lights')[0]?.confidence ?? 0;
    const strange = model.rank('qwxz vbnk plugh')[0]?.confidence ?? 1;
    expect(taught).toBeGreaterThan(0.8);
    expect(strange).toBeLessThan(0.3);
  });

  it('shares a chance of 1 at most', () => {
    for (const text of ['turn off the lights', 'tea or lights', 'zzz', '灯'])
      expect(
        new IntentModel(one, table).rank(text).reduce((sum, { confidence }) => sum + confidence, 0),
      ).toBeLessThanOrEqual(1);
  });

  it('works by letters alone where there is no table', () => {
    expect(new IntentModel(one, undefined).rank('lights off please')[0]?.intent).toBe('lights');
  });

  it('says nothing about a text without a word, or without examples', () => {
    expect(new IntentModel(one, table).rank('…')).toEqual([]);
    expect(new IntentModel([], table).rank('tea')).toEqual([]);
  });
});

describe('ridge regression', () => {
  it('has the solution that the normal equations ask for, directly and by gradients', () => {
    // 1,600 vectors are solved by gradients; each is there 400 times, which is the same as 1 / 400 of the penalty.
    const space = new TextSpace(
      one.map(({ text }) => text),
      undefined,
    );
    const vectors = one.flatMap(({ text }) => space.vectorOf(text) ?? []);
    const shape = { classCount: 4, featureCount: space.featureCount };
    const direct = solveRidge({ vectors, labels: [0, 1, 2, 3], ...shape }, 1 / 400);
    const many = Array.from({ length: 400 }, () => vectors).flat();
    const labels = Array.from({ length: 400 }, () => [0, 1, 2, 3]).flat();
    const byGradients = solveRidge({ vectors: many, labels, ...shape }, 1);
    const furthest = Math.max(...direct.map((weight, at) => Math.abs(weight - (byGradients[at] ?? 0))));
    expect(furthest).toBeLessThan(1e-2 * Math.max(...direct));
  });
});

describe('TextTable', () => {
  const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(`${FOLDER}/table.bin`));
  const manifest = JSON.parse(readFileSync(`${FOLDER}/manifest.json`, 'utf8')) as Record<string, unknown>;

  it('refuses bytes that are not the ones that were shipped', async () => {
    const damaged = bytes();
    damaged[70_000] = (damaged[70_000] ?? 0) ^ 1;
    expect(await TextTable.open(damaged, manifest)).toMatchObject({ error: { kind: 'damaged' } });
    expect(await TextTable.open(bytes().slice(1), manifest)).toMatchObject({ error: { kind: 'damaged' } });
    expect(await TextTable.open(bytes(), { ...manifest, format: 2 })).toMatchObject({
      error: { kind: 'unknown-format' },
    });
  });

  it('is no larger than a megabyte', () => {
    expect(bytes().length).toBeLessThanOrEqual(1_000_000);
  });

  it('gives directions of length 1, and none for a text without a word', () => {
    const length = (text: string): number => Math.hypot(...table.embed(text));
    expect(length('turn off the lights')).toBeCloseTo(1, 5);
    expect(length('…')).toBe(0);
  });
});
