import type { Result } from '../core/result';
import type { AdapterJob } from './adapter-trainer';
import type { BackendMemory, BackendName } from './backend-memory';
import type { BackendStatus } from './backend-status';
import type { EncoderAdapter } from './encoder-adapter';
import type { EncoderWeights, Encoding, Frames } from './encoder-weights';
import type { WasmPaths } from './open-backend';
import type { SoftmaxNet } from './softmax-net';
import type { LabelledRows, SoftmaxTrainingOptions } from './softmax-trainer';

/** One net to train. Everything is copied; nothing is moved. */
export interface TrainingJob {
  readonly initial: SoftmaxNet;
  readonly rows: LabelledRows;
  readonly options: SoftmaxTrainingOptions;
}

export type ComputeError =
  | { readonly kind: 'aborted' }
  /** No backend gave a trustworthy result: go on without the head. */
  | { readonly kind: 'no-backend'; readonly detail: string };

export type EncodeError =
  | ComputeError
  /** `loadEncoder` was never called. */
  | { readonly kind: 'no-encoder' }
  /** No frames, energies that are not finite, or a clip the net makes nothing of. */
  | { readonly kind: 'nothing-to-encode' };

/** Small nets on the backend that is fastest on this device. One a worker: tfjs is global. */
export interface Compute {
  readonly status: BackendStatus;
  /**
   * Chooses a backend: the preferred one; else the remembered one; else every one is timed, WASM first,
   * and training may begin as soon as the first works. Never throws and never rejects.
   *
   * @param memory what an earlier call returned, as it was read back from wherever it was kept
   * @returns what to keep for next time; `undefined` when nothing was measured, or what was
   *   measured is not worth keeping
   */
  start(preference: BackendName | 'auto', memory?: unknown): Promise<BackendMemory | undefined>;
  /** Times every backend again and takes the fastest. */
  measure(): Promise<BackendMemory | undefined>;
  /**
   * Trains the nets one after another, yielding to other events about every 12 ms. The canary is asked
   * before and after; when it dies or the backend fails, the results are thrown away and the next
   * backend trains from the start. Waits for `start`'s first working backend.
   */
  train(
    jobs: readonly TrainingJob[],
    signal?: AbortSignal,
  ): Promise<Result<readonly SoftmaxNet[], ComputeError>>;
  /** As `train`, for what a person's recordings add to the encoder. */
  tune(
    jobs: readonly AdapterJob[],
    signal?: AbortSignal,
  ): Promise<Result<readonly EncoderAdapter[], ComputeError>>;
  /**
   * Keeps the encoder's weights in place of earlier ones, puts them on the first backend in order of trust
   * that gives the known answer, and puts them there again whenever a backend is changed or lost.
   * With an error they are kept all the same: the next `encode` tries again.
   */
  loadEncoder(weights: EncoderWeights): Promise<Result<void, ComputeError>>;
  /**
   * Runs the encoder on one utterance. Does not wait for training or measuring, only for the current one of
   * their slices; after the backend failed it takes its turn behind them, on the next in order of trust.
   *
   * @param logMel copied; `[frames, bands]`, of any length
   */
  encode(logMel: Frames, signal?: AbortSignal): Promise<Result<Encoding, EncodeError>>;
}

export interface ComputeOptions {
  /** In a browser: the addresses from `wasm-paths.ts`. Absent in Node. */
  readonly wasmPaths?: WasmPaths;
  /** Called with every new status. */
  readonly onStatus?: (status: BackendStatus) => void;
  /** Time for each graphics backend to start, and for every backend to be timed: 1.5 s unless stated. */
  readonly limitMs?: number;
}
