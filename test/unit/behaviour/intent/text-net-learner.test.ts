import { describe, expect, it } from 'vitest';
import { DenseHead } from '../../../../src/behaviour/intent/dense-head';
import { LentHead } from '../../../../src/behaviour/intent/lent-head';
import { spaceOfItsOwn } from '../../../../src/behaviour/intent/text-directions';
import { TextIntentLearner } from '../../../../src/behaviour/intent/text-intent-learner';
import { TextNetLearner } from '../../../../src/behaviour/intent/text-net-learner';
import { createCompute } from '../../../../src/compute/compute';
import { newId, type UserId } from '../../../../src/core/ids';
import { seededRandom } from '../../../../src/core/random';
import type { Learner } from '../../../../src/learning/learner';
import { crossedTexts } from '../../../support/crossed-texts';
import { learningContext } from '../../../support/learning-context';
import { typedCommand } from '../../../support/typed-command';

interface Example {
  readonly text: string;
  readonly intent: string;
}

const userId = newId<UserId>();
const compute = createCompute();
await compute.start('wasm');
const letters = spaceOfItsOwn(undefined);
const crossed = crossedTexts(seededRandom(1));
const plain = ['tea', 'lights'].flatMap((intent) =>
  Array.from({ length: 15 }, (_, at) => ({ text: `${intent} ${'abcdefghijklmno'[at]}`, intent })),
);

async function started(maximumExamples = 200) {
  const lent = new LentHead();
  const learner = new TextNetLearner('text-net', { compute, spaces: letters, lent });
  await learner.initialize({ maximumExamples });
  return { learner, lent };
}

/** With the same random numbers in every call, as the host gives them. */
async function teach(learner: Learner, examples: readonly Example[]): Promise<void> {
  const data = examples.map(({ text, intent }) => typedCommand(userId, text, intent));
  const context = { ...learningContext(userId), random: seededRandom(42) };
  expect(await learner.learn(data, context)).toMatchObject({ success: true });
}

const savedBy = async (learner: Learner) => {
  const saved = await learner.save();
  if (!saved.ok) throw new Error('not saved');
  return saved.value;
};

async function best(learner: Learner, text: string): Promise<string | undefined> {
  const predicted = await learner.predict({ text }, learningContext(userId));
  const ranking = predicted.ok ? (predicted.value.value['ranking'] as { intent: string }[] | undefined) : [];
  return ranking?.[0]?.intent;
}

describe('TextNetLearner', () => {
  it('lends its net once that made fewer mistakes than answering without it, and goes on so after a restart', async () => {
    const { learner, lent } = await started();
    await teach(learner, crossed.slice(0, 80));
    expect(learner.getInsights()).toMatchObject({ isTrained: true, isUsed: false, trainedOn: 80 });
    expect(lent.head).toBeUndefined();
    await teach(learner, crossed.slice(80));
    const insights = learner.getInsights();
    expect(insights).toMatchObject({ isUsed: true, judged: 48 });
    expect(insights['mistakesWithNet']).toBeLessThan(Number(insights['mistakesWithout']));
    expect(lent.head).toBeDefined();

    const again = await started();
    expect(await again.learner.load(await savedBy(learner))).toMatchObject({ ok: true });
    expect(again.lent.head?.intents).toEqual(lent.head?.intents);
    await again.learner.shutdown();
    expect(again.lent.head).toBeUndefined();
  });

  it('keeps its net to itself where it is no better', async () => {
    const { learner, lent } = await started();
    await teach(learner, plain.slice(0, 22));
    await teach(
      learner,
      Array.from({ length: 40 }, (_, at) => ({
        text: `${at % 2 === 0 ? 'tea' : 'lights'} number ${'abcdefghijklmnopqrstuvwxyzäöüßéèêåøñç'[at]}x`,
        intent: at % 2 === 0 ? 'tea' : 'lights',
      })),
    );
    expect(learner.getInsights()).toMatchObject({ isTrained: true, isUsed: false });
    expect(Number(learner.getInsights()['judged'])).toBeGreaterThan(30);
    expect(lent.head).toBeUndefined();
  });

  it('holds nothing of what was corrected: the net is the one that would be without it', async () => {
    const [corrected, ...others] = plain;
    if (corrected === undefined) throw new Error('no example');
    const meant = { ...corrected, intent: 'lights' };
    const { learner } = await started();
    await teach(learner, plain);
    await teach(learner, [meant]);
    const fresh = await started();
    await teach(fresh.learner, [...others, meant]);
    const [left, right] = [await savedBy(learner), await savedBy(fresh.learner)];
    expect(left.state['examples']).toEqual(right.state['examples']);
    expect(left.weights).toEqual(right.weights);
  });

  it('never holds more than it remembers', async () => {
    const { learner } = await started(25);
    await teach(learner, plain);
    for (const example of crossed.slice(0, 8)) await teach(learner, [example]);
    const { examples } = (await savedBy(learner)).state as {
      examples: { text: string; isTrainedOn: boolean }[];
    };
    expect(examples).toHaveLength(25);
    expect(examples.filter(({ isTrainedOn }) => isTrainedOn)).toHaveLength(
      Number(learner.getInsights()['trainedOn']),
    );
    expect(Number(learner.getInsights()['trainedOn'])).toBeGreaterThanOrEqual(20);
  });
});

describe('a lent net', () => {
  const signal = new AbortController().signal;
  const trained = () => DenseHead.train(compute, crossed.slice(0, 80), undefined, seededRandom(1), signal);

  it('tells apart what the regression cannot, and is not asked about what it was told', async () => {
    const lent = new LentHead();
    const learner = new TextIntentLearner('text-intent', letters, lent);
    await learner.initialize({});
    await teach(learner, crossed.slice(0, 80));
    const rest = crossed.slice(80);
    const hits = async () => {
      let right = 0;
      for (const { text, intent } of rest) if ((await best(learner, text)) === intent) right += 1;
      return right;
    };
    const without = await hits();
    lent.head = await trained();
    expect(await hits()).toBeGreaterThan(without);
    const [told] = rest;
    if (told === undefined) throw new Error('no text');
    const opposite = told.intent === 'same' ? 'other' : 'same';
    await teach(learner, [{ text: told.text, intent: opposite }]);
    expect(await best(learner, told.text)).toBe(opposite);
  });
});
