import type { Compute } from '../../compute/compute-contract';
import { logProbabilities, type SoftmaxNet } from '../../compute/softmax-net';
import { restoredNet, savedNet, trainDenseNet } from '../dense-net';
import { FEATURES } from './interaction-features';
import type { SatisfactionModel, SatisfactionTrainer } from './satisfaction-model';

const shapeFor = (inputs: number) => ({ inputs, hidden: [64, 32], classes: 2 });
/** The rate is Adam's usual one. */
const TRAINING = { epochs: 10, batchRows: 32, learningRate: 0.001, dropout: 0.2, l2: 0 };

/**
 * Dense 64, dropout 0.2, dense 32, dropout 0.2, softmax; Adam, ten epochs in batches of 32, on four fifths of at least
 * 20 examples, on the backend of the thread.
 */
export function denseTrainer(compute: Pick<Compute, 'train'>): SatisfactionTrainer {
  return {
    learnerType: 'satisfaction-net',
    leastExamples: 20,
    heldOutShare: 0.2,
    async train(examples, random, signal) {
      const rows = {
        inputs: Float32Array.from(examples.flatMap(({ features }) => features)),
        labels: Int32Array.from(examples.map(({ label }) => label)),
      };
      const shape = shapeFor(FEATURES.length);
      const net = await trainDenseNet(compute, shape, rows, TRAINING, random, signal);
      return net === undefined ? undefined : modelOf(net);
    },
    restore: (saved, features) => modelOf(restoredNet(saved, shapeFor(features))),
  };
}

const modelOf = (net: SoftmaxNet): SatisfactionModel => ({
  predict: (row) => Math.exp(logProbabilities(net, row)[1] ?? 0),
  save: () => savedNet(net),
});
