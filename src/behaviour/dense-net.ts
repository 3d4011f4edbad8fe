import type { Compute } from '../compute/compute-contract';
import { isSoundNet, type SoftmaxNet, untrainedDeepNet } from '../compute/softmax-net';
import type { LabelledRows } from '../compute/softmax-trainer';
import type { Random } from '../core/random';

/** Rectified hidden layers from the inputs on, then a softmax over the classes. */
export interface DenseShape {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
}

export interface DenseTraining {
  readonly epochs: number;
  /** Rows that one step of Adam sees. */
  readonly batchRows: number;
  readonly learningRate: number;
  /** Share of hidden units that a step does without, in [0, 1). */
  readonly dropout: number;
  /** Weight of the squared kernels in the loss. */
  readonly l2: number;
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** @returns `undefined` when no backend can be trusted with it now, or it was aborted */
export async function trainDenseNet(
  compute: Pick<Compute, 'train'>,
  { inputs, hidden, classes }: DenseShape,
  rows: LabelledRows,
  { epochs, batchRows, learningRate, dropout, l2 }: DenseTraining,
  random: Random,
  signal: AbortSignal,
): Promise<SoftmaxNet | undefined> {
  const job = {
    initial: untrainedDeepNet(inputs, hidden, classes, random),
    rows,
    options: {
      steps: epochs * Math.ceil(rows.labels.length / batchRows),
      learningRate,
      l2,
      labelSmoothing: 0,
      batches: { rows: batchRows, dropout, random },
    },
  };
  const trained = await compute.train([job], signal);
  return trained.ok ? trained.value[0] : undefined;
}

/** Kernel and bias of every layer, one after another. */
export const savedNet = (net: SoftmaxNet): Float32Array => {
  const saved = new Float32Array(
    net.layers.reduce((sum, { kernel, bias }) => sum + kernel.length + bias.length, 0),
  );
  let at = 0;
  for (const part of net.layers.flatMap(({ kernel, bias }) => [kernel, bias])) {
    saved.set(part, at);
    at += part.length;
  }
  return saved;
};

/** @throws TypeError when `saved` is of a net of another shape */
export function restoredNet(saved: Float32Array, { inputs, hidden, classes }: DenseShape): SoftmaxNet {
  const blank = untrainedDeepNet(inputs, hidden, classes, () => 0);
  let at = 0;
  const take = (count: number): Float32Array => {
    at += count;
    return saved.slice(at - count, at);
  };
  const layers = blank.layers.map((layer) => ({
    inputs: layer.inputs,
    outputs: layer.outputs,
    kernel: take(layer.inputs * layer.outputs),
    bias: take(layer.outputs),
  }));
  const net = { ...blank, layers };
  if (at !== saved.length || !isSoundNet(net)) throw new TypeError('weights of another net');
  return net;
}

/** @throws TypeError when it is not a whole number of finite 32-bit floats */
export function floatsOf(weights: Uint8Array): Float32Array {
  if (weights.byteLength % BYTES !== 0) throw new TypeError('weights cut short');
  const floats = new Float32Array(Uint8Array.from(weights).buffer);
  if (!floats.every(Number.isFinite)) throw new TypeError('a weight that is no number');
  return floats;
}
