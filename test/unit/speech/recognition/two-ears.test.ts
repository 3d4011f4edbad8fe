import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../../src/core/random';
import type { UtteranceFeatures } from '../../../../src/features/utterance-features';
import { PhraseRecogniser } from '../../../../src/speech/recognition/phrase-recogniser';
import type { Exemplar } from '../../../../src/speech/recognition/scorer';
import { TemplateMatcher } from '../../../../src/speech/templates/template-matcher';
import { phraseId, sayPhrase, takeId, teach } from '../../../support/synthetic-phrases';

const unit = (values: Float64Array): Float32Array => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};

/** What an encoder might make of a phrase: its own direction, and some noise. */
function embedded(
  features: UtteranceFeatures,
  direction: number,
  random: Random,
  spread = 0.25,
): UtteranceFeatures {
  const towards = seededRandom(900 + direction);
  const phrase = unit(Float64Array.from({ length: 96 }, () => towards() - 0.5 + spread * (random() - 0.5)));
  const speaker = unit(Float64Array.from({ length: 64 }, () => 1 + 0.1 * random()));
  return {
    ...features,
    embedding: { phrase, speaker, frames: { frameCount: 0, dimensions: 96, data: new Float32Array() } },
  };
}

const PHRASES = [0, 1, 2, 3, 4];

function taught(takes: number): Exemplar[] {
  const random = seededRandom(5);
  return PHRASES.flatMap((phrase) =>
    teach(phrase, takes).map((take) => ({ ...take, features: embedded(take.features, phrase, random) })),
  );
}

const recogniserOf = (exemplars: readonly Exemplar[]): PhraseRecogniser => {
  const recogniser = new PhraseRecogniser();
  for (const exemplar of exemplars) recogniser.enrol(exemplar);
  return recogniser;
};

const plain = ({ logMel, mfcc }: UtteranceFeatures): UtteranceFeatures => ({ logMel, mfcc });
const say = (phrase: number, direction = phrase, seed = 77): UtteranceFeatures =>
  embedded(sayPhrase(phrase, seededRandom(seed)), direction, seededRandom(seed));

