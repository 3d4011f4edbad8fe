import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import { systemClock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import { within } from '../core/within';
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
import type { Compute, ComputeError, ComputeOptions, EncodeError } from './compute-contract';
import { type StemInput, stemInput } from './encoder-input';
import { createEncoderRunner, type EncoderFailure, type EncoderRunner } from './encoder-runner';
import type { EncoderWeights, Encoding, Frames } from './encoder-weights';
import { type BackendFailure, closeBackend, isOpen, openBackend } from './open-backend';
import { type TrainFailure, trainJobs, tuneJobs } from './train-jobs';

const DEFAULT_LIMIT_MS = 1_500;

type AttemptFailure = TrainFailure | EncoderFailure;

const failureText = (failure: BackendFailure): string =>
  failure.kind === 'start-failed' ? `start-failed: ${failure.detail}` : failure.kind;

/**
 * What `createCompute` loads lazily; see `Compute` for the contract. Work on tfjs goes through one
 * queue, because tfjs has one active backend for the whole thread; only encoding slips in between.
 */
export function createComputeSession(options: ComputeOptions): Omit<Compute, 'status'> {
  const open = { ...options, limitMs: options.limitMs ?? DEFAULT_LIMIT_MS };
  const measurements = new Map<BackendName, BackendMeasurement>();
  let chosen: BackendName | undefined;
  let wasRemembered = false;
  let measuring: Promise<BackendMemory | undefined> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let encoder: EncoderRunner | undefined;
  /** Told when another backend takes over. */
  const onTakeOver = new Set<(name: BackendName) => void>();

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

  function choose(name: BackendName): void {
    if (name === chosen) return;
    chosen = name;
    report();
    for (const tell of onTakeOver) tell(name);
  }

  /** Takes the backend down, which ends what trains on it. */
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
      if (fastest !== undefined) choose(fastest);
    }
    chosen = fastestBackend(measured());
    await enqueue(async () => {
      if (chosen !== undefined) await openBackend(chosen, open);
      for (const name of BACKEND_NAMES) if (name !== chosen) closeBackend(name);
      const runner = encoder;
      // Now, and not when somebody has spoken: graphics programs take their time to compile.
      if (chosen !== undefined && runner !== undefined) await somewhere((name) => runner.check(name));
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

  /** @param distrusted failed a moment ago: closed, and asked last */
  async function somewhere<T>(
    attempt: (name: BackendName) => Promise<Result<T, AttemptFailure>>,
    signal?: AbortSignal,
    distrusted?: BackendName,
  ): Promise<Result<T, ComputeError>> {
    const names = inOrderOfTrust().filter((name) => name !== distrusted);
    for (const name of distrusted === undefined ? names : [...names, distrusted]) {
      if (signal?.aborted) return err({ kind: 'aborted' });
      const opened = await openBackend(name, open);
      // Now, not at the end: what only slips in between need not wait for a long training.
      if (opened.ok) choose(name);
      const result = opened.ok
        ? await attempt(name)
        : err({ kind: 'unsound' as const, detail: failureText(opened.error) });
      if (result.ok) return result;
      if (result.error.kind === 'aborted') return err({ kind: 'aborted' });
      noteFailure(name, result.error.detail);
    }
    chosen = undefined;
    report();
    return err({ kind: 'no-backend', detail: 'every backend failed' });
  }

  function loadEncoder(weights: EncoderWeights): Promise<Result<void, ComputeError>> {
    encoder?.release();
    const runner = createEncoderRunner(weights, open.limitMs);
    encoder = runner;
    return enqueue(() => somewhere((name) => runner.check(name)));
  }

  /** In between on the chosen backend. If that fails: in turn, or in between on the one that takes over. */
  async function encodeSoon(
    runner: EncoderRunner,
    input: StemInput,
    signal: AbortSignal | undefined,
  ): Promise<Result<Encoding | undefined, ComputeError>> {
    const first = chosen;
    const encoded = first !== undefined && isOpen(first) ? await runner.encode(first, input) : undefined;
    if (encoded?.ok) return encoded;
    const failed = encoded === undefined ? undefined : first;
    // Training may have noticed too, and moved on already.
    if (encoded !== undefined && failed !== undefined && failed === chosen) {
      noteFailure(failed, encoded.error.detail);
    }
    return new Promise((resolve, reject) => {
      let isServed = false;
      const serve = (result: Result<Encoding | undefined, ComputeError>): void => {
        isServed = true;
        onTakeOver.delete(encodeInBetween);
        resolve(result);
      };
      const encodeInBetween = async (name: BackendName): Promise<void> => {
        const early = await runner.encode(name, input);
        if (early.ok) serve(early);
      };
      onTakeOver.add(encodeInBetween);
      enqueue(async () => {
        onTakeOver.delete(encodeInBetween);
        if (!isServed) serve(await somewhere((name) => runner.encode(name, input), signal, failed));
      }).catch(reject);
    });
  }

  async function encode(logMel: Frames, signal?: AbortSignal): Promise<Result<Encoding, EncodeError>> {
    if (encoder === undefined) return err({ kind: 'no-encoder' });
    if (signal?.aborted) return err({ kind: 'aborted' });
    const input = stemInput(encoder.weights, logMel);
    if (input === undefined) return err({ kind: 'nothing-to-encode' });
    const encoded = await encodeSoon(encoder, input, signal);
    if (signal?.aborted) return err({ kind: 'aborted' });
    if (!encoded.ok) return encoded;
    return encoded.value === undefined ? err({ kind: 'nothing-to-encode' }) : ok(encoded.value);
  }

  return {
    start,
    measure,
    train: (jobs, signal) => enqueue(() => somewhere((name) => trainJobs(name, jobs, signal), signal)),
    tune: (jobs, signal) => enqueue(() => somewhere((name) => tuneJobs(name, jobs, signal), signal)),
    loadEncoder,
    encode,
  };
}
