import { describe, expect, it } from 'vitest';
import type { PhraseId, TakeId } from '../../../../src/core/ids';
import { seededRandom, shuffled } from '../../../../src/core/random';
import { extractFeatures } from '../../../../src/features/feature-extractor';
import { SEGMENT_COUNT, segmentsOf } from '../../../../src/speech/pronunciation/medoid-alignment';
import type { PronouncedTake } from '../../../../src/speech/pronunciation/phrase-medoid';
import { adviseOn } from '../../../../src/speech/pronunciation/pronunciation-advice';
import { PronunciationPatterns } from '../../../../src/speech/pronunciation/pronunciation-patterns';
import { TemplateMatcher } from '../../../../src/speech/templates/template-matcher';
import { joined, mixed, noise, silence, vowel } from '../../../support/signals';
import { gaussian, idOf } from '../../../support/voiceprints';

const matcher = new TemplateMatcher();

/** A made-up sound: two formants, and for how long. */
type Sound = readonly [firstHz: number, secondHz: number, seconds: number];

function spoken(sounds: readonly Sound[], seed: number, wobble = 0.05) {
  const random = seededRandom(seed);
  const vary = (value: number) => value * (1 + wobble * gaussian(random));
  const samples = joined(
    silence(0.2),
    ...sounds.map(([first, second, seconds]) =>
      vowel(vary(seconds), vary(120), [vary(first), vary(second)], -20),
    ),
    silence(0.2),
  );
  return matcher.viewOf(extractFeatures(mixed(samples, noise(samples.length / 16_000, -65, random)))).fine;
}

/** Takes in which chance alone makes no two ways and no odd take; `variants.test.ts` has how often it does. */
const SEED = 1_000;
let takeCount = 0;
function takesOf(
  phrase: number,
  count: number,
  sounds: (take: number) => readonly Sound[],
): PronouncedTake[] {
  return Array.from({ length: count }, (_, take) => {
    takeCount += 1;
    return {
      takeId: idOf<TakeId>(takeCount),
      phraseId: idOf<PhraseId>(phrase),
      frames: spoken(sounds(take), SEED + 100 * phrase + take),
    };
  });
}

const lamp: readonly Sound[] = [
  [700, 1_200, 0.15],
  [300, 2_300, 0.15],
  [450, 900, 0.15],
];
const door: readonly Sound[] = [
  [300, 900, 0.15],
  [600, 1_800, 0.15],
  [350, 2_100, 0.15],
];

/** The last sound is another one every time. */
const wandering: readonly Sound[] = [
  [450, 900, 0.15],
  [700, 1_200, 0.15],
];
const endings: readonly Sound[] = [
  [300, 2_300, 0.2],
  [600, 1_000, 0.2],
  [450, 1_900, 0.2],
  [300, 800, 0.2],
  [750, 1_400, 0.2],
];
const faster = (sounds: readonly Sound[], factor: number): readonly Sound[] =>
  sounds.map(([first, second, seconds]) => [first, second, seconds / factor]);

const all = [
  ...takesOf(1, 5, () => lamp),
  ...takesOf(2, 5, () => door),
  ...takesOf(3, 5, (take) => [...wandering, endings[take] as Sound]),
  ...takesOf(4, 6, (take) => (take < 3 ? [...lamp].reverse() : lamp)),
  ...takesOf(5, 5, (take) => faster(door, [0.6, 0.85, 1, 1.3, 1.7][take] ?? 1)),
];

function patternsOf(takes: readonly PronouncedTake[]): PronunciationPatterns {
  const patterns = new PronunciationPatterns();
  for (const take of takes) patterns.enrol(take);
  return patterns;
}

