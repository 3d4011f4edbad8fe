import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import type { Exemplar } from '../../../../src/speech/recognition/scorer';
import { TemplateScorer } from '../../../../src/speech/templates/template-scorer';
import { phraseId, sayPhrase, takeId, teach } from '../../../support/synthetic-phrases';

const scorerOf = (exemplars: readonly Exemplar[]): TemplateScorer => {
  const scorer = new TemplateScorer();
  for (const exemplar of exemplars) scorer.enrol(exemplar);
  return scorer;
};

const nearest = (distances: ReadonlyMap<string, number>): string | undefined =>
  [...distances].sort((a, b) => a[1] - b[1])[0]?.[0];

const takes = [0, 1, 2, 3].flatMap((phrase) => teach(phrase, 3));

describe('TemplateScorer', () => {
  it('is nearest to the phrase that was said, also where only some phrases are compared finely', () => {
    const many = Array.from({ length: 14 }, (_, phrase) => teach(phrase, 1)).flat();
    const scorer = scorerOf(many);
    const random = seededRandom(99);
    for (const phrase of [0, 5, 13]) {
      const distances = scorer.distances(sayPhrase(phrase, random));
      expect(distances.size).toBe(14);
      expect(nearest(distances)).toBe(phraseId(phrase));
    }
  });

  it('equals a scorer that never saw a take, once the take is removed', () => {
    const [first, ...rest] = takes;
    if (first === undefined) throw new Error('no takes');
    const forgetful = scorerOf(takes);
    for (const { features, takeId: id } of takes) forgetful.distances(features, id);
    forgetful.remove(first.takeId);
    const innocent = scorerOf(rest);
    for (const { features, takeId: id } of takes) {
      expect(forgetful.distances(features)).toEqual(innocent.distances(features));
      expect(forgetful.distances(features, id)).toEqual(innocent.distances(features, id));
    }
  });

  it('remembers nothing of a removed take when its id comes back with another recording', () => {
    const [first, ...rest] = takes;
    if (first === undefined) throw new Error('no takes');
    const reused = { ...first, features: sayPhrase(30, seededRandom(1)) };
    const scorer = scorerOf(takes);
    for (const { features, takeId: id } of takes) scorer.distances(features, id);
    scorer.remove(first.takeId);
    scorer.enrol(reused);
    const fresh = scorerOf([...rest, reused]);
    for (const { features } of rest) expect(scorer.distances(features)).toEqual(fresh.distances(features));
  });

  it('leaves a take out exactly as if it had been removed', () => {
    const [first, ...rest] = takes;
    if (first === undefined) throw new Error('no takes');
    expect(scorerOf(takes).distances(first.features, first.takeId)).toEqual(
      scorerOf(rest).distances(first.features),
    );
  });

  it('knows no distance to a phrase whose only take is left out', () => {
    const single = teach(7, 1);
    const scorer = scorerOf([...takes, ...single]);
    const [take] = single;
    if (take === undefined) throw new Error('no take');
    expect(scorer.distances(take.features, take.takeId).has(phraseId(7))).toBe(false);
    expect(scorer.distances(take.features).get(phraseId(7))).toBeCloseTo(0, 2);
  });

  it('gives the same distances again, and whichever order takes came in', () => {
    const scorer = scorerOf(takes);
    const backwards = scorerOf([...takes].reverse());
    const heard = sayPhrase(2, seededRandom(5));
    const once = new Map([...scorer.distances(heard)].sort());
    expect(new Map([...scorer.distances(heard)].sort())).toEqual(once);
    expect(new Map([...backwards.distances(heard)].sort())).toEqual(once);
  });

  it('lets one take that resembles no other stand for its phrase', () => {
    const heard = sayPhrase(20, seededRandom(3));
    const scorer = scorerOf([...takes, { takeId: takeId(0, 9), phraseId: phraseId(0), features: heard }]);
    expect(scorer.distances(heard).get(phraseId(0))).toBeCloseTo(0, 2);
  });

  it('refuses to enrol a take twice and ignores unknown ids', () => {
    const scorer = scorerOf(takes);
    expect(() => scorer.enrol(takes[0] as Exemplar)).toThrow('enrolled once');
    expect(() => scorer.remove(takeId(50, 0))).not.toThrow();
  });
});
