import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhraseId, TakeId } from '../../../../src/core/ids';
import { seededRandom, shuffled } from '../../../../src/core/random';
import { prepareClip } from '../../../../src/speech/listening/clip';
import type { Exemplar } from '../../../../src/speech/recognition/scorer';
import {
  errorCurveOf,
  errorWith,
  gatherTakeEvidence,
  nearestRivalOf,
  type TakeEvidence,
} from '../../../../src/speech/teaching/error-curve';
import { planRecordings } from '../../../../src/speech/teaching/next-recording';
import type { RecordingCondition, UseEvidence } from '../../../../src/speech/teaching/recording-condition';
import { TemplateMatcher } from '../../../../src/speech/templates/template-matcher';
import { TemplateScorer } from '../../../../src/speech/templates/template-scorer';
import { idOf } from '../../../support/voiceprints';
import { areVoicesReal, decodeClip, listClips } from '../../../support/voices';

const phrase = (number: number): PhraseId => idOf<PhraseId>(100 + number);
let takeCount = 0;

/** Takes of a phrase, all as far from each other, with one rival at a distance and others far away. */
function takesOf(
  phraseNumber: number,
  count: number,
  { own = 10, rival = 20, rivalNumber = 9, condition }: Partial<TakeSettings> = {},
): TakeEvidence[] {
  return Array.from({ length: count }, () => {
    takeCount += 1;
    return {
      takeId: idOf<TakeId>(takeCount),
      phraseId: phrase(phraseNumber),
      ownDistances: new Array<number>(count - 1).fill(own),
      rivals: new Map([
        [phrase(rivalNumber), rival],
        [phrase(8), 40],
      ]),
      ...(condition === undefined ? {} : { condition }),
    };
  });
}

interface TakeSettings {
  readonly own: number;
  readonly rival: number;
  readonly rivalNumber: number;
  readonly condition: RecordingCondition;
}

describe('planRecordings', () => {
  it('asks for the phrase that is mistaken for another before those that are told apart', () => {
    const plan = planRecordings([
      ...takesOf(1, 3),
      ...takesOf(2, 3, { own: 19, rival: 20, rivalNumber: 5 }),
      ...takesOf(3, 3),
    ]);
    expect(plan[0]?.phraseId).toBe(phrase(2));
    expect(plan[0]?.reasons).toContainEqual({ kind: 'mistaken-for', phraseId: phrase(5) });
    expect(plan[0]?.errorNow).toBeGreaterThan(plan[0]?.errorAfter ?? 1);
    expect(plan[1]?.reasons).toEqual([]);
  });

  it('asks for a second take of what has one before a fourth of what is known as well', () => {
    const plan = planRecordings([...takesOf(1, 3, { rival: 14 }), ...takesOf(2, 1, { rival: 14 })]);
    expect(plan[0]?.phraseId).toBe(phrase(2));
    expect(plan[0]?.reasons[0]).toEqual({ kind: 'only-one-take' });
  });

  it('weighs a phrase by how often it is said', () => {
    const takes = [...takesOf(1, 3, { own: 19 }), ...takesOf(2, 3, { own: 18 })];
    expect(planRecordings(takes)[0]?.phraseId).toBe(phrase(1));
    const said = new Map([
      [phrase(1), 1],
      [phrase(2), 20],
    ]);
    expect(planRecordings(takes, { said })[0]?.phraseId).toBe(phrase(2));
  });

  it('says that a phrase is said differently every time', () => {
    const plan = planRecordings([
      ...[1, 2, 3, 4].flatMap((number) => takesOf(number, 3, { own: 9 + number / 2 })),
      ...takesOf(5, 3, { own: 18 }),
    ]);
    const varying = plan.filter(({ reasons }) => reasons.some(({ kind }) => kind === 'varies'));
    expect(varying.map(({ phraseId }) => phraseId)).toEqual([phrase(5)]);
  });

  it('asks for nothing where a phrase has as many takes as are kept, and answers without any takes', () => {
    expect(planRecordings([])).toEqual([]);
    expect(planRecordings(takesOf(1, 10))).toEqual([]);
  });

  it('does without another phrase to be taken for', () => {
    const alone = takesOf(1, 2).map((take) => ({ ...take, rivals: new Map<PhraseId, number>() }));
    const [only] = planRecordings(alone);
    expect(only?.errorNow).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(only?.expectedErrorDrop)).toBe(true);
  });

  it('expects every take to help, and no chance below 0 or above 1, whatever the distances', () => {
    const distance = fc.double({ min: 0.5, max: 200, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), distance, distance, (count, own, rival) => {
        const [now] = planRecordings(takesOf(1, count, { own, rival }));
        expect(now?.errorNow).toBeGreaterThanOrEqual(now?.errorAfter ?? 1);
        expect(now?.errorNow).toBeLessThanOrEqual(1);
        expect(now?.errorAfter).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  describe('conditions', () => {
    const quiet: RecordingCondition = { signalToNoiseDb: 35, levelDb: -25, partOfDay: 'evening' };
    const takes = [...takesOf(1, 3, { condition: quiet }), ...takesOf(2, 3, { condition: quiet })];
    const used = (count: number, condition: RecordingCondition, wrong: number): UseEvidence[] =>
      Array.from({ length: count }, (_, n) => ({ phraseId: phrase(1), condition, wasWrong: n < wrong }));

    it('asks for a noisy room when the person speaks in one, errs there and never recorded there', () => {
      const use = [...used(12, quiet, 0), ...used(8, { ...quiet, signalToNoiseDb: 8 }, 4)];
      const [best] = planRecordings(takes, { use });
      expect(best?.condition).toEqual({ kind: 'room', value: 'noisy' });
      expect(best?.reasons.at(-1)).toMatchObject({
        kind: 'condition-missing',
        need: { shareOfUse: 0.4, takes: 0 },
      });
    });

    it('asks for another distance, pace or time of day for the same reason', () => {
      const told = [
        [{ levelDb: -36 }, { kind: 'distance', value: 'further' }],
        [{ levelDb: -14 }, { kind: 'distance', value: 'closer' }],
        [{ partOfDay: 'morning' }, { kind: 'time-of-day', value: 'morning' }],
      ] as const;
      for (const [difference, condition] of told) {
        const use = [...used(12, quiet, 0), ...used(8, { ...quiet, ...difference }, 4)];
        expect(planRecordings(takes, { use })[0]?.condition).toEqual(condition);
      }
      const steady = takes.map((take) => ({ ...take, condition: { energyPeaksPerSecond: 4 } }));
      const use = [...used(12, { energyPeaksPerSecond: 4 }, 0), ...used(8, { energyPeaksPerSecond: 6 }, 4)];
      expect(planRecordings(steady, { use })[0]?.condition).toEqual({ kind: 'pace', value: 'faster' });
    });

    it('asks for none in particular when the takes are like everyday use, or nothing is known of it', () => {
      for (const use of [[], used(30, quiet, 3), used(4, { signalToNoiseDb: 5 }, 4)])
        expect(planRecordings(takes, { use })[0]?.condition).toEqual({ kind: 'as-usual' });
    });
  });
});

describe('errorWith', () => {
  it('is the mean over all choices of siblings', () => {
    const [take] = takesOf(1, 1);
    const one: TakeEvidence = { ...(take as TakeEvidence), ownDistances: [10, 18, 25, 30] };
    const single = (distance: number) => errorWith({ ...one, ownDistances: [distance] }, 1);
    expect(errorWith(one, 1)).toBeCloseTo((single(10) + single(18) + single(25) + single(30)) / 4, 12);
    const pair = (a: number, b: number) => errorWith({ ...one, ownDistances: [a, b] }, 2);
    const pairs = [pair(10, 18), pair(10, 25), pair(10, 30), pair(18, 25), pair(18, 30), pair(25, 30)];
    expect(errorWith(one, 2)).toBeCloseTo(pairs.reduce((sum, error) => sum + error, 0) / 6, 12);
    expect(nearestRivalOf(one)).toEqual({ phraseId: phrase(9), distance: 20 });
  });

  it('does not grow with the number of siblings', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 60, noNaN: true }), { minLength: 2, maxLength: 9 }),
        (own) => {
          const [take] = takesOf(1, 1);
          const evidence: TakeEvidence = { ...(take as TakeEvidence), ownDistances: own };
          for (let count = 2; count < own.length; count += 1)
            expect(errorWith(evidence, count + 1)).toBeLessThanOrEqual(errorWith(evidence, count) + 1e-9);
        },
      ),
    );
  });
});

