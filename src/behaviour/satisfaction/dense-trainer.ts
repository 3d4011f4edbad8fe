import type { Compute } from '../../compute/compute-contract';
import { isSoundNet, logProbabilities, type SoftmaxNet, untrainedDeepNet } from '../../compute/softmax-net';
import type { Random } from '../../core/random';
import { FEATURES } from './interaction-features';
import type { LabelledRow } from './random-forest';
import type { SatisfactionModel, SatisfactionTrainer } from './satisfaction-model';

const HIDDEN = [64, 32] as const;
const CLASSES = 2;
const DROPOUT = 0.2;
const EPOCHS = 10;
const BATCH_ROWS = 32;
/** Adam's usual step. */
const LEARNING_RATE = 0.001;

/**
 * Dense 64, dropout 0.2, dense 32, dropout 0.2, softmax; Adam, ten epochs in batches of 32, on four fifths of at least
 * 20 examples, on the backend of the thread.
 */
export function denseTrainer(compute: Pick<Compute, 'train'>): SatisfactionTrainer {
  return {
    learnerType: 'satisfaction-net',
    leastExamples: 20,
    heldOutShare: 0.2,
    async train(rows, random, signal) {
      const trained = await compute.train([jobOf(rows, random)], signal);
      const [net] = trained.ok ? trained.value : [];
      return net === undefined ? undefined : modelOf(net);
    },
    restore: (saved, features) => modelOf(netOf(saved, features)),
  };
}

function jobOf(rows: readonly LabelledRow[], random: Random) {
  return {
    initial: untrainedDeepNet(FEATURES.length, HIDDEN, CLASSES, random),
    rows: {
      inputs: Float32Array.from(rows.flatMap(({ features }) => features)),
      labels: Int32Array.from(rows.map(({ label }) => label)),
    },
    options: {
      steps: EPOCHS * Math.ceil(rows.length / BATCH_ROWS),
      learningRate: LEARNING_RATE,
      l2: 0,
      labelSmoothing: 0,
      batches: { rows: BATCH_ROWS, dropout: DROPOUT, random },
    },
  };
}

function modelOf(net: SoftmaxNet): SatisfactionModel {
  return {
    predict: (row) => Math.exp(logProbabilities(net, row)[1] ?? 0),
    save: () => Float32Array.from(net.layers.flatMap(({ kernel, bias }) => [...kernel, ...bias])),
  };
}

/** @throws TypeError when it is of another net */
function netOf(saved: Float32Array, features: number): SoftmaxNet {
  const blank = untrainedDeepNet(features, HIDDEN, CLASSES, () => 0);
  let at = 0;
  const take = (count: number): Float32Array => {
    at += count;
    return saved.slice(at - count, at);
  };
  const layers = blank.layers.map(({ inputs, outputs }) => ({
    inputs,
    outputs,
    kernel: take(inputs * outputs),
    bias: take(outputs),
  }));
  const net = { ...blank, layers };
  if (at !== saved.length || !isSoundNet(net)) throw new TypeError('weights of another net');
  return net;
}
