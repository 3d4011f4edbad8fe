import { describe, expect, it } from 'vitest';
import { spaceOfItsOwn } from '../../../../src/behaviour/intent/text-directions';
import { TextIntentLearner } from '../../../../src/behaviour/intent/text-intent-learner';
import { newId, type UserId } from '../../../../src/core/ids';
import { learningContext } from '../../../support/learning-context';
import { typedCommand } from '../../../support/typed-command';

const userId = newId<UserId>();
const context = learningContext(userId);
const CANDIDATES = [
  { intent: 'phrase:tea', texts: ['Make a cup of tea'] },
  { intent: 'app:settings', texts: ['Settings', 'preferences'] },
];

async function started(maximumExamples = 100): Promise<TextIntentLearner> {
  const learner = new TextIntentLearner('text-intent', spaceOfItsOwn(undefined));
  await learner.initialize({ maximumExamples });
  return learner;
}

async function teach(learner: TextIntentLearner, ...pairs: readonly (readonly [string, string])[]) {
  const data = pairs.map(([text, intent]) => typedCommand(userId, text, intent));
  expect(await learner.learn(data, context)).toMatchObject({ success: true, samples: pairs.length });
}

async function best(learner: TextIntentLearner, text: string) {
  const predicted = await learner.predict({ text, candidates: CANDIDATES }, context);
  const ranking = predicted.ok
    ? (predicted.value.value['ranking'] as { intent: string; confidence: number }[])
    : [];
  return ranking[0];
}

describe('TextIntentLearner', () => {
  it('finds what is called so before anything is learnt', async () => {
    expect(await best(await started(), 'cup of tea')).toMatchObject({ intent: 'phrase:tea' });
  });

  it('learns what somebody means by their own words, at once', async () => {
    const learner = await started();
    await teach(learner, ['zap it', 'app:settings']);
    expect(await best(learner, 'zap it')).toMatchObject({ intent: 'app:settings' });
  });

  it('takes the last word on what a text means, however it is written', async () => {
    const learner = await started();
    await teach(learner, ['zap it', 'app:settings'], ['ZAP  it!', 'phrase:tea']);
    expect(await best(learner, 'zap it')).toMatchObject({ intent: 'phrase:tea' });
    expect(learner.getInsights()).toMatchObject({ examples: 1, intents: 1 });
  });

  it('is less sure of a text that was said to mean nothing', async () => {
    const learner = await started();
    const before = (await best(learner, 'tea settings'))?.confidence ?? 0;
    await teach(learner, ['tea settings', 'none']);
    expect((await best(learner, 'tea settings'))?.confidence ?? 0).toBeLessThan(before);
  });

  it('forgets what was given longest ago when there is too much', async () => {
    const learner = await started(2);
    await teach(learner, ['one', 'app:settings'], ['two', 'app:settings'], ['three', 'app:settings']);
    expect(learner.getInsights()).toMatchObject({ examples: 2 });
    const saved = await learner.save();
    expect(saved.ok && JSON.stringify(saved.value.state)).not.toContain('"one"');
  });

  it('counts what is given again as given last', async () => {
    const learner = await started(2);
    await teach(learner, ['one', 'app:settings'], ['two', 'app:settings'], ['one', 'app:settings']);
    await teach(learner, ['three', 'app:settings']);
    const saved = await learner.save();
    expect(saved.ok && saved.value.state['examples']).toMatchObject([{ text: 'one' }, { text: 'three' }]);
  });

  it('does not offer what is not among the candidates, such as a phrase that was deleted', async () => {
    const learner = await started();
    await teach(learner, ['zap it', 'phrase:gone']);
    expect((await best(learner, 'zap it'))?.intent).not.toBe('phrase:gone');
  });

  it('tells nobody a word of what was typed', async () => {
    const learner = await started();
    await teach(learner, ['xylophone', 'app:settings']);
    expect(JSON.stringify(learner.getInsights())).not.toContain('xylophone');
  });
});
