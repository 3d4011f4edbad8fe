import { describe, expect, it } from 'vitest';
import type { PhraseId, TakeId } from '../../../../src/core/ids';
import { seededRandom } from '../../../../src/core/random';
import { extractFeatures } from '../../../../src/features/feature-extractor';
import { PhraseRecogniser } from '../../../../src/speech/recognition/phrase-recogniser';
import type { Exemplar, TrainedScorer } from '../../../../src/speech/recognition/scorer';
import { joined, noise, silence, tone } from '../../../support/signals';
import { phraseId, sayPhrase, takeId, teach } from '../../../support/synthetic-phrases';

const recogniserOf = (exemplars: readonly Exemplar[]): PhraseRecogniser => {
  const recogniser = new PhraseRecogniser();
  for (const exemplar of exemplars) recogniser.enrol(exemplar);
  return recogniser;
};

const PHRASES = [0, 1, 2, 3, 4, 5];
const taught = (takes: number): Exemplar[] => PHRASES.flatMap((phrase) => teach(phrase, takes));
const say = (phrase: number, seed = 77): Exemplar['features'] => sayPhrase(phrase, seededRandom(seed));

describe('PhraseRecogniser', () => {
  it.each([1, 3])('accepts every phrase after %i recordings of each', (takes) => {
    const recogniser = recogniserOf(taught(takes));
    for (const phrase of PHRASES) {
      const { outcome, candidates, scorers } = recogniser.recognise(say(phrase));
      expect([outcome, candidates[0]?.phraseId]).toEqual(['accepted', phraseId(phrase)]);
      expect(scorers).toEqual(['template']);
    }
  });

  it('accepts its one phrase, taught once, and not other words', () => {
    const recogniser = recogniserOf(teach(0, 1));
    expect(recogniser.recognise(say(0)).outcome).toBe('accepted');
    expect(recogniser.recognise(extractFeatures(noise(0.8, -20))).outcome).not.toBe('accepted');
  });

  it('knows sounds that are no words as unknown', () => {
    const recogniser = recogniserOf(taught(3));
    for (const sound of [
      noise(0.8, -20),
      tone(0.8, 440, -20),
      joined(tone(0.3, 300, -20), tone(0.5, 2_500, -30)),
    ]) {
      expect(recogniser.recognise(extractFeatures(sound)).outcome).toBe('unknown');
    }
  });

  it('knows nothing before it was taught, and in silence without frames', () => {
    expect(new PhraseRecogniser().recognise(say(0))).toMatchObject({ outcome: 'unknown', candidates: [] });
    expect(recogniserOf(taught(1)).recognise(extractFeatures(silence(0.01))).outcome).toBe('unknown');
  });

  it('asks where two phrases were taught with the same recordings', () => {
    const twin = teach(0, 3).map((take, index) => ({
      ...take,
      takeId: takeId(60, index),
      phraseId: phraseId(60),
    }));
    const { outcome, candidates } = recogniserOf([...taught(3), ...twin]).recognise(say(0));
    expect(outcome).toBe('did-you-mean');
    const twins = candidates.slice(0, 2).map((candidate) => candidate.phraseId);
    expect(twins.sort()).toEqual([phraseId(0), phraseId(60)]);
  });

  it('gives at most five candidates, one a phrase, the accepted one inside its threshold', () => {
    const { candidates } = recogniserOf(taught(2)).recognise(say(3));
    expect(candidates).toHaveLength(5);
    expect(new Set(candidates.map((candidate) => candidate.phraseId)).size).toBe(5);
    expect(candidates[0]?.distance).toBeLessThanOrEqual(candidates[0]?.threshold ?? 0);
    for (const { confidence } of candidates) {
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it('never takes a counter-example, said again, for the phrase it was mistaken for', () => {
    const recogniser = recogniserOf(taught(3));
    const misfire = say(0, 123);
    expect(recogniser.recognise(misfire).outcome).toBe('accepted');
    recogniser.addCounterExample({ takeId: takeId(70, 0), phraseId: phraseId(0), features: misfire });
    const after = recogniser.recognise(misfire);
    expect([after.outcome, after.candidates[0]?.phraseId]).not.toEqual(['accepted', phraseId(0)]);
    expect(recogniser.recognise(say(1)).outcome).toBe('accepted');
    recogniser.remove(takeId(70, 0));
    expect(recogniser.recognise(misfire).outcome).toBe('accepted');
  });

  it('prefers the other of two like phrases where the one was a misfire', () => {
    const twin = teach(0, 3).map((take, index) => ({
      ...take,
      takeId: takeId(60, index),
      phraseId: phraseId(60),
    }));
    const recogniser = recogniserOf([...taught(3), ...twin]);
    const heard = say(0, 123);
    for (const [misfired, other] of [
      [0, 60],
      [60, 0],
    ] as const) {
      recogniser.addCounterExample({ takeId: takeId(70, 0), phraseId: phraseId(misfired), features: heard });
      expect(recogniser.recognise(heard).candidates[0]?.phraseId).toBe(phraseId(other));
      recogniser.remove(takeId(70, 0));
    }
  });

  it('recognises an utterance as the phrase it was corrected to', () => {
    const recogniser = recogniserOf(taught(3));
    const misheard = say(0, 123);
    recogniser.addCounterExample({ takeId: takeId(70, 0), phraseId: phraseId(0), features: misheard });
    recogniser.enrol({ takeId: takeId(70, 1), phraseId: phraseId(1), features: misheard });
    expect(recogniser.recognise(misheard).candidates[0]?.phraseId).toBe(phraseId(1));
  });

  it('equals one that never saw what was removed: takes, counter-examples and whole phrases', () => {
    const exemplars = taught(3);
    const forgetful = recogniserOf(exemplars);
    forgetful.addCounterExample({ takeId: takeId(70, 0), phraseId: phraseId(2), features: say(9) });
    forgetful.recognise(say(1));
    forgetful.strengths();
    forgetful.remove(takeId(70, 0));
    forgetful.remove(takeId(1, 2));
    forgetful.removePhrase(phraseId(4));
    const innocent = recogniserOf(
      exemplars.filter((take) => take.takeId !== takeId(1, 2) && take.phraseId !== phraseId(4)),
    );
    expect(forgetful.phraseIds).toEqual(innocent.phraseIds);
    expect(forgetful.snapshot()).toEqual(innocent.snapshot());
    expect(forgetful.strengths()).toEqual(innocent.strengths());
    for (const phrase of [1, 4, 9]) {
      expect(forgetful.recognise(say(phrase))).toEqual(innocent.recognise(say(phrase)));
    }
  });

  it('tells how well each phrase is known', () => {
    const recogniser = recogniserOf([...taught(3), ...teach(8, 1)]);
    recogniser.addCounterExample({ takeId: takeId(70, 0), phraseId: phraseId(2), features: say(9) });
    const strengths = new Map(recogniser.strengths().map((strength) => [strength.phraseId, strength]));
    expect(strengths.get(phraseId(2))).toMatchObject({ exampleCount: 3, counterExampleCount: 1 });
    expect(strengths.get(phraseId(2))?.leaveOneOut).toBeGreaterThan(0.6);
    expect(strengths.get(phraseId(8))).toMatchObject({ exampleCount: 1, leaveOneOut: undefined });
    for (const { threshold } of strengths.values()) expect(threshold).toBeGreaterThan(0);
  });

  it('warns of a new phrase that sounds like a taught one, and not of one that does not', () => {
    const recogniser = recogniserOf(taught(3));
    const [alike] = recogniser.clashes([say(3, 5), say(3, 6)]);
    expect(alike?.phraseId).toBe(phraseId(3));
    expect(alike?.similarity).toBeGreaterThan(0.5);
    const own = recogniser.clashes([say(3, 5)], phraseId(3));
    expect(own.some((clash) => clash.phraseId === phraseId(3))).toBe(false);
    expect(own[0]?.similarity).toBeLessThan(0.5);
  });

  it('lists the takes that are recognised when left out, and single takes as they are', () => {
    const { recognised, thresholds } = recogniserOf([...taught(3), ...teach(8, 1)]).snapshot();
    expect(recognised.get(takeId(8, 0))).toBe(phraseId(8));
    expect(recognised.size).toBeGreaterThan(15);
    expect([...thresholds.keys()]).toEqual([...PHRASES, 8].map(phraseId));
  });

  it('refuses one take id for two recordings', () => {
    const recogniser = recogniserOf(taught(1));
    const again = { takeId: takeId(0, 0), phraseId: phraseId(1), features: say(1) };
    expect(() => recogniser.enrol(again)).toThrow('enrolled once');
    expect(() => recogniser.addCounterExample(again)).toThrow('enrolled once');
  });
});

describe('PhraseRecogniser with a trained scorer', () => {
  const twin = teach(0, 12, 9).map((take, index) => ({
    ...take,
    takeId: takeId(60, index),
    phraseId: phraseId(60),
  }));
  const exemplars = [...teach(0, 12), ...twin, ...teach(1, 8)];
  const phraseOf = new Map<TakeId, PhraseId>(exemplars.map((take) => [take.takeId, take.phraseId]));
  const opinion = (right: PhraseId | undefined): ReadonlyMap<PhraseId, number> =>
    new Map([phraseId(0), phraseId(60), phraseId(1)].map((id) => [id, id === right ? 0.01 : 4]));
  const scorerThat = (choose: (takeId: TakeId) => PhraseId | undefined): TrainedScorer => ({
    name: 'tuned-encoder',
    distances: () => opinion(phraseId(60)),
    heldOut: new Map(exemplars.map((take) => [take.takeId, opinion(choose(take.takeId))])),
  });

  it('lets it settle what templates cannot tell apart', () => {
    const recogniser = recogniserOf(exemplars);
    recogniser.useTrained(scorerThat((id) => phraseOf.get(id)));
    expect(recogniser.fusion.weight).toBeGreaterThan(0);
    expect(recogniser.fusion.fusedAccuracy).toBeGreaterThan(recogniser.fusion.acousticAccuracy);
    const { candidates, scorers } = recogniser.recognise(say(0));
    expect(candidates[0]?.phraseId).toBe(phraseId(60));
    expect(scorers).toEqual(['template', 'tuned-encoder']);
  });

  it('does not listen to one that was wrong about left-out takes, and forgets one that is dropped', () => {
    const recogniser = recogniserOf(exemplars);
    const before = recogniser.recognise(say(0));
    recogniser.useTrained(scorerThat((id) => (phraseOf.get(id) === phraseId(1) ? phraseId(0) : phraseId(1))));
    expect(recogniser.fusion.weight).toBe(0);
    expect(recogniser.recognise(say(0))).toEqual(before);
    recogniser.useTrained(scorerThat((id) => phraseOf.get(id)));
    recogniser.useTrained(undefined);
    expect(recogniser.recognise(say(0))).toEqual(before);
  });
});