describe('PronunciationPatterns', () => {
  const patterns = patternsOf(all);
  const patternOf = (phrase: number) =>
    patterns.all().find(({ phraseId }) => phraseId === idOf<PhraseId>(phrase));

  it('finds nothing unusual about phrases that are said alike every time', () => {
    for (const phrase of [1, 2]) {
      expect(patternOf(phrase)?.variants).toHaveLength(1);
      expect(patternOf(phrase)?.oddTake).toBeUndefined();
      expect(patternOf(phrase)?.segments.some(({ steadiness }) => steadiness === 'unsteady')).toBe(false);
      expect(patternOf(phrase)?.paceVariation).toBeLessThan(0.1);
    }
  });

  it('finds the ending that comes out differently every time, and says so as data', () => {
    const unsteady = patternOf(3)?.segments.map(({ steadiness }) => steadiness === 'unsteady');
    expect(unsteady?.slice(0, 3)).toEqual([false, false, false]);
    expect(unsteady?.slice(-2)).toContain(true);
    expect(adviseOn(patterns.all(), [])).toContainEqual({
      kind: 'unstable-ending',
      phraseId: idOf<PhraseId>(3),
    });
  });

  it('finds two ways of saying a phrase', () => {
    expect(patternOf(4)?.variants.map(({ takes }) => takes.length)).toEqual([3, 3]);
    const advice = adviseOn(patterns.all(), []).find(({ kind }) => kind === 'two-ways');
    expect(advice).toMatchObject({ phraseId: idOf<PhraseId>(4) });
  });

  it('finds the pace uneven where it is, and only there', () => {
    const uneven = adviseOn(patterns.all(), []).filter(({ kind }) => kind === 'uneven-pace');
    expect(uneven).toMatchObject([{ phraseId: idOf<PhraseId>(5) }]);
  });

  it('tells how fast an utterance is next to the phrase', () => {
    const rate = (factor: number) =>
      patterns.align(idOf<PhraseId>(2), spoken(faster(door, factor), 7))?.rate ?? 0;
    expect(rate(1)).toBeGreaterThan(0.9);
    expect(rate(1)).toBeLessThan(1.12);
    expect(rate(1.5)).toBeGreaterThan(1.25);
    expect(rate(0.7)).toBeLessThan(0.85);
    expect(patterns.align(idOf<PhraseId>(99), spoken(door, 7))).toBeUndefined();
  });

  it('is the same to the last bit in any order, and after takes came and went', () => {
    const expected = patterns.all();
    expect(patternsOf(shuffled(all, seededRandom(2))).all()).toEqual(expected);
    const visited = patternsOf(all);
    const guests = takesOf(1, 3, () => door);
    for (const guest of guests) visited.enrol(guest);
    expect(visited.all()).not.toEqual(expected);
    for (const { takeId } of guests) visited.remove(takeId);
    expect(visited.all()).toEqual(expected);
    visited.removePhrase(idOf<PhraseId>(3));
    expect(visited.all()).toEqual(
      patternsOf(all.filter(({ phraseId }) => phraseId !== idOf<PhraseId>(3))).all(),
    );
  });

  it('says nothing about parts and pace with two takes, and nothing at all without any', () => {
    const [two] = patternsOf(takesOf(6, 2, () => lamp)).all();
    expect(two).toMatchObject({ takeCount: 2, segments: [], paceVariation: undefined, oddTake: undefined });
    expect(new PronunciationPatterns().all()).toEqual([]);
  });
});

describe('segmentsOf', () => {
  it('cuts the speech into parts in order, and leaves the silence around it out', () => {
    const segments = [...(segmentsOf(spoken(lamp, 1)) ?? [])];
    expect(segments[0]).toBe(-1);
    expect(segments.at(-1)).toBe(-1);
    const inside = segments.filter((segment) => segment >= 0);
    expect(inside).toEqual([...inside].sort((a, b) => a - b));
    expect(new Set(inside).size).toBe(SEGMENT_COUNT);
  });

  it('finds no parts where there is too little speech', () => {
    expect(segmentsOf(spoken([[700, 1_200, 0.05]], 1))).toBeUndefined();
  });
});
