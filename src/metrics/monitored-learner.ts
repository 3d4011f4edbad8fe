import type { Clock } from '../core/clock';
import { isJsonObject, type JsonObject } from '../core/json';
import type { Result } from '../core/result';
import type { EpochMs } from '../core/units';
import type {
  Learner,
  LearnerError,
  LearnerSnapshot,
  LearningContext,
  LearningMode,
  LearningResult,
  Prediction,
} from '../learning/learner';
import type { LearningData } from '../learning/learning-data';
import type { LearningSystemMetrics, OperationStatus, OperationType } from './learning-system-metrics';

/** What can be said about a learner at one moment. */
export interface LearnerState {
  readonly learnerId: string;
  readonly learnerType: string;
  readonly mode: LearningMode;
  readonly isInitialized: boolean;
  /** Of the last time it learnt; `undefined` before. */
  readonly confidence: number | undefined;
  /** Observations that it has learnt from since the start. */
  readonly samples: number;
  readonly lastLearntAt: EpochMs | undefined;
  /** Kind of the last failure, if the last attempt to learn was one. */
  readonly lastFailure: LearnerError['kind'] | undefined;
  /** Size of the last snapshot that was saved or loaded; `undefined` before. */
  readonly snapshotBytes: number | undefined;
  readonly insights: JsonObject;
}

/**
 * A learner that is measured. It behaves as the one it wraps in every respect; only the metrics and `describe` are new.
 * A throw of the wrapped learner, which is a bug of it, is counted as a failure and goes on.
 */
export class MonitoredLearner implements Learner {
  readonly #learner: Learner;
  readonly #metrics: LearningSystemMetrics;
  readonly #clock: Clock;
  #isCounted = false;
  #confidence: number | undefined;
  #samples = 0;
  #lastLearntAt: EpochMs | undefined;
  #lastFailure: LearnerError['kind'] | undefined;
  #snapshotBytes: number | undefined;

  constructor(learner: Learner, metrics: LearningSystemMetrics, clock: Clock) {
    this.#learner = learner;
    this.#metrics = metrics;
    this.#clock = clock;
    this.#countActive();
  }

  get learnerId(): string {
    return this.#learner.learnerId;
  }

  get learnerType(): string {
    return this.#learner.learnerType;
  }

  get supportedModes(): readonly LearningMode[] {
    return this.#learner.supportedModes;
  }

  get dataTypes(): readonly string[] | undefined {
    return this.#learner.dataTypes;
  }

  get mode(): LearningMode {
    return this.#learner.mode;
  }

  get isInitialized(): boolean {
    return this.#learner.isInitialized;
  }

  initialize(config: unknown): Promise<Result<void, LearnerError>> {
    return this.#measured('initialize', () => this.#learner.initialize(config), statusOfResult);
  }

  async learn(data: readonly LearningData[], context: LearningContext): Promise<LearningResult> {
    const result = await this.#measured(
      'learn',
      () => this.#learner.learn(data, context),
      (learnt) => (learnt.success ? 'success' : statusOfError(learnt.error)),
    );
    this.#lastFailure = result.success ? undefined : result.error.kind;
    if (result.success) {
      this.#confidence = result.confidence;
      this.#samples += result.samples;
      this.#lastLearntAt = this.#clock.now();
    }
    return result;
  }

  predict(input: JsonObject, context: LearningContext): Promise<Result<Prediction, LearnerError>> {
    return this.#measured('predict', () => this.#learner.predict(input, context), statusOfResult);
  }

  setMode(mode: LearningMode): Result<void, LearnerError> {
    return this.#learner.setMode(mode);
  }

  getInsights(): JsonObject {
    return this.#learner.getInsights();
  }

  async save(): Promise<Result<LearnerSnapshot, LearnerError>> {
    const saved = await this.#measured('save', () => this.#learner.save(), statusOfResult);
    if (saved.ok) this.#snapshotBytes = bytesOf(saved.value);
    return saved;
  }

  async load(snapshot: unknown): Promise<Result<void, LearnerError>> {
    // Measured before the call: what a snapshot holds may be moved by whoever loads it.
    const bytes = bytesOf(snapshot);
    const loaded = await this.#measured('load', () => this.#learner.load(snapshot), statusOfResult);
    if (loaded.ok) this.#snapshotBytes = bytes;
    return loaded;
  }

  async shutdown(): Promise<void> {
    try {
      await this.#learner.shutdown();
    } finally {
      this.#countActive();
    }
  }

  /** Insights may quote what the person does: for their eyes only. */
  describe(): LearnerState {
    return {
      learnerId: this.learnerId,
      learnerType: this.learnerType,
      mode: this.mode,
      isInitialized: this.isInitialized,
      confidence: this.#confidence,
      samples: this.#samples,
      lastLearntAt: this.#lastLearntAt,
      lastFailure: this.#lastFailure,
      snapshotBytes: this.#snapshotBytes,
      insights: this.isInitialized ? this.getInsights() : {},
    };
  }

  async #measured<T>(
    type: OperationType,
    operation: () => Promise<T>,
    statusOf: (value: T) => OperationStatus,
  ): Promise<T> {
    const startedAtMs = this.#clock.monotonic();
    let status: OperationStatus = 'failed';
    try {
      const value = await operation();
      status = statusOf(value);
      return value;
    } finally {
      const durationSeconds = (this.#clock.monotonic() - startedAtMs) / 1_000;
      this.#metrics.recordLearningOperation(type, durationSeconds, status);
      this.#countActive();
    }
  }

  #countActive(): void {
    if (this.isInitialized === this.#isCounted) return;
    this.#isCounted = this.isInitialized;
    this.#metrics.activeLearners.add(this.#isCounted ? 1 : -1);
  }
}

function statusOfError({ kind }: LearnerError): OperationStatus {
  return kind === 'aborted' ? 'aborted' : 'failed';
}

function statusOfResult(result: Result<unknown, LearnerError>): OperationStatus {
  return result.ok ? 'success' : statusOfError(result.error);
}

/** Bytes that a snapshot takes: its weights, and its state as JSON. `undefined` for what is no snapshot. */
function bytesOf(snapshot: unknown): number | undefined {
  try {
    const { state, weights } = snapshot as Partial<LearnerSnapshot>;
    if (!isJsonObject(state)) return undefined;
    const stateBytes = new TextEncoder().encode(JSON.stringify(state)).length;
    return stateBytes + (weights instanceof Uint8Array ? weights.byteLength : 0);
  } catch {
    // Anything may be handed to `load`, also what throws when it is looked at; that is for the learner to refuse.
    return undefined;
  }
}
