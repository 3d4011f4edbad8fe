import { describe, it } from 'vitest';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { systemClock } from '../../../src/core/clock';
import { describeLearner } from '../../../src/learning/conformance/describe-learner';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { MonitoredLearner } from '../../../src/metrics/monitored-learner';
import { patternSamples } from '../../conformance/pattern-samples';

describeLearner(
  { describe, it },
  'a monitored pattern learner',
  () =>
    new MonitoredLearner(new PatternLearner('habits'), new LearningSystemMetrics(systemClock), systemClock),
  patternSamples,
);
