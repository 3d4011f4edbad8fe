import { describe, expect, it } from 'vitest';
import { denseTrainer } from '../../../src/behaviour/satisfaction/dense-trainer';
import { FEATURES } from '../../../src/behaviour/satisfaction/interaction-features';
import type { SatisfactionModel } from '../../../src/behaviour/satisfaction/satisfaction-model';
import type { BackendName } from '../../../src/compute/backend-memory';
import { createCompute } from '../../../src/compute/compute';
import { wasmPaths } from '../../../src/compute/wasm-paths';
import { seededRandom } from '../../../src/core/random';

/** The dense net of satisfaction in a browser: the same examples and the same dice come to the same judgement. */

const random = seededRandom(5);
const row = (): number[] => Array.from({ length: FEATURES.length }, () => 2 * random() - 1);
/** What was certain and fast went well. */
const label = ([confidence = 0, , seconds = 0]: readonly number[]): 0 | 1 => (confidence > seconds ? 1 : 0);
const examples = Array.from({ length: 160 }, row).map((features) => ({ features, label: label(features) }));
const unseen = Array.from({ length: 60 }, row);

async function trainedOn(backend: BackendName): Promise<SatisfactionModel> {
  const compute = createCompute({ wasmPaths });
  await compute.start(backend);
  expect(compute.status).toMatchObject({ kind: 'ready', backend });
  const model = await denseTrainer(compute).train(examples, seededRandom(42), new AbortController().signal);
  if (model === undefined) throw new Error(`not trained on ${backend}`);
  return model;
}

describe('the dense net of satisfaction', () => {
  it('learns the same on WASM, where the behaviour worker trains it, as on plain numbers', async () => {
    const reference = await trainedOn('cpu');
    const model = await trainedOn('wasm');
    const differences = unseen.map((each) => Math.abs(model.predict(each) - reference.predict(each)));
    expect(Math.max(...differences)).toBeLessThan(0.02);
    const meanOf = (kind: 0 | 1): number => {
      const chances = unseen.filter((each) => label(each) === kind).map((each) => model.predict(each));
      return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    };
    expect(meanOf(1)).toBeGreaterThan(meanOf(0));
    const again = denseTrainer(createCompute({ wasmPaths })).restore(model.save(), FEATURES.length);
    expect(again.predict(unseen[0] ?? [])).toBe(model.predict(unseen[0] ?? []));
  });
});
