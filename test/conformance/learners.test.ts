import { memory } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { NextActionLearner } from '../../src/behaviour/habits/next-action-learner';
import { PatternLearner } from '../../src/behaviour/pattern-learner';
import { PreferenceLearner } from '../../src/behaviour/preferences/preference-learner';
import { denseTrainer } from '../../src/behaviour/satisfaction/dense-trainer';
import { forestTrainer } from '../../src/behaviour/satisfaction/forest-trainer';
import { SatisfactionLearner } from '../../src/behaviour/satisfaction/satisfaction-learner';
import { createCompute } from '../../src/compute/compute';
import { describeLearner } from '../../src/learning/conformance/describe-learner';
import { nextActionSamples, preferenceSamples, satisfactionSamples } from './habit-samples';
import { patternSamples } from './pattern-samples';

describeLearner({ describe, it }, 'pattern', () => new PatternLearner('habits'), patternSamples, {
  doModesAgree: true,
  badConfigs: [
    { config: { maximumPatterns: 0 }, path: 'maximumPatterns' },
    { config: 'online', path: '' },
  ],
});

describeLearner(
  { describe, it },
  'pattern in batch mode',
  () => new PatternLearner('habits'),
  { ...patternSamples, config: { learningMode: 'batch', batchSize: 3, maximumPatterns: 3 } },
  { seed: 7 },
);

describeLearner(
  { describe, it },
  'next-action',
  () => new NextActionLearner('next-action'),
  nextActionSamples,
  {
    badConfigs: [
      { config: { maximumActions: 1 }, path: 'maximumActions' },
      { config: { maximumActions: 10_000 }, path: 'maximumActions' },
    ],
  },
);

describeLearner(
  { describe, it },
  'preferences',
  () => new PreferenceLearner('preferences'),
  preferenceSamples,
  { doModesAgree: true },
);

describeLearner(
  { describe, it },
  'satisfaction-forest',
  () => new SatisfactionLearner('satisfaction-forest', forestTrainer),
  satisfactionSamples,
  { malformedCases: 60 },
);

const compute = createCompute();
await compute.start('cpu');

describeLearner(
  { describe, it },
  'satisfaction-net',
  () => new SatisfactionLearner('satisfaction-net', denseTrainer(compute)),
  satisfactionSamples,
  { malformedCases: 60, tensorCount: () => memory().numTensors },
);
