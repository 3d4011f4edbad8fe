import type { UserId } from '../core/ids';
import type { JsonObject } from '../core/json';
import type { Result } from '../core/result';
import type { DataPrivacyLevel } from '../learning/data-privacy-level';
import type { LearningData } from '../learning/learning-data';
import type { Alert } from './alert-monitor';
import type { MemoryReport } from './memory-report';
import type { LearnerState } from './monitored-learner';

/** Why something could not be read, by its kind alone. */
export interface DebugFailure {
  readonly kind: string;
}

/** What the debugger needs of the store; the vault's `LearningStore` is one. */
export interface DebugDataSource {
  retrieveLearningData(query: {
    readonly userId: UserId;
    readonly limit: number;
    readonly order: 'newest-first';
    readonly cursor?: string;
  }): Promise<
    Result<
      {
        readonly rows: readonly LearningData[];
        readonly nextCursor: string | undefined;
        readonly quarantined: readonly string[];
      },
      DebugFailure
    >
  >;
  learningDataStatistics(): Promise<
    Result<
      {
        readonly records: number;
        readonly users: number;
        readonly averageQuality: number;
        readonly oldestAt: number | undefined;
        readonly newestAt: number | undefined;
        readonly byType: Readonly<Record<string, number>>;
        readonly byPrivacyLevel: Readonly<Record<DataPrivacyLevel, number>>;
      },
      DebugFailure
    >
  >;
}

/** Everything the debugger looks at. */
export interface DebugSources {
  readonly data: DebugDataSource;
  readonly learners: () => Promise<readonly LearnerState[]>;
  /** The behaviour analysis of the learning agent; it is run, and its time is measured. */
  readonly analyse: (userId: UserId) => Promise<Result<JsonObject, DebugFailure>>;
  readonly memory: () => Promise<MemoryReport>;
  readonly alerts: () => readonly Alert[];
}
