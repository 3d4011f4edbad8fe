import { describe, expect, it } from 'vitest';
import { forestTrainer } from '../../../../src/behaviour/satisfaction/forest-trainer';
import { RandomForest } from '../../../../src/behaviour/satisfaction/random-forest';
import { SatisfactionLearner } from '../../../../src/behaviour/satisfaction/satisfaction-learner';
import { type LearningDataId, newId } from '../../../../src/core/ids';
import type { JsonObject } from '../../../../src/core/json';
import { seededRandom } from '../../../../src/core/random';
import { Trial } from '../../../../src/learning/conformance/trial';
import type { LearningData } from '../../../../src/learning/learning-data';
import { satisfactionSamples } from '../../../conformance/habit-samples';

const trial = new Trial(
  () => new SatisfactionLearner('satisfaction', forestTrainer),
  satisfactionSamples,
  {},
);
const [sample] = satisfactionSamples.data;

const observed = (content: JsonObject, minutes: number, dataType = 'user-interaction'): LearningData => {
  if (sample === undefined) throw new Error('no sample');
  const createdAt = sample.createdAt + minutes * 60_000;
  return { ...sample, id: newId<LearningDataId>(), dataType, content, createdAt };
};
const asked = (subject: string, confidence: number, minutes: number, phraseId = subject): LearningData =>
  observed(
    { interactionType: 'voice-command', result: 'success', utteranceId: subject, phraseId, confidence },
    minutes,
  );

/** `isWrong` says of each interaction whether it is corrected afterwards. */
async function outcomesOf(
  count: number,
  confidenceOf: (at: number) => number,
  isWrong: (at: number) => boolean,
) {
  const learner = new SatisfactionLearner('satisfaction', forestTrainer);
  await learner.initialize({});
  for (let at = 0; at < count; at += 1) {
    await trial.teach(learner, [asked(`u${at}`, confidenceOf(at), at * 5)]);
    if (isWrong(at))
      await trial.teach(learner, [observed({ subjectId: `u${at}` }, at * 5 + 1, 'correction')]);
  }
  return learner;
}

describe('SatisfactionLearner', () => {
  it('uses its model once that foresees better than a constant', async () => {
    const isWrong = (at: number): boolean => at % 3 === 0;
    const learner = await outcomesOf(70, (at) => (isWrong(at) ? 0.3 : 0.9), isWrong);
    expect(learner.getInsights()).toMatchObject({ isTrained: true, isUsed: true });
    const sure = await learner.predict({ confidence: 0.9 }, trial.context());
    const unsure = await learner.predict({ confidence: 0.3 }, trial.context());
    if (!sure.ok || !unsure.ok) throw new Error('not predicted');
    expect(sure.value.value).toMatchObject({ basis: 'model' });
    expect(sure.value.value['satisfaction']).toBeGreaterThan(0.8);
    expect(unsure.value.value['satisfaction']).toBeLessThan(0.2);
  });

  it('answers with a constant while nothing it sees tells right from wrong', async () => {
    const random = seededRandom(3);
    const learner = await outcomesOf(
      70,
      () => random(),
      () => random() < 0.4,
    );
    expect(learner.getInsights()).toMatchObject({ isTrained: true, isUsed: false });
    const predicted = await learner.predict({ confidence: 0.9 }, trial.context());
    expect(predicted).toMatchObject({ ok: true, value: { value: { basis: 'constant' } } });
  });

  it('takes being said again at once, failing and being taken back for wrong', async () => {
    const learner = new SatisfactionLearner('satisfaction', forestTrainer);
    await learner.initialize({});
    await trial.teach(learner, [
      asked('a', 0.9, 0, 'lamp'),
      asked('b', 0.9, 0.2, 'lamp'),
      asked('c', 0.9, 10, 'tea'),
      observed({ interactionType: 'undo', result: 'success', utteranceId: 'c' }, 11),
      asked('d', 0.9, 20, 'tea'),
      asked('e', 0.9, 30, 'tea'),
    ]);
    expect(learner.getInsights()).toMatchObject({ examples: 4, shareRight: 0.5 });
  });

  it('does not take what a correction had done for somebody who was content', async () => {
    const learner = new SatisfactionLearner('satisfaction', forestTrainer);
    await learner.initialize({});
    const again = asked('a', 0.4, 2, 'tea');
    await trial.teach(learner, [
      asked('a', 0.4, 0, 'lamp'),
      observed({ subjectId: 'a' }, 1, 'correction'),
      { ...again, content: { ...again.content, followUp: true } },
      asked('b', 0.9, 20, 'lamp'),
    ]);
    expect(learner.getInsights()).toMatchObject({ examples: 1, shareRight: 0 });
  });

  it('makes no feature of what came of it', async () => {
    const learner = await outcomesOf(
      40,
      (at) => (at % 2) * 0.9,
      (at) => at % 2 === 0,
    );
    const [plain, told] = await Promise.all([
      learner.predict({ confidence: 0.5 }, trial.context()),
      learner.predict(
        { confidence: 0.5, corrected: true, satisfaction: 0, result: 'failure', outcome: 'undone' },
        trial.context(),
      ),
    ]);
    expect(told).toEqual(plain);
  });
});

describe('RandomForest', () => {
  const random = seededRandom(5);
  const rows = Array.from({ length: 120 }, () => {
    const features = [random(), random(), random()];
    // Neither of the first two alone says anything: only both together.
    const isOne = (features[0] ?? 0) > 0.5 !== (features[1] ?? 0) > 0.5;
    return { features, label: isOne ? (1 as const) : (0 as const) };
  });
  const grow = () =>
    RandomForest.grow(
      rows,
      { trees: 50, depth: 10, leastLeaf: 2 },
      seededRandom(42),
      new AbortController().signal,
    );

  it('finds what only two features together say', async () => {
    const forest = await grow();
    const chance = (a: number, b: number): number => forest?.predict([a, b, 0.5]) ?? Number.NaN;
    expect(Math.min(chance(0.9, 0.1), chance(0.1, 0.9))).toBeGreaterThan(0.7);
    expect(Math.max(chance(0.9, 0.9), chance(0.1, 0.1))).toBeLessThan(0.3);
  });

  it('is the same again from the same seed, and after it was saved', async () => {
    const [one, other] = await Promise.all([grow(), grow()]);
    if (one === undefined || other === undefined) throw new Error('aborted');
    const restored = RandomForest.restore(one.save(), 3);
    for (const { features } of rows.slice(0, 20))
      expect([other.predict(features), restored.predict(features)]).toEqual([
        one.predict(features),
        one.predict(features),
      ]);
    expect(() => RandomForest.restore(one.save().slice(0, -1), 3)).toThrow(TypeError);
    expect(() => RandomForest.restore(one.save(), 1)).toThrow(TypeError);
  });

  it('stops when it is aborted', async () => {
    const grown = RandomForest.grow(
      rows,
      { trees: 50, depth: 10, leastLeaf: 2 },
      random,
      AbortSignal.abort(),
    );
    expect(await grown).toBeUndefined();
  });
});
