import { DenseHead } from '../../src/behaviour/intent/dense-head';
import type { IntentExample, IntentHead } from '../../src/behaviour/intent/intent-model';
import type { TextDirections } from '../../src/behaviour/intent/text-directions';
import { createCompute } from '../../src/compute/compute';
import { seededRandom } from '../../src/core/random';

export type TrainHead = (examples: readonly IntentExample[]) => Promise<IntentHead>;

/** Trains the dense head as on a device without graphics: on tfjs's WebAssembly. */
export async function headTrainer(directions: TextDirections): Promise<TrainHead> {
  const compute = createCompute();
  await compute.start('wasm');
  const { signal } = new AbortController();
  return async (examples) => {
    const head = await DenseHead.train(compute, examples, directions, seededRandom(1), signal);
    if (head === undefined) throw new Error('no backend trains the head');
    return head;
  };
}
