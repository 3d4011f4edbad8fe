import type { Learner } from '../learner';
import type { ConformanceCheck } from './conformance-check';
import type { ConformanceOptions, ConformanceSamples } from './conformance-samples';
import { dataChecks } from './data-checks';
import { learningChecks } from './learning-checks';
import { lifeChecks } from './life-checks';
import { snapshotChecks } from './snapshot-checks';
import { Trial } from './trial';

/**
 * Everything that `Learner` promises, as checks to be run by any test framework, or by none. Each makes learners of
 * its own and shuts them down.
 *
 * @param createLearner a new learner that is not initialised, at every call
 * @example
 * for (const { behaviour, run } of learnerConformance(() => new MyLearner('mine'), samples)) {
 *   await run(); // throws ConformanceError when `behaviour` does not hold
 * }
 */
export function learnerConformance(
  createLearner: () => Learner,
  samples: ConformanceSamples,
  options: ConformanceOptions = {},
): readonly ConformanceCheck[] {
  const trial = new Trial(createLearner, samples, options);
  const checks = [
    ...lifeChecks(trial),
    ...dataChecks(trial),
    ...learningChecks(trial),
    ...snapshotChecks(trial),
  ];
  return checks.filter(({ isAsked = true }) => isAsked);
}
