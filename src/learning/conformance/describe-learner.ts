import type { Learner } from '../learner';
import type { ConformanceOptions, ConformanceSamples } from './conformance-samples';
import { learnerConformance } from './learner-conformance';

/** `describe` and `it` of Vitest, Jest, Mocha or node:test. */
export interface TestFramework {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, body: () => Promise<void>) => unknown;
}

/**
 * One test for every promise of `Learner`, under the name of the learner.
 *
 * @example
 * import { describe, it } from 'vitest';
 *
 * describeLearner({ describe, it }, 'pattern', () => new PatternLearner('habits'), samples);
 */
export function describeLearner(
  { describe, it }: TestFramework,
  name: string,
  createLearner: () => Learner,
  samples: ConformanceSamples,
  options?: ConformanceOptions,
): void {
  describe(name, () => {
    for (const { behaviour, run } of learnerConformance(createLearner, samples, options))
      it(`${name}: ${behaviour}`, run);
  });
}
