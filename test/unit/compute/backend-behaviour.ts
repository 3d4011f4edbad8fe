import { getKernel, memory, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '../../../src/compute/backend-memory';
import type { BackendStatus } from '../../../src/compute/backend-status';
import { createCompute } from '../../../src/compute/compute';
import type { Compute, ComputeOptions, TrainingJob } from '../../../src/compute/compute-contract';
import { logProbabilities, type SoftmaxNet, untrainedNet } from '../../../src/compute/softmax-net';
import { seededRandom } from '../../../src/core/random';

const CLASSES = 3;
const INPUTS = 6;

/** Rows around one corner of a cube per class. */
export function smallJob(steps: number, hidden = 0): TrainingJob {
  const random = seededRandom(5);
  const labels = Int32Array.from({ length: 18 }, (_, row) => row % CLASSES);
  const inputs = new Float32Array(labels.length * INPUTS);
  labels.forEach((label, row) => {
    for (let column = 0; column < INPUTS; column += 1) {
      inputs[row * INPUTS + column] = (column % CLASSES === label ? 1 : 0) + 0.3 * (random() - 0.5);
    }
  });
  return {
    initial: untrainedNet({ inputs: INPUTS, hidden, classes: CLASSES }, seededRandom(9)),
    rows: { inputs, labels },
    options: { steps, learningRate: 0.1, l2: 1e-4, labelSmoothing: 0 },
  };
}

export function shareRight(net: SoftmaxNet, { rows }: TrainingJob): number {
  let right = 0;
  rows.labels.forEach((label, row) => {
    const answer = logProbabilities(net, rows.inputs.subarray(row * INPUTS, (row + 1) * INPUTS));
    if (answer.indexOf(Math.max(...answer)) === label) right += 1;
  });
  return right / rows.labels.length;
}

/** Makes a backend answer zeros without an error, as WebGL does after it lost its device. */
export function sabotage(backendName: BackendName): () => void {
  const softmax = getKernel('Softmax', backendName);
  const zeros = getKernel('ZerosLike', backendName);
  unregisterKernel('Softmax', backendName);
  registerKernel({
    kernelName: 'Softmax',
    backendName,
    kernelFunc: ({ inputs, backend }) =>
      zeros.kernelFunc({ inputs: { x: inputs['logits'] as TensorInfo }, backend, attrs: {} }),
  });
  return () => {
    unregisterKernel('Softmax', backendName);
    registerKernel(softmax);
  };
}

async function trained(compute: Compute, job: TrainingJob): Promise<SoftmaxNet> {
  const result = await compute.train([job]);
  const net = result.ok ? result.value[0] : undefined;
  if (net === undefined) throw new Error(JSON.stringify(result));
  return net;
}

/** What every backend has to do alike. `cycles` is smaller where graphics are rendered in software. */
export function describeBackend(
  backend: BackendName,
  options: ComputeOptions & { readonly cycles: number },
): void {
  describe(`compute on ${backend}`, () => {
    let compute: Compute;
    let statuses: BackendStatus[] = [];
    let restore: (() => void) | undefined;

    beforeAll(async () => {
      compute = createCompute({ ...options, limitMs: 20_000, onStatus: (status) => statuses.push(status) });
      await compute.start(backend);
    });

    afterEach(() => {
      restore?.();
      restore = undefined;
      statuses = [];
    });

    it('starts as asked', () => {
      expect(compute.status).toMatchObject({ kind: 'ready', backend, wasRemembered: false });
    });

    it.each([0, 8])('learns to tell the classes apart with %i hidden units', async (hidden) => {
      const job = smallJob(60, hidden);
      expect(shareRight(job.initial, job)).toBeLessThan(0.8);
      expect(shareRight(await trained(compute, job), job)).toBe(1);
    });

    it('gives near the same weights from the same start', async () => {
      const [first, second] = [await trained(compute, smallJob(20)), await trained(compute, smallJob(20))];
      first.layers[0]?.kernel.forEach((weight, index) => {
        expect(second.layers[0]?.kernel[index]).toBeCloseTo(weight, 4);
      });
    });

    it.each([0, 5])('steps like Adam in plain JavaScript with %i hidden units', async (hidden) => {
      const job = smallJob(4, hidden);
      const penalised = { ...job, options: { ...job.options, l2: 0.05 } };
      expectSameNet(await trained(compute, penalised), plainAdam(penalised));
    });

    it('leaves no tensor behind', async () => {
      await trained(compute, smallJob(2));
      const before = memory().numTensors;
      for (let cycle = 0; cycle < options.cycles; cycle += 1) await trained(compute, smallJob(1, 4));
      expect(memory().numTensors).toBe(before);
    });

    it('stops when aborted, leaves no tensor behind, and trains again afterwards', async () => {
      await trained(compute, smallJob(2));
      const before = memory().numTensors;
      const controller = new AbortController();
      const training = compute.train([smallJob(100_000)], controller.signal);
      setTimeout(() => controller.abort(), 50);
      expect(await training).toEqual({ ok: false, error: { kind: 'aborted' } });
      expect(memory().numTensors).toBe(before);
      expect((await compute.train([smallJob(2)])).ok).toBe(true);
    });

    // Last: the compute goes on with another backend from here.
    it('is dropped for another backend when its canary dies, and the result is still right', async () => {
      restore = sabotage(backend);
      const job = smallJob(60);
      expect(shareRight(await trained(compute, job), job)).toBe(1);
      expect(compute.status).toMatchObject({ kind: 'ready' });
      expect(compute.status).not.toMatchObject({ backend });
      const last = statuses.at(-1);
      expect(last?.kind === 'ready' ? last.measurements : []).toContainEqual({
        backend,
        failure: 'wrong-answers',
      });
    });
  });
}

/** Mean cross-entropy with the L2 penalty, in plain JavaScript. */
function plainLoss(net: SoftmaxNet, { rows, options }: TrainingJob): number {
  let loss = 0;
  rows.labels.forEach((label, row) => {
    const answer = logProbabilities(net, rows.inputs.subarray(row * INPUTS, (row + 1) * INPUTS));
    loss -= (answer[label] ?? Number.NaN) / rows.labels.length;
  });
  for (const { kernel } of net.layers) for (const weight of kernel) loss += options.l2 * weight * weight;
  return loss;
}

/** Adam by the book, on slopes measured by wiggling one number at a time. */
function plainAdam(job: TrainingJob): SoftmaxNet {
  const net = structuredClone(job.initial);
  const numbers = net.layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  const moments = numbers.map(({ length }) => ({
    first: new Float64Array(length),
    second: new Float64Array(length),
  }));
  const wiggle = 1e-3;
  for (let step = 1; step <= job.options.steps; step += 1) {
    const slopes = numbers.map((array) =>
      Float64Array.from(array, (value, index) => {
        array[index] = value + wiggle;
        const above = plainLoss(net, job);
        array[index] = value - wiggle;
        const below = plainLoss(net, job);
        array[index] = value;
        return (above - below) / (2 * wiggle);
      }),
    );
    numbers.forEach((array, which) => {
      const { first, second } = moments[which] ?? { first: array, second: array };
      slopes[which]?.forEach((slope, index) => {
        const mean = 0.9 * (first[index] ?? 0) + 0.1 * slope;
        const power = 0.999 * (second[index] ?? 0) + 0.001 * slope * slope;
        first[index] = mean;
        second[index] = power;
        const move = mean / (1 - 0.9 ** step) / (Math.sqrt(power / (1 - 0.999 ** step)) + 1e-8);
        array[index] = (array[index] ?? 0) - job.options.learningRate * move;
      });
    });
  }
  return net;
}

/** Where a slope is next to nothing Adam blows rounding up, hence a share and not all of the weights. */
function expectSameNet(net: SoftmaxNet, expected: SoftmaxNet): void {
  let near = 0;
  let count = 0;
  net.layers.forEach((layer, which) => {
    const other = expected.layers[which];
    [...layer.kernel, ...layer.bias].forEach((weight, index) => {
      const wanted = [...(other?.kernel ?? []), ...(other?.bias ?? [])][index] ?? Number.NaN;
      count += 1;
      if (Math.abs(weight - wanted) < 0.01) near += 1;
    });
  });
  expect(near / count).toBeGreaterThan(0.95);
}
