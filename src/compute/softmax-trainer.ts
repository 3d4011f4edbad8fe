import {
  AdamOptimizer,
  add,
  dispose,
  gather,
  matMul,
  mul,
  step as positive,
  type Rank,
  relu,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { assert } from '../core/assert';
import { type Random, shuffled } from '../core/random';
import type { SoftmaxNet } from './softmax-net';
import type { Trainer } from './trainer';

/** Labelled rows. `inputs` is row-major `[labels.length, shape.inputs]`; labels count classes from 0. */
export interface LabelledRows {
  readonly inputs: Float32Array;
  readonly labels: Int32Array;
}

export interface SoftmaxTrainingOptions {
  readonly steps: number;
  readonly learningRate: number;
  /** Weight of the squared kernels in the loss. */
  readonly l2: number;
  /** Share of each target spread over all classes, [0, 1). */
  readonly labelSmoothing: number;
  /** A step sees so many rows, drawn without replacement until all were seen, and not all hidden units; all, when left out. */
  readonly batches?: {
    readonly rows: number;
    /** Share of hidden units that a step does without, [0, 1). */
    readonly dropout: number;
    readonly random: Random;
  };
}

interface NamedGradient {
  readonly name: string;
  readonly tensor: Tensor;
}

interface LayerVariables {
  readonly kernel: Variable<Rank.R2>;
  readonly bias: Variable<Rank.R1>;
}

function targets(labels: Int32Array, classes: number, smoothing: number): Float32Array {
  const rows = new Float32Array(labels.length * classes).fill(smoothing / classes);
  labels.forEach((label, row) => {
    assert(label >= 0 && label < classes, 'label is a class', label);
    rows[row * classes + label] = 1 - smoothing + smoothing / classes;
  });
  return rows;
}

function lastOf(activations: readonly Tensor2D[]): Tensor2D {
  const last = activations.at(-1);
  assert(last !== undefined, 'there is an activation');
  return last;
}

/**
 * Cross-entropy with L2 on the kernels, minimised by Adam (Kingma & Ba, arXiv:1412.6980), over all rows at each step
 * or in batches with dropout. The gradient is written out: for two layers that is six lines, half the kernels of tfjs's tape, and it
 * needs no registered gradients. Loads tfjs: import this file lazily. Call `dispose` when done.
 */
export function createSoftmaxTrainer(
  initial: SoftmaxNet,
  rows: LabelledRows,
  options: SoftmaxTrainingOptions,
): Trainer<SoftmaxNet> {
  const { shape } = initial;
  const rowCount = rows.labels.length;
  assert(rowCount > 0, 'there are rows to train on');
  assert(rows.inputs.length === rowCount * shape.inputs, 'inputs fit the labels', rows.inputs.length);

  const x = tensor2d(rows.inputs, [rowCount, shape.inputs]);
  // WebAssembly multiplies fast (XNNPACK) only where neither factor is to be transposed.
  const xTransposed: Tensor2D = transpose(x);
  const y = tensor2d(targets(rows.labels, shape.classes, options.labelSmoothing), [rowCount, shape.classes]);
  const layers: readonly LayerVariables[] = initial.layers.map((layer) =>
    tidy(() => ({
      kernel: variable(tensor2d(layer.kernel, [layer.inputs, layer.outputs])),
      bias: variable(tensor1d(layer.bias)),
    })),
  );
  const optimizer = new AdamOptimizer(options.learningRate, 0.9, 0.999, 1e-8);

  let order: readonly number[] = [];

  /** What one step sees. */
  function seen(): {
    readonly x: Tensor2D;
    readonly xTransposed: Tensor2D;
    readonly y: Tensor2D;
    count: number;
  } {
    const { batches } = options;
    if (batches === undefined) return { x, xTransposed, y, count: rowCount };
    if (order.length === 0) order = shuffled([...rows.labels.keys()], batches.random);
    const drawn = tensor1d(order.slice(0, batches.rows), 'int32');
    order = order.slice(batches.rows);
    const batch = gather<Tensor2D>(x, drawn);
    return { x: batch, xTransposed: transpose(batch), y: gather<Tensor2D>(y, drawn), count: drawn.size };
  }

  /** What hidden units count for in one step: nothing, or so much that all together count for the same. */
  function mask(count: number, width: number): Tensor2D | undefined {
    const { dropout = 0, random = () => 1 } = options.batches ?? {};
    if (dropout === 0) return undefined;
    const kept = Float32Array.from({ length: count * width }, () =>
      random() < dropout ? 0 : 1 / (1 - dropout),
    );
    return tensor2d(kept, [count, width]);
  }

  function gradients(): NamedGradient[] {
    const { x, xTransposed, y, count } = seen();
    const activations: Tensor2D[] = [x];
    const masks: (Tensor2D | undefined)[] = [undefined];
    for (const [index, { kernel, bias }] of layers.entries()) {
      const output = add<Tensor2D>(matMul<Tensor2D>(lastOf(activations), kernel), bias);
      const isLast = index === layers.length - 1;
      const kept = isLast ? undefined : mask(count, output.shape[1]);
      masks.push(kept);
      const activation = isLast ? softmax(output) : relu(output);
      activations.push(kept === undefined ? activation : mul(activation, kept));
    }
    const named: NamedGradient[] = [];
    let byOutput: Tensor2D = mul(sub(lastOf(activations), y), 1 / count);
    for (const [index, { kernel, bias }] of [...layers.entries()].reverse()) {
      const input = activations[index] ?? x;
      const inputTransposed = index === 0 ? xTransposed : transpose(input);
      named.push({
        name: kernel.name,
        tensor: add(matMul(inputTransposed, byOutput), mul(kernel, 2 * options.l2)),
      });
      named.push({ name: bias.name, tensor: sum(byOutput, 0) });
      if (index > 0) {
        // A unit that was left out has no part in it: its activation is 0, like that of one that did not respond.
        const kept = masks[index];
        const byInput = mul<Tensor2D>(matMul(byOutput, transpose(kernel)), positive(input));
        byOutput = kept === undefined ? byInput : mul(byInput, kept);
      }
    }
    return named;
  }

  return {
    step() {
      tidy(() => optimizer.applyGradients(gradients()));
    },
    async settle() {
      await layers[0]?.bias.data();
    },
    async read() {
      const read = await Promise.all(
        layers.map(async ({ kernel, bias }, index) => {
          const layer = initial.layers[index];
          assert(layer !== undefined, 'layer exists', index);
          const [kernelData, biasData] = await Promise.all([kernel.data(), bias.data()]);
          return { ...layer, kernel: Float32Array.from(kernelData), bias: Float32Array.from(biasData) };
        }),
      );
      return { shape, layers: read };
    },
    dispose() {
      optimizer.dispose();
      dispose([x, xTransposed, y, ...layers.flatMap(({ kernel, bias }) => [kernel, bias])]);
    },
  };
}
