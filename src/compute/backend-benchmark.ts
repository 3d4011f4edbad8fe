import { seededRandom } from '../core/random';
import { err, ok, type Result } from '../core/result';
import type { BackendName } from './backend-memory';
import { canaryLives } from './canary';
import { type BackendFailure, closeBackend, type OpenBackendOptions, openBackend } from './open-backend';
import { pause, within } from './pause';
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

async function timeSteps(deadlineMs: number): Promise<number | undefined> {
  const trainer = createSoftmaxTrainer(untrainedNet(SHAPE, seededRandom(2)), syntheticRows(), OPTIONS);
  try {
    // Compiles shaders and fills caches; counts against the deadline, not into the median.
    trainer.step();
    await trainer.settle();
    const stepsMs: number[] = [];
    while (stepsMs.length < RUNS && performance.now() < deadlineMs) {
      const startedMs = performance.now();
      for (let step = 0; step < STEPS_A_RUN; step += 1) trainer.step();
      await trainer.settle();
      stepsMs.push((performance.now() - startedMs) / STEPS_A_RUN);
      await pause();
    }
    return stepsMs.length === 0 ? undefined : median(stepsMs);
  } finally {
    trainer.dispose();
  }
}

/**
 * Starts a backend, checks its answers and times training steps on it, all inside `limitMs`.
 * Leaves the backend active when it works, closed when it does not.
 *
 * @returns median milliseconds of one step
 */
export async function measureBackend(
  name: BackendName,
  options: OpenBackendOptions,
): Promise<Result<number, BackendFailure>> {
  const deadlineMs = performance.now() + options.limitMs;
  const opened = await openBackend(name, options);
  if (!opened.ok) return opened;
  const fail = (failure: BackendFailure): Result<number, BackendFailure> => {
    closeBackend(name);
    return err(failure);
  };
  try {
    const canary = await within(deadlineMs - performance.now(), canaryLives());
    if (canary === undefined) return fail({ kind: 'too-slow' });
    if (!canary.value) return fail({ kind: 'wrong-answers' });
    const timed = await within(deadlineMs - performance.now(), timeSteps(deadlineMs));
    if (timed?.value === undefined) return fail({ kind: 'too-slow' });
    return ok(timed.value);
  } catch (reason) {
    return fail({ kind: 'start-failed', detail: reason instanceof Error ? reason.message : String(reason) });
  }
}
