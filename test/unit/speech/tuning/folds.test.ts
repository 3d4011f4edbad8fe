import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { dealFolds } from '../../../../src/speech/tuning/folds';

describe('dealFolds', () => {
  it('deals the takes of each phrase evenly over at most five folds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 60 }), fc.nat(), (phrases, seed) => {
        const { foldOf, foldCount } = dealFolds(phrases, seededRandom(seed));
        const counts = [...new Set(phrases)].map((phrase) =>
          Array.from(
            { length: foldCount },
            (_, fold) => phrases.filter((each, take) => each === phrase && foldOf[take] === fold).length,
          ),
        );
        expect(foldCount).toBeLessThanOrEqual(5);
        for (const perFold of counts)
          expect(Math.max(...perFold) - Math.min(...perFold)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
