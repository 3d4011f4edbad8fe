import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { dealFolds, headJob, headRows } from '../../../../src/speech/head/head-training-set';
import { headViewOf } from '../../../../src/speech/head/head-view';
import { teach } from './head-synthetic';

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

describe('headRows', () => {
  const views = [...teach(0, 5), ...teach(1, 2)].map(({ features }, take) => ({
    view: headViewOf(features),
    phrase: take < 5 ? 0 : 1,
  }));

  it('gives phrases with few takes about as many rows as the others', () => {
    const rows = headRows(views, seededRandom(1));
    const [first, second] = [0, 1].map((phrase) => rows.filter((row) => row.phrase === phrase).length);
    expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThanOrEqual(2);
  });

  it('shows every take once as it is', () => {
    const plain = headRows(views, seededRandom(1)).filter(({ noiseFrom }) => noiseFrom === undefined);
    expect(plain.map(({ take }) => take)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('makes a job whose plain rows have mean 0 and deviation 1', () => {
    const rows = headRows(views, seededRandom(1));
    const { job } = headJob(rows, 2, 7);
    const width = job.initial.shape.inputs;
    const first = rows.flatMap(({ noiseFrom }, row) =>
      noiseFrom === undefined ? [job.rows.inputs[row * width] ?? Number.NaN] : [],
    );
    const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
    const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(variance).toBeCloseTo(1, 1);
  });
});