describe('errorCurveOf', () => {
  it('is the prior without takes, and follows the person with many', () => {
    const { errorAtOne, exponent } = errorCurveOf([]);
    expect([errorAtOne, exponent]).toEqual([0.07, 1]);
    const clear = errorCurveOf([1, 2, 3, 4, 5].flatMap((number) => takesOf(number, 4, { own: 5 })));
    expect(clear.errorAtOne).toBeLessThan(0.03);
    const muddled = errorCurveOf([1, 2, 3, 4, 5].flatMap((number) => takesOf(number, 4, { own: 19 })));
    expect(muddled.errorAtOne).toBeGreaterThan(0.2);
  });
});

describe(`planning over ${areVoicesReal ? 'real recorded' : 'the synthetic fixture'} voices`, () => {
  it('gathers its evidence from the scorer and the matcher of the app, and ranks every phrase', {
    timeout: 60_000,
  }, async () => {
    const clips = listClips();
    const [first] = clips.filter(
      ({ set }) => set === 'mandarin-english-words' || set.startsWith('synthetic'),
    );
    const own = clips.filter(({ set, speaker }) => set === first?.set && speaker === first.speaker);
    const words = [...new Set(own.map(({ word }) => word))].slice(0, 6);
    const exemplars: Exemplar[] = [];
    for (const [number, word] of words.entries())
      for (const clip of own.filter((each) => each.word === word).slice(0, 2 + (number % 2))) {
        const heard = prepareClip({ samples: await decodeClip(clip), endedBy: 'whole' });
        if (heard === undefined) continue;
        takeCount += 1;
        exemplars.push({
          takeId: idOf<TakeId>(takeCount),
          phraseId: phrase(number),
          features: heard.features,
        });
      }
    const matcher = new TemplateMatcher();
    const scorer = new TemplateScorer(matcher);
    for (const exemplar of exemplars) scorer.enrol(exemplar);
    const evidence = gatherTakeEvidence(
      exemplars,
      ({ features, takeId }) => scorer.distances(features, takeId),
      (a, b) => matcher.fine(matcher.viewOf(a), matcher.viewOf(b)),
    );
    const plan = planRecordings(evidence);
    expect(plan).toHaveLength(words.length);
    const drops = plan.map(({ expectedErrorDrop }) => expectedErrorDrop);
    expect(drops).toEqual([...drops].sort((a, b) => b - a));
    expect(drops.every((drop) => drop > 0 && drop < 1)).toBe(true);
    expect(planRecordings(shuffled(evidence, seededRandom(1)))).toEqual(plan);
  });
});
