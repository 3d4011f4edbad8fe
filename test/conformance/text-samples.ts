import { type LearningDataId, newId, type UserId } from '../../src/core/ids';
import type { ConformanceSamples } from '../../src/learning/conformance/conformance-samples';
import { typedCommand } from '../support/typed-command';

const userId = newId<UserId>();

export const textSamples: ConformanceSamples = {
  config: { batchSize: 3, maximumExamples: 50 },
  data: [
    ['make some tea', 'tea'],
    ['put the kettle on', 'tea'],
    ['lights out please', 'lights'],
    ['关灯', 'lights'],
    ['wake me at seven', 'alarm'],
    ['made of cheese', 'none'],
  ].map(([text = '', intent = '']) => typedCommand(userId, text, intent, 1_700_000_000_000)),
  inputs: [{ text: 'a cup of tea' }, { text: '请关灯' }, { text: 'zzz' }, { text: '' }],
};

const WORDS = ['tea', 'lights', 'alarm', 'music'];
const FRAMES = [
  '{} please',
  'now the {}',
  'could you do {}',
  'I want {}',
  'it is time for {}',
  '{} again, thanks',
];

/** Enough for a net. */
export const manyTextSamples: ConformanceSamples = {
  ...textSamples,
  config: { batchSize: 10, maximumExamples: 50 },
  data: WORDS.flatMap((word) =>
    FRAMES.map((frame) => ({
      ...(textSamples.data[0] as (typeof textSamples.data)[number]),
      id: newId<LearningDataId>(),
      content: { text: frame.replace('{}', word), intent: word },
    })),
  ),
};
