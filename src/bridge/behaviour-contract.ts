import type { TextModelStatus } from '../behaviour/intent/available-spaces';
import type { LearnerHostError, LearnerOpening } from '../behaviour/learner-host';
import type { JsonObject } from '../core/json';
import type { Result } from '../core/result';
import type { Prediction } from '../learning/learner';
import type { LearningData } from '../learning/learning-data';
import type { OperationStatus, OperationType } from '../metrics/learning-system-metrics';
import type { LogEntry } from '../metrics/logging/log-entry';
import type { LearnerState } from '../metrics/monitored-learner';

/** Sent over the port of `connectReports`: the page counts, and keeps the log, for all threads. */
export type BehaviourReport =
  | {
      readonly kind: 'operation';
      readonly type: OperationType;
      readonly durationSeconds: number;
      readonly status: OperationStatus;
    }
  | { readonly kind: 'log'; readonly entry: LogEntry }
  | { readonly kind: 'text-model'; readonly status: TextModelStatus };

/**
 * The behaviour worker: learners of what a person does. What they know is stored over the vault's own line and never
 * crosses the page, except as the insights that are shown.
 */
export interface BehaviourContract {
  connectVault(port: MessagePort): void;
  /** Joins its event system with the one at the other end (`joinEventSystems`). */
  connectEvents(port: MessagePort): void;
  connectReports(port: MessagePort): void;

  /** Starts a person's learners and lets them go on from what the vault keeps. */
  open(opening: LearnerOpening): Promise<Result<void, LearnerHostError>>;
  /** Forgets everything in memory, for a locked vault. */
  close(): Promise<void>;
  /** Resolves when it is learnt and what was learnt is stored. */
  observe(data: readonly LearningData[]): Promise<Result<void, LearnerHostError>>;
  /** What one of the learners expects of this. */
  predict(learnerId: string, input: JsonObject): Promise<Result<Prediction, LearnerHostError>>;
  states(): Promise<readonly LearnerState[]>;
  /** Forgets what was learnt, in memory and in the vault. */
  forget(): Promise<Result<void, LearnerHostError>>;
}
