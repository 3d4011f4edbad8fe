import { assert } from '../core/assert';
import type { Random } from '../core/random';

/** `hidden` 0: inputs go straight to the softmax; otherwise the first layer has that many rectified units. */
export interface SoftmaxNetShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

/** One dense layer, on the CPU. `kernel` is row-major `[inputs, outputs]`. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Plain numbers, so that a trained net outlives the backend that trained it. */
export interface SoftmaxNet {
  readonly shape: SoftmaxNetShape;
  /** One layer, and one more for each layer of hidden units. */
  readonly layers: readonly DenseLayer[];
}

function glorotLayer(inputs: number, outputs: number, random: Random): DenseLayer {
  const limit = Math.sqrt(6 / (inputs + outputs));
  const kernel = Float32Array.from({ length: inputs * outputs }, () => (random() * 2 - 1) * limit);
  return { inputs, outputs, kernel, bias: new Float32Array(outputs) };
}

/** An untrained net: Glorot-uniform kernels, zero biases. */
export function untrainedNet(shape: SoftmaxNetShape, random: Random): SoftmaxNet {
  const layers =
    shape.hidden === 0
      ? [glorotLayer(shape.inputs, shape.classes, random)]
      : [glorotLayer(shape.inputs, shape.hidden, random), glorotLayer(shape.hidden, shape.classes, random)];
  return { shape, layers };
}

/** An untrained net with several layers of hidden units, from the inputs on. */
export function untrainedDeepNet(
  inputs: number,
  hidden: readonly number[],
  classes: number,
  random: Random,
): SoftmaxNet {
  const widths = [inputs, ...hidden, classes];
  const layers = widths.slice(1).map((width, index) => glorotLayer(widths[index] ?? inputs, width, random));
  return { shape: { inputs, hidden: hidden[0] ?? 0, classes }, layers };
}

/** Whether layers fit together and hold finite numbers that are not all zero. */
export function isSoundNet(net: SoftmaxNet): boolean {
  return net.layers.every(
    (layer) =>
      layer.kernel.length === layer.inputs * layer.outputs &&
      layer.bias.length === layer.outputs &&
      layer.kernel.every(Number.isFinite) &&
      layer.bias.every(Number.isFinite) &&
      layer.kernel.some((weight) => weight !== 0),
  );
}

function applyLayer(layer: DenseLayer, input: ArrayLike<number>): Float64Array {
  const output = Float64Array.from(layer.bias);
  for (let row = 0; row < layer.inputs; row += 1) {
    const value = input[row] ?? 0;
    if (value === 0) continue;
    const offset = row * layer.outputs;
    for (let column = 0; column < layer.outputs; column += 1) {
      output[column] = (output[column] ?? 0) + value * (layer.kernel[offset + column] ?? 0);
    }
  }
  return output;
}

/**
 * Natural log of the probability of every class, in plain JavaScript: microseconds, synchronous,
 * and independent of any backend.
 *
 * @param input `[inputs]`
 * @returns `[classes]`, each at most 0
 */
export function logProbabilities(net: SoftmaxNet, input: ArrayLike<number>): Float64Array {
  assert(input.length === net.shape.inputs, 'input fits the net', input.length);
  let values: ArrayLike<number> = input;
  net.layers.forEach((layer, index) => {
    const output = applyLayer(layer, values);
    const isLast = index === net.layers.length - 1;
    values = isLast ? output : output.map((value) => Math.max(0, value));
  });
  const logits = Float64Array.from(values);
  const largest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const logTotal = largest + Math.log(total);
  return logits.map((logit) => logit - logTotal);
}
