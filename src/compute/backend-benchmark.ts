import { pause } from '../core/pause';
import { seededRandom } from '../core/random';
import { err, ok, type Result } from '../core/result';
import { within } from '../core/within';
import type { BackendName } from './backend-memory';
import { canaryLives } from './canary';
import { type BackendFailure, closeBackend, type OpenBackendOptions, openBackend } from './open-backend';
import { untrainedNet } from './softmax-net';
import { createSoftmaxTrainer, type LabelledRows } from './softmax-trainer';

/** A middling head: twenty phrases, five takes each. */
const SHAPE = { inputs: 256, hidden: 0, classes: 20 };
const ROW_COUNT = 100;
const OPTIONS = { steps: 0, learningRate: 0.01, l2: 1e-4, labelSmoothing: 0 };
/** Steps are timed in runs: waiting for each one alone would bill graphics backends for the wait. */
const STEPS_A_RUN = 5;
const RUNS = 5;

function syntheticRows(): LabelledRows {
  const random = seededRandom(1);
  return {
    inputs: Float32Array.from({ length: ROW_COUNT * SHAPE.inputs }, () => random() * 2 - 1),
    labels: Int32Array.from({ length: ROW_COUNT }, (_, row) => row % SHAPE.classes),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median milliseconds of a step; `undefined` when the first alone lasted beyond the deadline. */
async function timeSteps(deadlineMs: number): Promise<number | undefined> {
  const trainer = createSoftmaxTrainer(untrainedNet(SHAPE, seededRandom(2)), syntheticRows(), OPTIONS);
  try {
    // Compiles shaders and fills caches; counts against the deadline, not into the median.
    trainer.step();
    await trainer.settle();
    if (performance.now() > deadlineMs) return undefined;
    const stepsMs: number[] = [];
    do {
      const startedMs = performance.now();
      for (let step = 0; step < STEPS_A_RUN; step += 1) trainer.step();
      await trainer.settle();
      stepsMs.push((performance.now() - startedMs) / STEPS_A_RUN);
      await pause();
    } while (stepsMs.length < RUNS && performance.now() < deadlineMs);
    return median(stepsMs);
  } finally {
    trainer.dispose();
  }
}

/**
 * Starts a backend, checks its answers and times training steps on it. Starting and stepping may each
 * take `limitMs`; what cannot be interrupted (a shader being compiled) may overrun it.
 * Leaves the backend active when it works, closed when it does not.
 *
 * @returns median milliseconds of one step
 */
export async function measureBackend(
  name: BackendName,
  options: OpenBackendOptions,
): Promise<Result<number, BackendFailure>> {
  const opened = await openBackend(name, options);
  if (!opened.ok) return opened;
  const deadlineMs = performance.now() + options.limitMs;
  const fail = (failure: BackendFailure): Result<number, BackendFailure> => {
    closeBackend(name);
    return err(failure);
  };
  try {
    const canary = await within(options.limitMs, canaryLives());
    if (canary === undefined) return fail({ kind: 'too-slow' });
    if (!canary.value) return fail({ kind: 'wrong-answers' });
    // Twice the time, so that a run begun before the deadline may end.
    const timed = await within(2 * options.limitMs, timeSteps(deadlineMs));
    if (timed?.value === undefined) return fail({ kind: 'too-slow' });
    return ok(timed.value);
  } catch (reason) {
    return fail({ kind: 'start-failed', detail: reason instanceof Error ? reason.message : String(reason) });
  }
}
