import { pause } from '../core/pause';
import { err, ok, type Result } from '../core/result';
import { within } from '../core/within';
import { type AdapterJob, createAdapterTrainer } from './adapter-trainer';
import type { BackendName } from './backend-memory';
import { canaryLives } from './canary';
import type { TrainingJob } from './compute-contract';
import { type EncoderAdapter, isSoundAdapter } from './encoder-adapter';
import { beforeClose } from './open-backend';
import { isSoundNet, type SoftmaxNet } from './softmax-net';
import { createSoftmaxTrainer } from './softmax-trainer';
import type { Trainer } from './trainer';

/** How long other events may have to wait. */
const YIELD_AFTER_MS = 12;
/** A device that was lost may never answer at all. The canary is tiny, and warm by now. */
const CANARY_LIMIT_MS = 1_500;
const ANSWER_LIMIT_MS = 5_000;

export type TrainFailure =
  | { readonly kind: 'aborted' }
  /** The backend cannot be trusted with this: nothing it computed may be kept. */
  | { readonly kind: 'unsound'; readonly detail: string };

const unsound = (detail: string): Result<never, TrainFailure> => err({ kind: 'unsound', detail });

async function canaryFailure(): Promise<string | undefined> {
  const canary = await within(CANARY_LIMIT_MS, canaryLives());
  if (canary === undefined) return 'too-slow';
  return canary.value ? undefined : 'wrong-answers';
}

/** How a kind of net is trained, and told from numbers that no training gives. */
interface Training<J, T> {
  readonly create: (job: J) => Trainer<T>;
  readonly isSound: (trained: T) => boolean;
}

/** The time that a training has on a backend, which may be taken down in the middle of it. */
class Tenancy {
  readonly end: () => void;
  #isOver = false;
  #trainer: { dispose(): void } | undefined;

  constructor(name: BackendName) {
    this.end = beforeClose(name, () => {
      this.#isOver = true;
      this.free();
    });
  }

  /** Whether the backend was taken down: tfjs would go on with the numbers on another one. */
  get isOver(): boolean {
    return this.#isOver;
  }

  holds<T extends { dispose(): void }>(trainer: T): T {
    this.#trainer = trainer;
    return trainer;
  }

  free(): void {
    this.#trainer?.dispose();
    this.#trainer = undefined;
  }
}

async function trainJob<J extends { readonly options: { readonly steps: number } }, T>(
  { create, isSound }: Training<J, T>,
  job: J,
  tenancy: Tenancy,
  signal: AbortSignal | undefined,
): Promise<Result<T, TrainFailure>> {
  const trainer = tenancy.holds(create(job));
  try {
    let yieldedMs = performance.now();
    for (let step = 0; step < job.options.steps; step += 1) {
      trainer.step();
      if (performance.now() - yieldedMs < YIELD_AFTER_MS) continue;
      // Settling keeps a graphics backend from queueing work that an abort could not call back.
      const settled = await within(ANSWER_LIMIT_MS, trainer.settle());
      if (settled === undefined) return unsound('too-slow');
      await pause();
      if (signal?.aborted) return err({ kind: 'aborted' });
      if (tenancy.isOver) return unsound('taken-down');
      yieldedMs = performance.now();
    }
    const read = await within(ANSWER_LIMIT_MS, trainer.read());
    if (read === undefined) return unsound('too-slow');
    return isSound(read.value) ? ok(read.value) : unsound('wrong-answers');
  } finally {
    tenancy.free();
  }
}

/** Trains on the active backend, whose name is given, between two canaries. Leaves no tensor behind. */
async function trainAll<J extends { readonly options: { readonly steps: number } }, T>(
  training: Training<J, T>,
  name: BackendName,
  jobs: readonly J[],
  signal: AbortSignal | undefined,
): Promise<Result<readonly T[], TrainFailure>> {
  const tenancy = new Tenancy(name);
  try {
    const failureBefore = await canaryFailure();
    if (failureBefore !== undefined) return unsound(failureBefore);
    const nets: T[] = [];
    for (const job of jobs) {
      if (signal?.aborted) return err({ kind: 'aborted' });
      if (tenancy.isOver) return unsound('taken-down');
      const trained = await trainJob(training, job, tenancy, signal);
      if (!trained.ok) return trained;
      nets.push(trained.value);
    }
    if (tenancy.isOver) return unsound('taken-down');
    const failureAfter = await canaryFailure();
    if (tenancy.isOver) return unsound('taken-down');
    return failureAfter === undefined ? ok(nets) : unsound(failureAfter);
  } catch (reason) {
    return unsound(reason instanceof Error ? reason.message : String(reason));
  } finally {
    tenancy.end();
  }
}

const softmaxTraining: Training<TrainingJob, SoftmaxNet> = {
  create: ({ initial, rows, options }) => createSoftmaxTrainer(initial, rows, options),
  isSound: isSoundNet,
};

const adapterTraining: Training<AdapterJob, EncoderAdapter> = {
  create: createAdapterTrainer,
  isSound: isSoundAdapter,
};

export const trainJobs = (
  name: BackendName,
  jobs: readonly TrainingJob[],
  signal: AbortSignal | undefined,
): Promise<Result<readonly SoftmaxNet[], TrainFailure>> => trainAll(softmaxTraining, name, jobs, signal);

export const tuneJobs = (
  name: BackendName,
  jobs: readonly AdapterJob[],
  signal: AbortSignal | undefined,
): Promise<Result<readonly EncoderAdapter[], TrainFailure>> => trainAll(adapterTraining, name, jobs, signal);
