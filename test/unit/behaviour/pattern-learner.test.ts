import { describe, expect, it } from 'vitest';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { type LearningDataId, newId, type UserId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json';
import { seededRandom } from '../../../src/core/random';
import type { LearningMode } from '../../../src/learning/learner';
import type { LearningData } from '../../../src/learning/learning-data';
import { learningContext } from '../../support/learning-context';

const userId = newId<UserId>();
const of = (content: JsonObject): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'conversation',
  dataType: 'user-interaction',
  content,
  privacyLevel: 'private',
  qualityScore: 1,
  createdAt: 1,
});
const times = (count: number, content: JsonObject): LearningData[] =>
  Array.from({ length: count }, () => of(content));
const context = () => learningContext(userId);

async function taught(data: LearningData[], config: JsonObject = {}): Promise<PatternLearner> {
  const learner = new PatternLearner('habits');
  await learner.initialize(config);
  expect(await learner.learn(data, context())).toMatchObject({ success: true });
  return learner;
}

const GOOD = { interactionType: 'command', result: 'success', satisfaction: 0.8 };
const BAD = { interactionType: 'command', result: 'failure', satisfaction: 0.8 };

describe('PatternLearner', () => {
  it('knows nothing at first', async () => {
    const learner = new PatternLearner('habits');
    await learner.initialize({});
    expect(learner.getInsights()).toEqual({ totalPatterns: 0 });
  });

  it('counts once what a correction had done anew', async () => {
    const learner = await taught([of(GOOD), of({ ...GOOD, followUp: true })]);
    expect(await learner.predict({ interactionType: 'command' }, context())).toMatchObject({
      value: { value: { count: 1 } },
    });
  });

  it('counts, and trusts a success rate in full after ten observations', async () => {
    const learner = await taught(times(4, GOOD));
    expect(await learner.predict({ interactionType: 'command' }, context())).toEqual({
      ok: true,
      value: { value: { interactionType: 'command', expectedSuccess: 1, count: 4 }, confidence: 0.4 },
    });
    await learner.learn([...times(6, GOOD), ...times(10, BAD)], context());
    expect(await learner.predict({ interactionType: 'command' }, context())).toMatchObject({
      value: { value: { expectedSuccess: 0.5, count: 20 }, confidence: 0.5 },
    });
  });

  it('keeps apart what the person was content with; the middle of the scale is not content', async () => {
    const learner = await taught([
      ...times(8, GOOD),
      ...times(6, { ...GOOD, satisfaction: 0.5 }),
      ...times(2, { interactionType: 'command', result: 'success' }),
      ...times(3, { result: 'failure' }),
    ]);
    const saved = await learner.save();
    expect(saved).toMatchObject({
      value: {
        state: {
          patterns: [
            { pattern: 'command:true', count: 8, successes: 8 },
            { pattern: 'command:false', count: 8, successes: 8 },
            { pattern: 'unknown:false', count: 3, successes: 0 },
          ],
        },
      },
    });
  });

  it('gives the guide’s insights', async () => {
    const learner = await taught([
      ...times(8, GOOD),
      ...times(6, { ...GOOD, interactionType: 'question' }),
      ...times(2, { ...BAD, interactionType: 'joke' }),
    ]);
    expect(learner.getInsights()).toEqual({
      totalPatterns: 3,
      highConfidencePatterns: 1,
      averageSuccessRate: 2 / 3,
      modelVersion: '1.0',
      patternsDetail: [
        { pattern: 'command:true', confidence: 0.8, successRate: 1, count: 8 },
        { pattern: 'question:true', confidence: 0.6, successRate: 1, count: 6 },
      ],
    });
  });

  it('tells how many patterns a call updated, and the mean confidence of what it updated', async () => {
    const learner = new PatternLearner('habits');
    await learner.initialize({});
    expect(await learner.learn([...times(2, GOOD), of({ ...BAD, satisfaction: 0 })], context())).toEqual({
      success: true,
      confidence: (0.1 + 0.2 + 0) / 3,
      samples: 3,
      insights: { learningMode: 'online', itemsProcessed: 3, totalItems: 3, patternsUpdated: 2 },
    });
  });

  it('learns exactly the same online and in batches of any size', async () => {
    const random = seededRandom(5);
    const data = Array.from({ length: 300 }, () =>
      of({
        interactionType: `kind-${Math.floor(random() * 9)}`,
        result: random() < 0.6 ? 'success' : 'failure',
        satisfaction: random(),
      }),
    );
    const stateIn = async (learningMode: LearningMode, batchSize: number): Promise<unknown> => {
      const learner = await taught(structuredClone(data), { learningMode, batchSize, maximumPatterns: 12 });
      return [await learner.save(), learner.getInsights()];
    };
    const online = await stateIn('online', 1);
    for (const batchSize of [1, 7, 100, 1_000]) expect(await stateIn('batch', batchSize)).toEqual(online);
  });

  it('forgets the pattern seen longest ago when there are too many', async () => {
    const kind = (interactionType: string): LearningData => of({ ...GOOD, interactionType });
    const learner = await taught([kind('a'), kind('b'), kind('a'), kind('c')], { maximumPatterns: 2 });
    const confidences = await Promise.all(
      ['a', 'b', 'c'].map(async (interactionType) => {
        const predicted = await learner.predict({ interactionType }, context());
        return predicted.ok && predicted.value.confidence;
      }),
    );
    expect(confidences).toEqual([0.2, 0, 0.1]);
  });

  it.each([
    ['no result', { interactionType: 'command' }],
    ['a result of another kind', { ...GOOD, result: 'perhaps' }],
    ['a type that is no text', { ...GOOD, interactionType: 5 }],
    ['a satisfaction beyond the scale', { ...GOOD, satisfaction: 7 }],
  ])('learns nothing from %s', async (_, content) => {
    const learner = new PatternLearner('habits');
    await learner.initialize({});
    expect(await learner.learn([of(content)], context())).toMatchObject({
      error: { kind: 'too-little-data', got: 0 },
    });
  });

  it.each([
    ['more successes than observations', [{ pattern: 'a:true', count: 1, successes: 2 }]],
    ['a pattern twice', Array(2).fill({ pattern: 'a:true', count: 1, successes: 1 })],
    ['a key that is no pattern', [{ pattern: 'a', count: 1, successes: 1 }]],
  ])('refuses a snapshot with %s', async (_, patterns) => {
    const learner = await taught(times(3, GOOD));
    expect(await learner.load({ learnerType: 'pattern', version: 1, state: { patterns } })).toMatchObject({
      error: { kind: 'bad-snapshot' },
    });
    expect(learner.getInsights()).toMatchObject({ totalPatterns: 1 });
  });
});
