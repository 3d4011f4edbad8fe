import { expect, it } from 'vitest';
import { DenseHead } from '../../../../src/behaviour/intent/dense-head';
import { createCompute } from '../../../../src/compute/compute';
import { seededRandom } from '../../../../src/core/random';
import { crossedTexts } from '../../../support/crossed-texts';

it('is trained on the CPU as well, and is the same net after it was stored', async () => {
  const compute = createCompute();
  await compute.start('cpu');
  const examples = crossedTexts(seededRandom(1)).slice(0, 32);
  const { signal } = new AbortController();
  const head = await DenseHead.train(compute, examples, undefined, seededRandom(2), signal);
  expect(compute.status).toMatchObject({ backend: 'cpu' });
  if (head === undefined) throw new Error('not trained');
  const hits = examples.filter(({ text, intent }) => {
    const chances = head.chances(text, undefined);
    return (chances[head.intents.indexOf(intent)] ?? 0) > 0.5;
  });
  expect(hits.length).toBeGreaterThan(28);
  const again = DenseHead.restore(head.describe(), head.weights());
  expect(again.chances('red box and a small', undefined)).toEqual(
    head.chances('red box and a small', undefined),
  );
  expect(() => DenseHead.restore(head.describe(), head.weights().slice(1))).toThrow(TypeError);
});
