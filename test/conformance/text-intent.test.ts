import { describe, it } from 'vitest';
import { readTextTable } from '../../bench/intent/text-table-file';
import { TextIntentLearner } from '../../src/behaviour/intent/text-intent-learner';
import { type LearningDataId, newId, type UserId } from '../../src/core/ids';
import type { ConformanceSamples } from '../../src/learning/conformance/conformance-samples';
import { describeLearner } from '../../src/learning/conformance/describe-learner';

const userId = newId<UserId>();

const samples: ConformanceSamples = {
  config: { batchSize: 3, maximumExamples: 50 },
  data: [
    ['make some tea', 'tea'],
    ['put the kettle on', 'tea'],
    ['lights out please', 'lights'],
    ['关灯', 'lights'],
    ['wake me at seven', 'alarm'],
    ['made of cheese', 'none'],
  ].map(([text = '', intent = '']) => ({
    id: newId<LearningDataId>(),
    userId,
    agentId: 'commands',
    dataType: 'typed-command',
    content: { text, intent },
    privacyLevel: 'private',
    qualityScore: 1,
    createdAt: 1_700_000_000_000,
  })),
  inputs: [{ text: 'a cup of tea' }, { text: '请关灯' }, { text: 'zzz' }, { text: '' }],
};

const table = await readTextTable();

describeLearner(
  { describe, it },
  'text intent',
  () => new TextIntentLearner('text-intent', async () => table),
  samples,
  { doModesAgree: true, badConfigs: [{ config: { maximumExamples: 0 }, path: 'maximumExamples' }] },
);

describeLearner(
  { describe, it },
  'text intent without a table, in batch mode',
  () => new TextIntentLearner('text-intent', async () => undefined),
  { ...samples, config: { learningMode: 'batch', batchSize: 2 } },
  { seed: 3 },
);
