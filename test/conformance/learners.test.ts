import { describe, it } from 'vitest';
import { PatternLearner } from '../../src/behaviour/pattern-learner';
import { describeLearner } from '../../src/learning/conformance/describe-learner';
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
