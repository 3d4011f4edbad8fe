import { describe, it } from 'vitest';
import { readTextTable } from '../../bench/intent/text-table-file';
import { spaceOfItsOwn } from '../../src/behaviour/intent/text-directions';
import { TextIntentLearner } from '../../src/behaviour/intent/text-intent-learner';
import { describeLearner } from '../../src/learning/conformance/describe-learner';
import { textSamples } from './text-samples';

const table = await readTextTable();

describeLearner(
  { describe, it },
  'text intent',
  () => new TextIntentLearner('text-intent', spaceOfItsOwn(table)),
  textSamples,
  { doModesAgree: true, badConfigs: [{ config: { maximumExamples: 0 }, path: 'maximumExamples' }] },
);

describeLearner(
  { describe, it },
  'text intent without a table, in batch mode',
  () => new TextIntentLearner('text-intent', spaceOfItsOwn(undefined)),
  { ...textSamples, config: { learningMode: 'batch', batchSize: 2 } },
  { seed: 3 },
);
