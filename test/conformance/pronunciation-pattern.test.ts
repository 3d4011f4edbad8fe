import { describe, expect, it } from 'vitest';
import { type LearningDataId, newId, type PhraseId, type UserId } from '../../src/core/ids';
import { seededRandom } from '../../src/core/random';
import { epochMs, monotonicMs } from '../../src/core/units';
import { describeLearner } from '../../src/learning/conformance/describe-learner';
import type { LearningData } from '../../src/learning/learning-data';
import {
  PRONUNCIATION_DATA,
  PronunciationPatternLearner,
  pronunciationContent,
} from '../../src/speech/pronunciation/pronunciation-pattern-learner';

const userId = newId<UserId>();
const [lamp, door, unknown] = [newId<PhraseId>(), newId<PhraseId>(), newId<PhraseId>()];

const said = (phraseId: PhraseId, rate: number, heardId?: PhraseId): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'speech',
  dataType: PRONUNCIATION_DATA,
  content: pronunciationContent(phraseId, { rate, segmentCosts: [1, 2, 3, 2, 1, 4 * rate] }, heardId),
  privacyLevel: 'private',
  qualityScore: 1,
  createdAt: 1_700_000_000_000,
});

const data = [said(lamp, 1), said(lamp, 1.2), said(lamp, 0.9, door), said(door, 1.1), said(lamp, 1, door)];
const samples = {
  config: { batchSize: 2 },
  data,
  inputs: [
    { phraseId: lamp, hour: 7 },
    { phraseId: door, hour: 8 },
    { phraseId: unknown, hour: 9 },
  ],
};
const create = () => new PronunciationPatternLearner('pronunciation');

describeLearner({ describe, it }, 'pronunciation-pattern', create, samples, {
  doModesAgree: true,
  badConfigs: [
    { config: { utterancesPerPhrase: 0 }, path: 'utterancesPerPhrase' },
    { config: { maximumPhrases: 0 }, path: 'maximumPhrases' },
  ],
});

describe('PronunciationPatternLearner', () => {
  const context = {
    userId,
    agentId: 'test',
    sessionId: 'test',
    clock: { now: () => epochMs(1_700_000_000_000), monotonic: () => monotonicMs(0) },
    random: seededRandom(1),
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    signal: new AbortController().signal,
  };

  it('tells the usual pace of a phrase, and what it is taken for how often', async () => {
    const learner = create();
    await learner.initialize({});
    await learner.learn(data, context);
    const predicted = await learner.predict({ phraseId: lamp }, context);
    expect(predicted).toMatchObject({
      ok: true,
      value: { value: { utterances: 4, pace: 1, mistakenForId: door, mistakenShare: 0.5 }, confidence: 0.5 },
    });
  });

  it('remembers the latest utterances of a phrase, and the phrases said last', async () => {
    const learner = create();
    await learner.initialize({ utterancesPerPhrase: 2, maximumPhrases: 1 });
    await learner.learn(data, context);
    expect(learner.getInsights()).toMatchObject({ phrases: { [lamp]: { utterances: 1 } } });
    await learner.learn([said(lamp, 1), said(lamp, 1)], context);
    expect(learner.getInsights()).toMatchObject({ phrases: { [lamp]: { utterances: 2 } } });
  });
});
