import { describe, expect, it } from 'vitest';
import {
  isSoundNet,
  logProbabilities,
  type SoftmaxNet,
  untrainedNet,
} from '../../../src/compute/softmax-net';
import { seededRandom } from '../../../src/core/random';

const layer = (inputs: number, outputs: number, kernel: number[], bias: number[]) => ({
  inputs,
  outputs,
  kernel: Float32Array.from(kernel),
  bias: Float32Array.from(bias),
});

describe('logProbabilities', () => {
  it('is the softmax of the weighted inputs', () => {
    const net: SoftmaxNet = {
      shape: { inputs: 2, hidden: 0, classes: 2 },
      layers: [layer(2, 2, [1, 0, 0, 2], [0, 1])],
    };
    // Logits 3 and 2 · -1 + 1 = -1.
    const [first, second] = logProbabilities(net, [3, -1]);
    expect(first).toBeCloseTo(-Math.log(1 + Math.exp(-4)), 10);
    expect(second).toBeCloseTo(-Math.log(1 + Math.exp(4)), 10);
  });

  it('lets hidden units through only where they are positive', () => {
    const net: SoftmaxNet = {
      shape: { inputs: 1, hidden: 2, classes: 2 },
      layers: [layer(1, 2, [1, -1], [0, 0]), layer(2, 2, [1, 0, 0, 1], [0, 0])],
    };
    const [first, second] = logProbabilities(net, [5]);
    expect((first ?? 0) - (second ?? 0)).toBeCloseTo(5, 10);
  });

  it('stays finite for huge inputs', () => {
    const net = untrainedNet({ inputs: 3, hidden: 0, classes: 4 }, seededRandom(1));
    for (const value of logProbabilities(net, [1e6, -1e6, 1e6])) expect(value).toBeLessThanOrEqual(0);
    expect([...logProbabilities(net, [1e6, -1e6, 1e6])].every(Number.isFinite)).toBe(true);
  });

  it('refuses an input that does not fit', () => {
    const net = untrainedNet({ inputs: 3, hidden: 0, classes: 2 }, seededRandom(1));
    expect(() => logProbabilities(net, [1, 2])).toThrow('input fits the net');
  });
});

describe('isSoundNet', () => {
  const shape = { inputs: 1, hidden: 0, classes: 2 };

  it('accepts what training starts from', () => {
    expect(isSoundNet(untrainedNet(shape, seededRandom(3)))).toBe(true);
  });

  it.each([
    ['all zero, as a lost device answers', layer(1, 2, [0, 0], [0, 0])],
    ['not a number', layer(1, 2, [1, Number.NaN], [0, 0])],
    ['cut short', layer(1, 2, [1], [0, 0])],
  ])('rejects kernels that are %s', (_, broken) => {
    expect(isSoundNet({ shape, layers: [broken] })).toBe(false);
  });
});
