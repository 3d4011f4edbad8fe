import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import { systemClock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import { measureBackend } from './backend-benchmark';
import {
  BACKEND_NAMES,
  type BackendMemory,
  type BackendName,
  fastestBackend,
  parseBackendMemory,
} from './backend-memory';
import type { BackendMeasurement, BackendStatus } from './backend-status';
import { canaryLives } from './canary';
import type { Compute, ComputeError, ComputeOptions, TrainingJob } from './compute-contract';
import { type BackendFailure, closeBackend, openBackend } from './open-backend';
import type { SoftmaxNet } from './softmax-net';
import { trainJobs } from './train-jobs';
import { within } from './within';

const DEFAULT_LIMIT_MS = 1_500;

const failureText = (failure: BackendFailure): string =>
  failure.kind === 'start-failed' ? `start-failed: ${failure.detail}` : failure.kind;

/**
 * What `createCompute` loads lazily; see `Compute` for the contract. All work on tfjs goes through one
 * queue, because tfjs has one active backend for the whole thread.
 */
export function createComputeSession(options: ComputeOptions): Omit<Compute, 'status'> {
  const open = { ...options, limitMs: options.limitMs ?? DEFAULT_LIMIT_MS };
  const measurements = new Map<BackendName, BackendMeasurement>();
  let chosen: BackendName | undefined;
  let wasRemembered = false;
  let measuring: Promise<BackendMemory | undefined> | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  function measured(): readonly BackendMeasurement[] {
    return BACKEND_NAMES.flatMap((name) => measurements.get(name) ?? []);
  }

  function report(): void {
    const status: BackendStatus =
      chosen === undefined
        ? {
            kind: 'unavailable',
            detail: measured()
              .map(({ backend, failure }) => `${backend}: ${failure}`)
              .join('; '),
          }
        : { kind: 'ready', backend: chosen, wasRemembered, measurements: measured() };
    options.onStatus?.(status);
  }

  function noteFailure(name: BackendName, failure: string): void {
    closeBackend(name);
    measurements.set(name, { backend: name, failure });
  }

  /** Whether the backend starts and counts right. */
  async function revive(name: BackendName): Promise<boolean> {
    const opened = await openBackend(name, open);
    if (!opened.ok) {
      noteFailure(name, failureText(opened.error));
      return false;
    }
    try {
      const canary = await within(open.limitMs, canaryLives());
      if (canary?.value === true) return true;
      noteFailure(name, canary === undefined ? 'too-slow' : 'wrong-answers');
    } catch (reason) {
      noteFailure(name, `start-failed: ${reason instanceof Error ? reason.message : String(reason)}`);
    }
    return false;
  }

  async function measureAll(): Promise<BackendMemory | undefined> {
    options.onStatus?.({ kind: 'measuring' });
    wasRemembered = false;
    measurements.clear();
    for (const name of BACKEND_NAMES) {
      // One item of the queue each, so that training gets its turn in between.
      await enqueue(async () => {
        const result = await measureBackend(name, open);
        measurements.set(
          name,
          result.ok
            ? { backend: name, stepMs: result.value }
            : { backend: name, failure: failureText(result.error) },
        );
      });
      const fastest = fastestBackend(measured());
      if (fastest !== undefined && fastest !== chosen) {
        chosen = fastest;
        report();
      }
    }
    chosen = fastestBackend(measured());
    await enqueue(async () => {
      if (chosen !== undefined) await openBackend(chosen, open);
      for (const name of BACKEND_NAMES) if (name !== chosen) closeBackend(name);
    });
    report();
    // WASM runs everywhere. Where it failed the reason will pass (a download broke), so measure again.
    return chosen === undefined || measurements.get('wasm')?.failure !== undefined
      ? undefined
      : { tfjsVersion, backend: chosen, measurements: [...measured()], measuredAt: systemClock.now() };
  }

  function measure(): Promise<BackendMemory | undefined> {
    measuring ??= measureAll().finally(() => {
      measuring = undefined;
    });
    return measuring;
  }

  async function start(preference: BackendName | 'auto', kept: unknown): Promise<BackendMemory | undefined> {
    const memory = parseBackendMemory(kept, tfjsVersion);
    const wanted = preference === 'auto' ? memory?.backend : preference;
    if (wanted === undefined || !(await enqueue(() => revive(wanted)))) return measure();
    for (const measurement of memory?.measurements ?? []) measurements.set(measurement.backend, measurement);
    wasRemembered = preference === 'auto';
    chosen = wanted;
    report();
    return memory;
  }

  /** The chosen backend, then the others from fast to slow, then those that failed before. */
  function inOrderOfTrust(): readonly BackendName[] {
    const stepMs = (name: BackendName): number => measurements.get(name)?.stepMs ?? Number.POSITIVE_INFINITY;
    const rest = BACKEND_NAMES.filter((name) => name !== chosen).sort((a, b) => stepMs(a) - stepMs(b) || 0);
    return chosen === undefined ? rest : [chosen, ...rest];
  }

  async function trainSomewhere(
    jobs: readonly TrainingJob[],
    signal: AbortSignal | undefined,
  ): Promise<Result<readonly SoftmaxNet[], ComputeError>> {
    for (const name of inOrderOfTrust()) {
      if (signal?.aborted) return err({ kind: 'aborted' });
      const opened = await openBackend(name, open);
      const trained = opened.ok
        ? await trainJobs(jobs, signal)
        : err({ kind: 'unsound' as const, detail: failureText(opened.error) });
      if (trained.ok || trained.error.kind === 'aborted') {
        if (name !== chosen) {
          chosen = name;
          report();
        }
        return trained.ok ? ok(trained.value) : err({ kind: 'aborted' });
      }
      noteFailure(name, trained.error.detail);
    }
    chosen = undefined;
    report();
    return err({ kind: 'no-backend', detail: 'every backend failed' });
  }

  return { start, measure, train: (jobs, signal) => enqueue(() => trainSomewhere(jobs, signal)) };
}
