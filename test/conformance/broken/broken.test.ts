import { describe, expect, it } from 'vitest';
import { ConformanceError } from '../../../src/learning/conformance/conformance-check';
import { learnerConformance } from '../../../src/learning/conformance/learner-conformance';
import type { Learner } from '../../../src/learning/learner';
import { patternSamples } from '../pattern-samples';
import { AlteredLearner } from './altered-learner';
import { brokenLearners, tensors } from './broken-learners';

const checksOf = (createLearner: () => Learner) =>
  learnerConformance(createLearner, patternSamples, { doModesAgree: true, tensorCount: () => tensors.count });

async function failedChecks(createLearner: () => Learner): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { behaviour, run } of checksOf(createLearner)) {
    try {
      await run();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ConformanceError);
      failed.push(behaviour);
    }
  }
  return failed;
}

describe('the conformance suite', () => {
  it('passes a learner that conforms', async () => {
    expect(await failedChecks(() => new AlteredLearner())).toEqual([]);
  });

  it.each(brokenLearners)('fails a learner in exactly: %s', async (behaviour, createBroken) => {
    expect(await failedChecks(createBroken)).toEqual([behaviour]);
  });

  it('has a broken learner for each of its checks', () => {
    const behaviours = checksOf(() => new AlteredLearner()).map(({ behaviour }) => behaviour);
    expect(new Set(brokenLearners.map(([behaviour]) => behaviour))).toEqual(new Set(behaviours));
  });
});
