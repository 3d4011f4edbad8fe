import type { Clock } from '../core/clock';
import type { UserId } from '../core/ids';
import type { JsonObject } from '../core/json';
import type { Random } from '../core/random';
import type { Result } from '../core/result';
import type { LearningData } from './learning-data';

/** `online`: one observation after another, as they happen. `batch`: all that is known, at once. */
export type LearningMode = 'online' | 'batch';

/** Where a learner writes what it does. Fields never hold what a person said. */
export interface LearnerLogger {
  debug(message: string, fields?: JsonObject): void;
  info(message: string, fields?: JsonObject): void;
  warn(message: string, fields?: JsonObject): void;
  error(message: string, fields?: JsonObject): void;
}

/** All that a learner gets of the world: no DOM, no store, no network, no bus. */
export interface LearningContext {
  readonly userId: UserId;
  readonly agentId: string;
  readonly sessionId: string;
  readonly clock: Clock;
  /** Seeded: the same seed and the same data give the same learner. */
  readonly random: Random;
  readonly logger: LearnerLogger;
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
}

export type LearnerError =
  /** Call `initialize` first. */
  | { readonly kind: 'not-initialized' }
  | { readonly kind: 'shut-down' }
  /** Correct the configuration at `path`. */
  | { readonly kind: 'bad-config'; readonly path: string; readonly expected: string }
  | { readonly kind: 'unsupported-mode'; readonly mode: LearningMode }
  /** Collect more before asking again. */
  | { readonly kind: 'too-little-data'; readonly needed: number; readonly got: number }
  /** Nothing was learnt from it; the learner is as it was. */
  | { readonly kind: 'bad-data'; readonly detail: string }
  | { readonly kind: 'bad-snapshot'; readonly detail: string }
  | { readonly kind: 'aborted' }
  /** A bug of the learner, or something it depends on failed; the learner is as it was. */
  | { readonly kind: 'failed'; readonly detail: string };

export type LearningResult =
  | {
      readonly success: true;
      /** How far the learner trusts what it now knows, in [0, 1]. */
      readonly confidence: number;
      readonly insights: JsonObject;
      /** Observations learnt from; others of the call were of no use to this learner. */
      readonly samples: number;
    }
  | { readonly success: false; readonly confidence: 0; readonly error: LearnerError };

export interface Prediction {
  /** What is expected, in the learner's own terms; empty when nothing is known yet. */
  readonly value: JsonObject;
  /** In [0, 1]; 0 when nothing is known yet. */
  readonly confidence: number;
}

/** Everything a learner knows, to be stored. `weights` are moved to whoever gets the snapshot. */
export interface LearnerSnapshot {
  readonly learnerType: string;
  /** Layout of `state` and `weights`; raised when either changes. */
  readonly version: number;
  readonly state: JsonObject;
  readonly weights?: Uint8Array<ArrayBuffer>;
}

/**
 * One way of learning from what a person does. Third parties extend `BaseLearner`, which keeps these promises
 * for them: bad data gives an unsuccessful result and never a throw, inputs are never changed, and an aborted
 * or failed call leaves the learner as it was.
 */
export interface Learner {
  readonly learnerId: string;
  readonly learnerType: string;
  readonly supportedModes: readonly LearningMode[];
  /** Kinds of data it learns from; all of them when left out. Nobody need hand it others. */
  readonly dataTypes?: readonly string[] | undefined;
  readonly mode: LearningMode;
  readonly isInitialized: boolean;
  initialize(config: unknown): Promise<Result<void, LearnerError>>;
  learn(data: readonly LearningData[], context: LearningContext): Promise<LearningResult>;
  /** Valid at any time after `initialize`: before anything is learnt it answers with confidence 0. */
  predict(input: JsonObject, context: LearningContext): Promise<Result<Prediction, LearnerError>>;
  setMode(mode: LearningMode): Result<void, LearnerError>;
  getInsights(): JsonObject;
  save(): Promise<Result<LearnerSnapshot, LearnerError>>;
  /** A snapshot that is damaged, or of another type or a newer version, is refused and changes nothing. */
  load(snapshot: unknown): Promise<Result<void, LearnerError>>;
  /** Releases tensors and whatever else it holds; a second call does nothing. */
  shutdown(): Promise<void>;
}