describe('PhraseRecogniser with two ears', () => {
  it('names both where everything has an embedding, and templates alone where anything lacks one', () => {
    const both = recogniserOf(taught(2));
    expect(both.recognise(say(1)).scorers).toEqual(['template', 'encoder']);
    expect(both.recognise(plain(say(1))).scorers).toEqual(['template']);
    const [first, ...rest] = taught(2);
    const mixed = recogniserOf([...(first ? [{ ...first, features: plain(first.features) }] : []), ...rest]);
    expect(mixed.recognise(say(1)).scorers).toEqual(['template']);
  });

  it('answers without embeddings as if there had never been an encoder', () => {
    const both = recogniserOf(taught(3));
    const without = recogniserOf(taught(3).map((take) => ({ ...take, features: plain(take.features) })));
    for (const phrase of PHRASES) {
      expect(both.recognise(plain(say(phrase)))).toEqual(without.recognise(plain(say(phrase))));
    }
  });

  it('is surer of a phrase that both ears hear than of one that only templates hear', () => {
    const recogniser = recogniserOf(taught(3));
    const agreed = recogniser.recognise(say(2)).candidates[0];
    const doubted = recogniser.recognise(say(2, 40)).candidates[0];
    expect(agreed?.phraseId).toBe(phraseId(2));
    expect(agreed?.confidence).toBeGreaterThan(doubted?.confidence ?? 1);
  });

  it('refuses what sounds like no phrase to either', () => {
    const { outcome } = recogniserOf(taught(3)).recognise(say(30, 30));
    expect(outcome).not.toBe('accepted');
  });

  it('equals one that had the embeddings from the start when they came later', () => {
    const late = recogniserOf(taught(3).map((take) => ({ ...take, features: plain(take.features) })));
    for (const { takeId: id, features } of taught(3)) {
      if (features.embedding !== undefined) late.addEmbedding(id, features.embedding);
    }
    const early = recogniserOf(taught(3));
    expect(late.snapshot()).toEqual(early.snapshot());
    expect(late.recognise(say(3))).toEqual(early.recognise(say(3)));
  });

  it('equals one that never saw what was removed, to the last bit', () => {
    const exemplars = taught(3);
    const random = seededRandom(9);
    const forgetful = recogniserOf(exemplars);
    forgetful.enrol({ takeId: takeId(50, 0), phraseId: phraseId(2), features: embedded(say(9), 9, random) });
    forgetful.addCounterExample({
      takeId: takeId(51, 0),
      phraseId: phraseId(2),
      features: embedded(say(8), 8, random),
    });
    forgetful.recognise(say(2));
    forgetful.budgetCosts();
    forgetful.remove(takeId(50, 0));
    forgetful.remove(takeId(51, 0));
    forgetful.remove(takeId(1, 0));
    const innocent = recogniserOf(exemplars.filter((take) => take.takeId !== takeId(1, 0)));
    expect(forgetful.snapshot()).toEqual(innocent.snapshot());
    expect(forgetful.strengths()).toEqual(innocent.strengths());
    expect(forgetful.budgetCosts()).toEqual(innocent.budgetCosts());
    for (const phrase of [0, 1, 2, 9]) {
      expect(forgetful.recognise(say(phrase))).toEqual(innocent.recognise(say(phrase)));
    }
  });

  it('does not depend on the order in which takes were learnt', () => {
    const forwards = recogniserOf(taught(3));
    const backwards = recogniserOf([...taught(3)].reverse());
    for (const phrase of PHRASES) {
      const [one, other] = [forwards.recognise(say(phrase)), backwards.recognise(say(phrase))];
      expect(one.candidates[0]?.phraseId).toBe(other.candidates[0]?.phraseId);
      expect(one.candidates[0]?.distance).toBe(other.candidates[0]?.distance);
    }
  });

  it('names a phrase among many as it would if it aligned the utterance with all of them', () => {
    const many = Array.from({ length: 16 }, (_, phrase) => phrase);
    const random = seededRandom(6);
    const takes = many.flatMap((phrase) =>
      teach(phrase, 2).map((take) => ({ ...take, features: embedded(take.features, phrase, random) })),
    );
    let compared = 0;
    const matcher = new TemplateMatcher();
    const recogniser = new PhraseRecogniser({
      viewOf: (features) => matcher.viewOf(features),
      coarse: (a, b) => {
        compared += 1;
        return matcher.coarse(a, b);
      },
      fine: (a, b) => matcher.fine(a, b),
    });
    for (const take of takes) recogniser.enrol(take);
    expect(recogniser.strengths()).toHaveLength(many.length);
    compared = 0;
    for (const phrase of many) {
      const { candidates } = recogniser.recognise(say(phrase));
      expect(candidates[0]?.phraseId).toBe(phraseId(phrase));
      expect(candidates).toHaveLength(5);
    }
    // Ten phrases with two takes for each of sixteen utterances, and not sixteen.
    expect(compared).toBe(16 * 10 * 2);
  });

  it.each([
    ['all of their recordings, and nothing else is taught', 3, []],
    ['all of their recordings', 3, [2, 3]],
    ['one of their recordings', 1, [2, 3]],
  ])('asks which of two phrases it was that share %s, and refuses other words', (_, shared, others) => {
    const takes = taught(3);
    const first = takes.filter((take) => take.phraseId === phraseId(0));
    const again = teach(0, 3, 5).map((take, index) => embedded(take.features, 0, seededRandom(50 + index)));
    const twin = first.map((take, index) => ({
      features: index < shared ? take.features : (again[index] ?? take.features),
      takeId: takeId(60, index),
      phraseId: phraseId(60),
    }));
    const rest = takes.filter((take) => others.some((other) => take.phraseId === phraseId(other)));
    for (const isHeardTwice of [true, false]) {
      const heard = (features: UtteranceFeatures): UtteranceFeatures =>
        isHeardTwice ? features : plain(features);
      const recogniser = recogniserOf(
        [...first, ...twin, ...rest].map((take) => ({ ...take, features: heard(take.features) })),
      );
      for (const features of [first[0]?.features, say(0)]) {
        const { outcome, candidates } = recogniser.recognise(heard(features ?? say(0)));
        expect(outcome).toBe('did-you-mean');
        const asked = candidates.slice(0, 2).map((candidate) => candidate.phraseId);
        expect(asked.sort()).toEqual([phraseId(0), phraseId(60)]);
      }
      expect(recogniser.recognise(heard(say(30, 30))).outcome).toBe('unknown');
    }
  });

  it('moves its thresholds with the budget, and back', () => {
    const recogniser = recogniserOf(taught(3));
    const day = recogniser.snapshot().thresholds.get(phraseId(0)) ?? 0;
    recogniser.useBudget('hour');
    expect(recogniser.snapshot().thresholds.get(phraseId(0))).toBeGreaterThan(day);
    recogniser.useBudget('week');
    expect(recogniser.snapshot().thresholds.get(phraseId(0))).toBeLessThan(day);
    recogniser.useBudget('day');
    expect(recogniser.snapshot().thresholds.get(phraseId(0))).toBe(day);
    const costs = recogniser.budgetCosts();
    expect(costs?.hour).toBeLessThanOrEqual(costs?.day ?? 0);
    expect(costs?.day).toBeLessThanOrEqual(costs?.week ?? 0);
    expect(new PhraseRecogniser().budgetCosts()).toBeUndefined();
  });
});
