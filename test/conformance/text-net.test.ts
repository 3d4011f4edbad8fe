import { memory } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { readTextTable } from '../../bench/intent/text-table-file';
import { LentHead } from '../../src/behaviour/intent/lent-head';
import { spaceOfItsOwn } from '../../src/behaviour/intent/text-directions';
import { TextNetLearner } from '../../src/behaviour/intent/text-net-learner';
import { createCompute } from '../../src/compute/compute';
import { describeLearner } from '../../src/learning/conformance/describe-learner';
import { manyTextSamples } from './text-samples';

const compute = createCompute();
await compute.start('wasm');
const spaces = spaceOfItsOwn(await readTextTable());

describeLearner(
  { describe, it },
  'text net',
  () => new TextNetLearner('text-net', { compute, spaces, lent: new LentHead() }),
  manyTextSamples,
  {
    malformedCases: 40,
    tensorCount: () => memory().numTensors,
    badConfigs: [{ config: { maximumExamples: 24 }, path: 'maximumExamples' }],
  },
);
